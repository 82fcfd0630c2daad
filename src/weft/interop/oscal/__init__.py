"""OSCAL, the language in which catalogues of controls and audits are exchanged."""

from weft.interop.oscal.firm import firm_catalogue
from weft.interop.oscal.plan import plan_of_action
from weft.interop.oscal.prose import statement
from weft.interop.oscal.reading import Told, read_catalogue
from weft.interop.oscal.results import assessment_results
from weft.interop.oscal.understanding import Understood, understand
from weft.interop.oscal.writing import brought_in

__all__ = [
    "Told",
    "Understood",
    "assessment_results",
    "brought_in",
    "firm_catalogue",
    "plan_of_action",
    "read_catalogue",
    "statement",
    "understand",
]
