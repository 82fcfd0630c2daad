"""The diagnosis: what the firm looks like today, each figure with its rows."""

from __future__ import annotations

from weft.core.firm import Firm
from weft.core.kept import kept
from weft.core.records import Record
from weft.core.scalars import Month
from weft.engines.knowledge.boxes import Box, it_boxes
from weft.engines.knowledge.figures import Figure
from weft.engines.knowledge.findings.camps import (
    about_boxes,
    camps_told,
    technology_part,
)
from weft.engines.knowledge.findings.crossing import (
    business_missions,
    crossing,
    without_technology,
)
from weft.engines.knowledge.findings.leading import liaisons, spans
from weft.engines.knowledge.findings.resting import (
    single_holders,
    single_keepers,
    unowned,
)
from weft.engines.knowledge.findings.titles import titles_read
from weft.engines.knowledge.findings.weaving import (
    one_camp,
    schism_of_camps,
    spread_over_missions,
    spread_over_units,
)


class Diagnosis(Record, frozen=True, kw_only=True):
    """What a firm looks like in a month: figures, and the IT boxes with reasons.

    firm: the sequence of the firm. people: all in it, partners' people too.
    """

    month: str
    firm: int
    people: int
    figures: tuple[Figure, ...]
    boxes: tuple[Box, ...]

    def figure(self, key: str) -> Figure:
        """Give one figure by its id."""
        return next(each for each in self.figures if each.id == key)


def diagnose(firm: Firm, month: Month) -> Diagnosis:
    """Tell what the firm looks like: where technology sits, and what rests on one.

    month: whose seats count. Nothing is shown that was counted over fewer than
    five people, and nobody is scored or ranked.
    """
    tables = (
        *(firm.people, firm.units, firm.disciplines, firm.skills, firm.claims),
        *(firm.missions, firm.seats, firm.assets),
    )
    found = kept(("diagnosis", month), tables, lambda: _figures(firm, month))
    return Diagnosis(
        month=month,
        firm=firm.seq,
        people=len(firm.people),
        figures=found,
        boxes=it_boxes(firm),
    )


def _figures(firm: Firm, month: Month) -> tuple[Figure, ...]:
    """Work out every figure."""
    boxes = it_boxes(firm)
    return (
        camps_told(firm),
        *titles_read(firm),
        technology_part(firm),
        *about_boxes(firm, boxes),
        spread_over_units(firm),
        spread_over_missions(firm, month),
        schism_of_camps(firm, month),
        business_missions(firm, month),
        without_technology(firm, month),
        *crossing(firm, month),
        liaisons(firm, boxes),
        one_camp(firm, month, "units"),
        one_camp(firm, month, "missions"),
        unowned(firm),
        single_keepers(firm),
        *spans(firm),
        single_holders(firm),
    )
