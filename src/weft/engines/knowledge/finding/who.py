"""Who knows a skill, and the way to each of them: people are found, not ranked."""

from __future__ import annotations

from datetime import date
from typing import Literal

import numpy as np

from weft.core.firm import Firm
from weft.core.kept import kept
from weft.core.records import Record
from weft.core.scalars import Month
from weft.core.skills import Claim, Evidence, Skill
from weft.engines.knowledge.finding.ageing import (
    A_MONTH,
    State,
    freshness,
    half_life,
    state,
)
from weft.engines.knowledge.finding.ties import GroupKind, Ties, Ways, ties, ways
from weft.engines.knowledge.roster import (
    NOBODY,
    WORKS_ALONE,
    Ints,
    knowledge,
    roster,
)

StopType = Literal["person", "mission", "team", "unit", "contract"]


class Stop(Record, frozen=True, kw_only=True):
    """One stop on the way: a person, or what two people have in common.

    id: of the person, mission, unit or contract; a team has that of its manager.
    title: empty for people and teams, whose names are not in the firm.
    """

    type: StopType
    id: str
    title: str = ""


class Knower(Record, frozen=True, kw_only=True):
    """Somebody who says to know the skill, the grounds for it, and the way there.

    partner: the employer, where that is not the firm. age: months since it was seen.
    freshness: what is left of the claim by now, 0 to 1: of the claim, not of the
    person. state: lapsed where it should be confirmed before it counts. ties: how
    many lie between: 0 in the mission that asks, 1 for whom one shares something
    with; None where no way is known. path: from where one begins, to the person.
    """

    person: str
    partner: str | None
    level: int
    evidence: Evidence
    seen: date
    age: int
    freshness: float
    state: State
    ties: int | None
    path: tuple[Stop, ...]


class Knowers(Record, frozen=True, kw_only=True):
    """Who knows a skill at a level or above, the nearest and freshest first.

    begins: from whom or which mission the ways lead; None where that was not said.
    half_life: of the skill, in months; assumed: it is Weft's own assumption, as the
    skill states none. found: how many there are, of whom `people` are the first.
    """

    skill: str
    title: str
    level: int
    month: str
    half_life: int
    assumed: bool
    begins: Stop | None
    found: int
    people: tuple[Knower, ...]


def who_knows(
    firm: Firm,
    skill: Skill,
    *,
    month: Month,
    today: date,
    level: int = WORKS_ALONE,
    begins: Stop | None = None,
    most: int = 10,
) -> Knowers:
    """Find who knows a skill, and the shortest way to each from where one begins.

    Ways lead over whom one shares a mission, a team, a unit or a contract with in
    the month, inside the firm and at partners. Those who can be reached over fewer
    ties come first, and of these whose claim was seen last; who begins is left out.
    """
    ids = roster(firm).ids
    held, seen = _holders(firm, skill.id, level)
    graph = ties(firm, month)
    start = _place(firm, graph, begins)
    others = held != start
    held, seen = held[others], seen[others]
    found = None
    if start != NOBODY:
        found = ways(graph, np.array([start]), wanted=held, enough=most)
    fresh = freshness(seen, today.toordinal(), half_life(skill))
    lines = found.lines[held] if found else np.full(len(held), NOBODY, np.int64)
    far = np.where(lines == NOBODY, len(graph.start), lines)
    first = np.lexsort((held, -fresh, far))[:most]
    return Knowers(
        skill=skill.id,
        title=skill.title,
        level=level,
        month=month,
        half_life=half_life(skill),
        assumed=skill.half_life is None,
        begins=begins,
        found=len(held),
        people=tuple(
            _knower(
                firm.claims[f"{ids[held[at]]}:{skill.id}"],
                _path(firm, graph, found, int(held[at])),
                employer=firm.people[ids[held[at]]].partner,
                left=float(fresh[at]),
                today=today,
            )
            for at in first.tolist()
        ),
    )


def prepare(firm: Firm, month: Month) -> None:
    """Work out what finding anybody in a month rests on."""
    ties(firm, month)
    _by_skill(firm)


def _knower(
    claim: Claim,
    path: tuple[Stop, ...],
    *,
    employer: str | None,
    left: float,
    today: date,
) -> Knower:
    """Describe somebody who was found."""
    return Knower(
        person=claim.person,
        partner=employer,
        level=claim.level,
        evidence=claim.evidence,
        seen=claim.seen,
        age=int(max((today - claim.seen).days, 0) / A_MONTH),
        freshness=round(left, 4),
        state=state(left),
        ties=_ties_in(path) if path else None,
        path=path,
    )


def _path(firm: Firm, graph: Ties, found: Ways | None, place: int) -> tuple[Stop, ...]:
    """Give the stops on the way to somebody; none where no way leads there."""
    if found is None or found.lines[place] == NOBODY:
        return ()
    return tuple(_stop(firm, graph, node) for node in found.to(place))


def _ties_in(path: tuple[Stop, ...]) -> int:
    """Count the ties of a way: two lines each, from a person into a group and out.

    A mission begins inside, so who sits in it is none away; from a mission over its
    contract to the partner is one more.
    """
    lines = len(path) - 1
    return (lines + 1) // 2 if path[0].type == "person" else lines // 2


def _stop(firm: Firm, graph: Ties, node: int) -> Stop:
    """Describe a node of the graph."""
    if node < graph.people:
        return Stop(type="person", id=roster(firm).ids[node])
    kind, key = graph.groups[node - graph.people]
    table = _TABLES.get(kind)
    return Stop(type=kind, id=key, title=firm.table(table)[key].title if table else "")


_TABLES: dict[GroupKind, str] = {
    "mission": "missions",
    "unit": "units",
    "contract": "contracts",
}


def _place(firm: Firm, graph: Ties, begins: Stop | None) -> int:
    """Give the node where one begins; NOBODY where that is not in the graph."""
    if begins is None:
        return NOBODY
    if begins.type == "person":
        return roster(firm).at.get(begins.id, NOBODY)
    # Missions are the first of the groups, in order.
    return graph.people + sorted(firm.missions).index(begins.id)


def _holders(firm: Firm, skill: str, level: int) -> tuple[Ints, Ints]:
    """Give who claims a skill at a level or above, and the day each was seen."""
    known = knowledge(firm)
    order, first = _by_skill(firm)
    place = {key: at for at, key in enumerate(known.skills)}.get(skill, NOBODY)
    mine = order[first[place] : first[place + 1]]
    mine = mine[known.level[mine] >= level]
    return known.person[mine], known.seen[mine]


def _by_skill(firm: Firm) -> tuple[Ints, Ints]:
    """Give the claims in the order of skills, and where each skill begins."""

    def work_out() -> tuple[Ints, Ints]:
        known = knowledge(firm)
        order = np.argsort(known.skill, kind="stable")
        counts = np.bincount(known.skill, minlength=len(known.skills))
        return order, np.concatenate(([0], np.cumsum(counts)))

    return kept("by skill", (firm.people, firm.skills, firm.claims), work_out)
