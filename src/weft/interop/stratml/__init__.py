"""StratML (ISO 17469): strategic plans and performance reports as XML, in and out."""

from weft.interop.stratml.parts import Part, as_part
from weft.interop.stratml.reading import MOST_BYTES, read_plan
from weft.interop.stratml.reporting import (
    Pursued,
    Shown,
    Standing,
    identifier,
    reported,
)
from weft.interop.stratml.writing import write_plan

__all__ = [
    "MOST_BYTES",
    "Part",
    "Pursued",
    "Shown",
    "Standing",
    "as_part",
    "identifier",
    "read_plan",
    "reported",
    "write_plan",
]
