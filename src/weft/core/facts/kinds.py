"""Every kind of fact that a store keeps."""

from __future__ import annotations

from weft.core.facts.fact import Fact
from weft.core.outcomes.experiment import Observation
from weft.core.outcomes.reading import Reading
from weft.core.work.cases import Case, LogTaken

FACTS: dict[str, type[Fact]] = {
    fact.kind: fact for fact in (Reading, Observation, Case, LogTaken)
}
"""By the name of the kind. To add one: a record on `Fact`, and its name here."""
