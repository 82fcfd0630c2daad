"""The weave: the firm as one picture of where knowledge sits and how deep it is."""

from __future__ import annotations

import numpy as np
from msgspec.structs import replace

from weft.core.firm import Firm
from weft.core.kept import kept
from weft.core.scalars import Month
from weft.engines.knowledge.drawing.order import columns_by_likeness, rows_by_place
from weft.engines.knowledge.drawing.pictures import (
    Crossing,
    Holders,
    Weave,
    WeaveColumn,
    WeaveRow,
)
from weft.engines.knowledge.figures import FEWEST
from weft.engines.knowledge.indices import spread
from weft.engines.knowledge.roster import (
    Floats,
    Ints,
    knowledge,
    roster,
    technology_amounts,
)
from weft.engines.knowledge.strands import (
    Strands,
    disciplines,
    missions,
    skills,
    units,
)
from weft.errors import InputError

_DEPTHS = (1, 2, 5, 15)
_TABLES = (
    *("people", "units", "missions", "seats", "disciplines", "skills", "claims"),
)


def weave(
    firm: Firm,
    month: Month,
    across: str = "units",
    unit: str = "",
    discipline: str = "",
) -> Weave:
    """Give the firm as one picture: where knowledge sits, and how deep it is.

    across: `units`, or the `missions` of the month. unit: look into this one;
    without it, the highest units that divide the firm. discipline: its skills in
    the place of the disciplines. Somebody with claims stands where they say,
    somebody without where the role says.
    Raises InputError for another `across`, UnknownName for a unit or discipline
    that the firm does not have.
    """
    tables = tuple(firm.table(kind) for kind in _TABLES)
    name = ("weave", month, across, unit, discipline)
    found = kept(name, tables, lambda: _weave(firm, month, across, unit, discipline))
    return replace(found, firm=firm.seq)


def people_at(
    firm: Firm,
    month: Month,
    *,
    row: str,
    column: str,
    across: str = "units",
    unit: str = "",
    discipline: str = "",
) -> Holders:
    """Give the people behind one crossing of a weave, by the ids of its ends.

    The rest as in `weave`. An end that the weave does not have gives nobody.
    """
    sits = _across(firm, month, across, unit)
    knows = _down(firm, discipline)
    columns = [at for at, thread in enumerate(sits.threads) if thread.id == column]
    rows = [at for at, thread in enumerate(knows.threads) if thread.id == row]
    if not columns or not rows:
        return Holders(holders=(), learners=())
    here = sits.held[:, [columns[0]]].toarray()[:, 0] > 0
    ids = np.array(roster(firm).ids, object)
    held = knows.held[:, [rows[0]]].toarray()[:, 0] > 0
    learnt = knows.learnt[:, [rows[0]]].toarray()[:, 0] > 0
    return Holders(holders=tuple(ids[here & held]), learners=tuple(ids[here & learnt]))


def _across(firm: Firm, month: Month, across: str, unit: str) -> Strands:
    """Give the columns of a weave."""
    if across == "units":
        tables = (firm.people, firm.units)
        return kept(("across units", unit), tables, lambda: units(firm, unit))
    if across == "missions":
        seated = (firm.people, firm.units, firm.missions, firm.seats)
        return kept(("across", month), seated, lambda: missions(firm, month))
    raise InputError(
        f"A weave goes across units or missions, not across {across!r}.",
        do="Give units or missions.",
    )


def _down(firm: Firm, discipline: str) -> Strands:
    """Give the rows of a weave."""
    tables = (firm.people, firm.disciplines, firm.skills, firm.claims)
    if discipline:
        return kept(("down", discipline), tables, lambda: skills(firm, discipline))
    return kept("down", tables, lambda: disciplines(firm))


def _weave(firm: Firm, month: Month, across: str, unit: str, discipline: str) -> Weave:
    sits, knows = _across(firm, month, across, unit), _down(firm, discipline)
    holders = (knows.knows.T @ sits.knows).toarray()
    learners = (knows.learnt.T @ sits.knows).toarray()
    fte = (knows.held.T @ sits.held).toarray()
    columns, rows = _columns(firm, sits), _rows(knows, holders, sits)
    table = holders + learners
    across_order, down_order = _orders(table, rows)
    # A discipline that is only Weft's word for roles stands where somebody is in it.
    ours = np.array([row.id in firm.table(row.table) for row in rows], np.bool_)
    down_order = down_order[(table.any(axis=1) | ours)[down_order]]
    sorted_ = np.ix_(down_order, across_order)
    placed = np.asarray(sits.held.sum(axis=1)).ravel() > 0
    claims = np.zeros(len(placed), np.bool_)
    claims[knowledge(firm).person] = True
    told = roster(firm).told
    return Weave(
        month=month,
        firm=firm.seq,
        across="units" if across == "units" else "missions",
        unit=unit,
        discipline=discipline,
        columns=tuple(columns[at] for at in across_order),
        rows=tuple(rows[at] for at in down_order),
        crossings=_crossings(
            holders[sorted_],
            learners[sorted_],
            fte[sorted_],
            [columns[at].people for at in across_order],
        ),
        spread=_spread(firm, sits, across),
        by_claims=int((placed & claims).sum()),
        by_role=int((placed & ~claims & told).sum()),
        untold=int((placed & ~claims & ~told).sum()),
        unplaced=int((~placed).sum()),
    )


def _orders(table: Floats, rows: list[WeaveRow]) -> tuple[Ints, Ints]:
    """Give the order of columns and that of rows: business above technology."""
    technology = np.array([row.camp == "technology" for row in rows], np.bool_)
    lean = table[technology].sum(axis=0) / np.maximum(table.sum(axis=0), 1)
    across = columns_by_likeness(table, lean)
    place = rows_by_place(table[:, across])
    return across, place[np.argsort(technology[place], kind="stable")]


def _columns(firm: Firm, sits: Strands) -> list[WeaveColumn]:
    """Describe each column: its people and how much of them is technology."""
    people = roster(firm)
    in_it = np.asarray(sits.knows.sum(axis=0)).ravel()
    told = np.asarray(people.told @ sits.knows).ravel()
    heads = people.told @ sits.held
    technology = np.nan_to_num(people.technology) @ sits.held
    return [
        WeaveColumn(
            table=thread.table,
            id=thread.id,
            title=thread.title,
            people=int(in_it[at]),
            technology=(
                round(float(technology[at] / heads[at]), 4)
                if told[at] >= FEWEST
                else None
            ),
            opens=thread.opens,
            itself=thread.itself,
        )
        for at, thread in enumerate(sits.threads)
    ]


def _rows(knows: Strands, holders: Floats, sits: Strands) -> list[WeaveRow]:
    """Describe each row: who in the picture knows it, and how widely."""
    placed = np.asarray(sits.held.sum(axis=1)).ravel() > 0
    anywhere = np.asarray(placed @ knows.knows).ravel()
    return [
        WeaveRow(
            table=thread.table,
            id=thread.id,
            title=thread.title,
            camp=thread.camp,
            holders=int(anywhere[at]),
            columns=int((holders[at] > 0).sum()),
            alone=int((holders[at] == 1).sum()),
            opens=thread.opens,
        )
        for at, thread in enumerate(knows.threads)
    ]


def _crossings(
    holders: Floats, learners: Floats, fte: Floats, people: list[int]
) -> tuple[Crossing, ...]:
    """Describe each crossing where there is anything, row by row."""
    rows, columns = np.nonzero(holders + learners)
    here = holders[rows, columns]
    depth: Ints = np.searchsorted(_DEPTHS, here, side="right")
    share = np.round(here / np.array(people, np.float64)[columns], 4)
    # As plain numbers, list by list: a hundred thousand of numpy's own are slow.
    told = zip(
        *(rows.tolist(), columns.tolist(), here.astype(np.int64).tolist()),
        learners[rows, columns].astype(np.int64).tolist(),
        *(depth.tolist(), share.tolist()),
        np.round(fte[rows, columns], 2).tolist(),
        strict=True,
    )
    return tuple(
        Crossing(
            row=row,
            column=column,
            holders=held,
            learners=learning,
            depth=deep,
            share=part,
            fte=time if held >= FEWEST else None,
        )
        for row, column, held, learning, deep, part, time in told
    )


def _spread(firm: Firm, sits: Strands, across: str) -> float | None:
    """Tell how evenly technology lies over the columns, as the diagnosis does."""
    people = roster(firm)
    if across == "units":
        amount, _ = technology_amounts(firm)
        heads = np.ones(len(people.ids))
    else:
        amount = np.nan_to_num(people.technology)
        heads = people.told.astype(np.float64)
    divides = np.array([not thread.itself for thread in sits.threads], np.bool_)
    size = (heads @ sits.held)[divides]
    index = spread((amount @ sits.held)[divides], size)
    return None if index is None or size.sum() < FEWEST else round(index, 4)
