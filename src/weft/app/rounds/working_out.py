"""What a round would propose, and whether a mission can take something on."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated

from msgspec import Meta
from msgspec.structs import replace

from weft.app.permissions import permit
from weft.app.rounds.abreast import abreast
from weft.app.rounds.apart import solve_apart
from weft.app.views import whole
from weft.core.entries import put
from weft.core.firm import Firm, change
from weft.core.missions import Need
from weft.core.records import Record
from weft.core.roles import Actor
from weft.core.scalars import Month, Name
from weft.engines import knowledge
from weft.engines.allocation import (
    LONGEST,
    Ability,
    Knowing,
    Plan,
    Proposal,
    Stated,
    can,
    nothing_given,
    propose,
    read,
    state,
)
from weft.errors import InputError, NotFound, Where
from weft.interop.zones import minutes_ahead
from weft.store.desk import Desk

HALF = 50
"""Hundredths of a role that are technology, from which on it counts as that."""


class Ask(Record, frozen=True, kw_only=True):
    """For which months a round is asked, of which firm, and how long it may take.

    limit: seconds; the best plan until then is given, with its gap.
    """

    month: Month
    months: Annotated[int, Meta(ge=1, le=LONGEST)] = 6
    limit: Annotated[int, Meta(ge=1, le=3600)] = 60
    draft: Name | None = None


class Patience:
    """How long a solve may go on, and who hears of it. Told to it, as it has no clock.

    left: seconds that are left. cancelled: somebody has stopped it. tell: hears the
    share that is done, 0 to 1.
    """

    def __init__(
        self,
        left: Callable[[], float],
        cancelled: Callable[[], bool] = lambda: False,
        tell: Callable[[float], None] = lambda _: None,
    ) -> None:
        self.left, self.cancelled, self.tell = left, cancelled, tell


def work_out(
    desk: Desk, actor: Actor, ask: Ask, now: datetime, patience: Patience
) -> Proposal:
    """Work out what a round would propose; nothing is written."""
    firm = _firm(desk, actor, ask)
    put_forward = firm.rounds.get(ask.month)
    holding = desk.firm(put_forward.seq) if put_forward else None
    stated = stated_of(firm, ask, now, desk.firm(), holding=holding)
    return read(stated, _solved(stated, patience))


def can_take_on(
    desk: Desk,
    actor: Actor,
    need: Need,
    ask: Ask,
    *,
    now: datetime,
    patience: Patience,
) -> Ability:
    """Tell whether a mission can have a need met: yes, no or from when; at what cost.

    The need is added to those there are. Raises NotFound for a mission or a skill
    that is not there.
    """
    firm = _firm(desk, actor, ask)
    for table, key in (("missions", need.mission), ("skills", need.skill)):
        if key not in firm.table(table):
            raise NotFound(table[:-1], key, firm.table(table))
    old = firm.needs.get(need.key)
    whole_need = replace(need, share=need.share + old.share) if old else need
    asked = change(firm, [put(whole_need)])
    ask = replace(ask, month=min(ask.month, need.month))
    before, after = (stated_of(each, ask, now, desk.firm()) for each in (firm, asked))
    plans = _solved(before, patience), _solved(after, patience)
    return can(need, (before, plans[0]), (after, plans[1]))


def _firm(desk: Desk, actor: Actor, ask: Ask) -> Firm:
    """Give the whole firm: a round sees wishes that no reader of it does."""
    permit(desk.firm(), actor, "round")
    firm, _ = whole(desk, draft=ask.draft or "")
    return firm


def stated_of(
    firm: Firm, ask: Ask, now: datetime, head: Firm, *, holding: Firm | None = None
) -> Stated:
    """State the question of a round that is asked for this month or a later one.

    holding: the firm on which a round that is before people already was worked out.
    """
    if ask.month < f"{now:%Y-%m}":
        raise InputError(
            f"{ask.month} is past: seats are proposed for this month or a later one.",
            do=f"Give {now:%Y-%m} or a later month.",
            where=Where(path="$.month"),
        )
    known = dataclasses.replace(
        knowing(firm, head, now.date()), ahead=_ahead(firm, ask.month)
    )
    return state(firm, known, ask.month, ask.months, holding=holding)


def _ahead(firm: Firm, month: Month) -> dict[str, int]:
    """Tell how far the time zones of the firm are ahead of UTC as a month begins."""
    records = (*firm.people.values(), *firm.missions.values())
    first = date.fromisoformat(f"{month}-01")
    found = {z: minutes_ahead(z, first) for z in {r.zone for r in records} if z}
    return {zone: minutes for zone, minutes in found.items() if minutes is not None}


def knowing(firm: Firm, head: Firm, today: date) -> Knowing:
    """Tell the round who can do what: claims that are shared and have not lapsed."""
    since = {k: knowledge.oldest(s, today) for k, s in firm.skills.items()}
    return Knowing(
        claims=tuple(
            claim
            for key, claim in firm.claims.items()
            if claim.shared
            and head.claims.get(key, claim).shared
            and claim.skill in since
            and claim.seen >= since[claim.skill]
        ),
        technology=frozenset(
            person
            for person, side in knowledge.camps(firm).items()
            if (side.technology or 0) >= HALF
        ),
    )


def _solved(stated: Stated, patience: Patience) -> Plan:
    if not len(stated.problem.misfit):  # nobody can serve what is wanted, or nothing is
        return nothing_given(stated.problem)
    return propose(
        stated.problem,
        left=patience.left,
        cancelled=patience.cancelled,
        tell=patience.tell,
        solver=solve_apart(patience.cancelled),
        abreast=abreast,
    )
