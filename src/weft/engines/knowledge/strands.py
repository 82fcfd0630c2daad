"""What people know, and where they sit, as two tables that a weave is made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec
import numpy as np
import numpy.typing as npt

from weft.core.firm import Firm
from weft.core.scalars import Month
from weft.core.skills import Camp
from weft.engines.knowledge.camps import discipline_of
from weft.engines.knowledge.chart import NOWHERE, Chart, chart
from weft.engines.knowledge.roster import (
    WORKS_ALONE,
    Bools,
    Ints,
    knowledge,
    roster,
)
from weft.engines.knowledge.sittings import sittings
from weft.errors import UnknownName

if TYPE_CHECKING:  # it is slow to load
    from scipy.sparse import csr_array


class Thread(msgspec.Struct, frozen=True):
    """A row or a column of the weave before anything is counted in it.

    opens: it can be looked into. itself: those directly in the unit looked into.
    """

    table: str
    id: str
    title: str
    camp: Camp = "business"
    opens: bool = False
    itself: bool = False


class Strands(msgspec.Struct, frozen=True):
    """People crossed with threads; the shape of each table is (people, threads).

    held: how much of the person is in it: a share of time, or of the role.
    learnt: 1 where somebody claims it below the level that counts as knowing.
    """

    threads: tuple[Thread, ...]
    held: csr_array
    learnt: csr_array

    @property
    def knows(self) -> csr_array:
        """1 for each person and thread in which there is anything of the person."""
        return _ones(self.held)


def units(firm: Firm, unit: str) -> Strands:
    """Give the columns of a weave across units: the tops, or what is in one unit.

    Raises UnknownName for a unit that the firm does not have.
    """
    tree = chart(firm)
    if unit and (tree.kind != "units" or unit not in firm.units):
        raise UnknownName("unit", unit, firm.units)
    if tree.kind != "units":
        return _strands((), [], [], [], len(firm.people))
    inside = tree.at[unit] if unit else NOWHERE
    boxes = tree.children(inside) if unit else tree.tops()
    ends = [int(tree.below[box]) for box in boxes]
    threads = [_unit(tree, box, opens=tree.below[box] > box + 1) for box in boxes]
    # Those who sit directly in a unit above stand in a column of their own.
    direct = [inside] if unit else _above(tree, boxes)
    for box in direct:
        if np.any(tree.home == box):
            boxes, ends = (*boxes, box), [*ends, box + 1]
            threads.append(_unit(tree, box, opens=False, itself=True))
    column = np.full(len(tree.keys) + 1, NOWHERE)
    for place, (box, end) in enumerate(zip(boxes, ends, strict=True)):
        column[box:end] = place
    of_person = column[tree.home]
    people = np.flatnonzero(of_person != NOWHERE)
    ones = np.ones(len(people))
    return _strands(threads, people, of_person[people], ones, len(firm.people))


def _above(tree: Chart, boxes: Iterable[int]) -> list[int]:
    """Give the boxes above the tops: those that were stepped through."""
    tops = set(boxes)
    return [
        box
        for box in range(len(tree.keys))
        if box not in tops and any(box < top < tree.below[box] for top in tops)
    ]


def _unit(tree: Chart, box: int, *, opens: bool, itself: bool = False) -> Thread:
    """Make a column of a unit."""
    key, title = tree.keys[box], tree.titles[box]
    return Thread("units", key, title, opens=bool(opens), itself=itself)


def missions(firm: Firm, month: Month) -> Strands:
    """Give the columns of a weave across the missions of a month, empty ones too."""
    keys = sorted(firm.missions)
    at = {key: place for place, key in enumerate(keys)}
    threads = [Thread("missions", key, firm.missions[key].title) for key in keys]
    sits = sittings(firm, month)
    column = np.array(
        [at[key] if kind == "missions" else NOWHERE for kind, key in sits.groups],
        np.int64,
    )[sits.group]
    row = column != NOWHERE
    return _strands(
        threads, sits.person[row], column[row], sits.share[row], len(firm.people)
    )


def disciplines(firm: Firm) -> Strands:
    """Give the rows of a weave: the firm's disciplines, and others that people have.

    Somebody with claims is in the disciplines of the skills claimed; somebody
    without in those of the role, with their shares. A discipline that is not the
    firm's own is there only if somebody is in it.
    """
    people, known = roster(firm), knowledge(firm)
    has_claims = np.zeros(len(people.ids), np.bool_)
    has_claims[known.person] = True
    by_role = [
        (place, key, share / 100)
        for place, side in enumerate(people.sides)
        if not has_claims[place]
        for key, share in side.disciplines.items()
    ]
    told = {key for _, key, _ in by_role}
    of_skill = [firm.skills[key].discipline for key in known.skills]
    keys = sorted({*firm.disciplines, *told, *of_skill})
    at = {key: place for place, key in enumerate(keys)}
    threads = [_discipline(firm, key, opens=key in of_skill) for key in keys]
    claimed = np.array([at[key] for key in of_skill], np.int64)[known.skill]
    alone = known.level >= WORKS_ALONE
    roles = [(place, at[key], share) for place, key, share in by_role]
    of_role = np.array(roles, np.float64).reshape(-1, 3)
    held = _strands(
        threads,
        np.concatenate((known.person[alone], of_role[:, 0])),
        np.concatenate((claimed[alone], of_role[:, 1])),
        np.concatenate((np.ones(alone.sum()), of_role[:, 2])),
        len(people.ids),
    )
    return _learning(held, known.person, claimed, alone)


def _discipline(firm: Firm, key: str, *, opens: bool) -> Thread:
    """Make a row of a discipline, the firm's own or one of Weft's."""
    known = discipline_of(firm, key)
    camp: Camp = known.camp if known else "business"
    return Thread("disciplines", key, known.title if known else key, camp, opens)


def skills(firm: Firm, discipline: str) -> Strands:
    """Give the rows of a weave inside a discipline: its skills, by claims alone.

    Raises UnknownName for a discipline that nobody has and nothing is in.
    """
    every = disciplines(firm).threads
    if discipline not in {thread.id for thread in every}:
        raise UnknownName("discipline", discipline, [thread.id for thread in every])
    known = knowledge(firm)
    mine = [firm.skills[key].discipline == discipline for key in known.skills]
    keys = [key for key, is_mine in zip(known.skills, mine, strict=True) if is_mine]
    above = next(thread for thread in every if thread.id == discipline)
    threads = [Thread("skills", k, firm.skills[k].title, above.camp) for k in keys]
    place = np.cumsum(np.array(mine, np.int64)) - 1
    row = np.array(mine, np.bool_)[known.skill]
    person, skill = known.person[row], place[known.skill[row]]
    alone = known.level[row] >= WORKS_ALONE
    ones = np.ones(alone.sum())
    size = len(firm.people)
    held = _strands(threads, person[alone], skill[alone], ones, size)
    return _learning(held, person, skill, alone)


def _strands(
    threads: Iterable[Thread],
    person: npt.ArrayLike,
    thread: npt.ArrayLike,
    share: npt.ArrayLike,
    people: int,
) -> Strands:
    """Make a table; what stands in it twice is added up, but is never above one."""
    from scipy.sparse import csr_array  # noqa: PLC0415, slow to load

    threads = tuple(threads)
    held = csr_array(
        (share, (np.asarray(person, np.int64), np.asarray(thread, np.int64))),
        shape=(people, len(threads)),
    )
    held.sum_duplicates()
    held.data = np.minimum(held.data, 1)
    return Strands(threads, held, csr_array(held.shape))


def _learning(strands: Strands, person: Ints, thread: Ints, alone: Bools) -> Strands:
    """Add those who claim less than what counts as knowing, and nothing more."""
    few = _strands(
        strands.threads,
        person[~alone],
        thread[~alone],
        np.ones((~alone).sum()),
        strands.held.shape[0],
    ).held
    learnt = few - few.multiply(_ones(strands.held))
    learnt.eliminate_zeros()
    return msgspec.structs.replace(strands, learnt=learnt.tocsr())


def _ones(table: csr_array) -> csr_array:
    """Give 1 in each place of a table where there is anything."""
    ones = table.copy()
    ones.data = np.ones_like(ones.data)
    return ones
