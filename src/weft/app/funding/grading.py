"""What missions say they were worth, with the grade that their evidence carries.

Claimed grades are people's; what counts for money is the weaker of that and of what
experiments, improvements and readings show.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeVar

from immutables import Map
from msgspec.structs import replace

from weft.app.funding.evidence import readings
from weft.app.outcomes.verdicts import held
from weft.core.firm import Firm
from weft.core.funding.forecast import Benefit
from weft.core.kept import kept
from weft.core.scalars import Month
from weft.engines.outcomes.evidence import shown
from weft.engines.outcomes.worth import Proof, carried
from weft.store.desk import Desk

_Of = TypeVar("_Of")


class Graded(NamedTuple):
    """A firm in which what came, was tried and is asked for counts as it is shown.

    why: by mission and month, why what came counts for less than is claimed.
    """

    firm: Firm
    why: Mapping[str, Mapping[Month, str]]


def graded(desk: Desk, firm: Firm, on: date) -> Graded:
    """Give each benefit and each open ask the grade that is shown for it by a day."""
    return kept(("grades", on), (firm,), lambda: _graded(desk, firm, on))


def _graded(desk: Desk, firm: Firm, on: date) -> Graded:
    firm = held(desk, firm)
    proofs = proofs_by(desk, firm, on)
    why: dict[str, dict[Month, str]] = defaultdict(dict)
    benefits: dict[str, Benefit] = {}
    for key, each in firm.benefits.items():
        told = proofs.get(each.mission, ())
        grade, short = carried(each.grade, each.basis, each.month, told)
        if short:
            benefits[key] = replace(each, grade=grade)
            why[each.mission][each.month] = short
    asks = {}
    for key, ask in firm.asks.items():
        if ask.state == "open" and ask.grade:
            told = proofs.get(ask.mission, ())
            grade, _ = carried(ask.grade, ask.basis, f"{on:%Y-%m}", told)
            if grade != ask.grade:
                asks[key] = replace(ask, grade=grade)
    found = replace(
        firm, benefits=_with(firm.benefits, benefits), asks=_with(firm.asks, asks)
    )
    return Graded(found, why)


def _with(table: Map[str, _Of], changed: Mapping[str, _Of]) -> Map[str, _Of]:
    return table.update(changed) if changed else table


def proofs_by(desk: Desk, firm: Firm, on: date) -> Mapping[str, Sequence[Proof]]:
    """Give what shows, by a day, the worth of each mission that has something to show.

    Experiments whose trials show that they won, and improvements with the grade that
    they carry.
    """
    found: dict[str, list[Proof]] = defaultdict(list)
    for mission, proof in _proofs(desk, held(desk, firm), on):
        found[mission].append(proof)
    return found


def _proofs(desk: Desk, firm: Firm, on: date) -> Iterator[tuple[str, Proof]]:
    for _, tried in sorted(firm.experiments.items()):
        mission = firm.missions.get(tried.mission)
        goal = mission.outcome if mission else None
        over = tried.closed is not None and tried.closed <= on
        if over and tried.verdict == "won" and goal and goal.metric == tried.metric:
            yield tried.mission, Proof("A", f"{tried.closed:%Y-%m}")
    made = [each for _, each in sorted(firm.improvements.items())]
    made = [e for e in made if e.deployed is not None and e.deployed <= on]
    wanted = {each.metric for each in made}
    wanted |= {e.control for each in made for e in each.evidence if e.control}
    read = readings(desk, firm, wanted, on)
    closed = {k: e for k, e in firm.experiments.items() if e.closed and e.closed <= on}
    for each in made:
        for one in shown(each, read, firm.metrics, closed).weighed:
            less = one.evidence.grade < one.carries
            says = f"“{each.title}” {one.says[0].lower()}{one.says[1:]}" if less else ""
            yield each.mission, Proof(one.carries, f"{each.deployed:%Y-%m}", says)
