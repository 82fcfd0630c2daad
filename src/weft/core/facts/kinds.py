"""Every kind of fact that a store keeps."""

from __future__ import annotations

from weft.core.delivering.deliveries import Delivery
from weft.core.facts.fact import Fact
from weft.core.money.postings import Transaction
from weft.core.money.rows import SourceRows
from weft.core.outcomes.experiment import Observation
from weft.core.outcomes.past import PastWork
from weft.core.outcomes.reading import Reading
from weft.core.planning.baseline import Baseline
from weft.core.planning.compared import Compared, ComparedReport
from weft.core.work.cases import Case, LogTaken

_KINDS: tuple[type[Fact], ...] = (
    *(Baseline, Case, Compared, ComparedReport, Delivery, LogTaken),
    *(Observation, PastWork, Reading),
    *(SourceRows, Transaction),
)
FACTS: dict[str, type[Fact]] = {fact.kind: fact for fact in _KINDS}
"""By the name of the kind. To add one: a record on `Fact`, and its name here."""
