"""Seats tried out by hand: what they would do, and put before people all at once.

A lead drags somebody from one mission to another, or lets them go; nothing is written
until that is put before those who are asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Annotated

from immutables import Map
from msgspec import Meta
from msgspec.structs import replace

from weft.app.permissions import permit
from weft.app.records import stays_whole
from weft.app.rounds.apart import solve_apart
from weft.app.rounds.deciding import Said, otherwise, replied, says_for, share_of
from weft.app.rounds.working_out import Ask, Patience, knowing, stated_of
from weft.core.entries import Deed, put
from weft.core.firm import Firm
from weft.core.kept import kept
from weft.core.records import Record, show
from weft.core.roles import Actor
from weft.core.rounds.round import Move, Part, Refusal, Share
from weft.core.rounds.rules import STEP
from weft.core.scalars import Month, Name
from weft.engines.allocation import (
    Doubt,
    Points,
    Shares,
    Standing,
    Weigher,
    least,
    taken,
)
from weft.errors import ConflictError, Forbidden, InputError, NotFound, Where
from weft.store.desk import Desk


class Arrangement(Record, frozen=True, kw_only=True):
    """Seats of some people in a month, other than those that are proposed.

    shares: by person, then by mission, 0 for none; what is not named stays as it is
    proposed. why: said of a move that is so taken back, where it is put before people.
    """

    month: Month
    shares: Annotated[Mapping[Name, Mapping[Name, Share]], Meta(max_length=200)] = {}
    why: Refusal = "other"


class Held(Record, frozen=True, kw_only=True):
    """The share of a person in a mission: as it is, as proposed, as tried."""

    person: str
    now: int
    proposed: int
    tried: int


class MissionWeighed(Record, frozen=True, kw_only=True):
    """A mission as its seats are, as they are proposed, and as they are tried."""

    mission: str
    held: tuple[Held, ...]
    now: Standing
    proposed: Standing
    tried: Standing


class PersonWeighed(Record, frozen=True, kw_only=True):
    """What changes for a person: of the seats as they are, proposed and tried.

    lacks: why the actor may not put it before people; empty where they may.
    """

    person: str
    proposed: tuple[Part, ...]
    tried: tuple[Part, ...]
    lacks: str = ""


class Weighing(Record, frozen=True, kw_only=True):
    """What seats that are tried would do in the month of the round alone.

    seq: the entry up to which the firm was looked at. bound: points that no plan of
    that month can go below. people: those whose seats are others than now or than
    proposed. free: hundredths left of whom is let go, and of who could give what the
    missions lack. doubts: what speaks against what is tried.
    """

    month: str
    seq: int
    bound: int
    now: Points
    proposed: Points
    tried: Points
    missions: tuple[MissionWeighed, ...]
    people: tuple[PersonWeighed, ...]
    free: Mapping[str, int]
    doubts: tuple[Doubt, ...]


def weigh(
    desk: Desk,
    actor: Actor,
    asked: Arrangement,
    *,
    now: datetime,
    patience: Patience,
    beside: Collection[str] = (),
) -> Weighing:
    """Tell what seats that are tried would do; nothing is written.

    beside: missions to be told of, beside those in which a seat changes.
    """
    firm = desk.firm()
    permit(firm, actor, "round")
    _there(firm, asked)
    weigher = weigher_of(firm, asked.month, now, patience)
    proposed = laid_over(weigher.now, proposed_in(firm, asked.month))
    tried = laid_over(proposed, asked.shares)
    moved = sorted(_changed(weigher.now, proposed) | _changed(proposed, tried))
    doubts = weigher.doubts(tried, sorted(asked.shares))
    seats = (weigher.now, proposed, tried)
    touched = {m for person in moved for s in seats for m in s.get(person, {})}
    shown = sorted({*touched, *beside} & set(firm.missions))
    let_go = {p: left for p in moved if (left := weigher.left(p, tried)) >= STEP}
    return Weighing(
        month=asked.month,
        seq=firm.seq,
        bound=max(int(weigher.bound + 1e-6), 0),
        now=weigher.points(weigher.now),
        proposed=weigher.points(proposed),
        tried=weigher.points(tried, broken=any(each.breaks for each in doubts)),
        missions=tuple(_mission(weigher, mission, seats) for mission in shown),
        people=tuple(
            PersonWeighed(
                person=person,
                proposed=weigher.parts(weigher.now, proposed, person),
                tried=weigher.parts(weigher.now, tried, person),
                lacks=_lacks(firm, actor, asked, person),
            )
            for person in moved
        ),
        free=weigher.free(tried, beside or shown) | let_go,
        doubts=doubts,
    )


def weigher_of(firm: Firm, month: Month, now: datetime, patience: Patience) -> Weigher:
    """Give what weighs the seats of a month, made once for a firm as it stands."""

    def make() -> Weigher:
        bare = replace(firm, wishes=Map(), moves=_unanswered(firm, month))
        stated = stated_of(bare, Ask(month=month, months=1), now, firm)
        known = knowing(bare, firm, now.date())
        solver = solve_apart(patience.cancelled)
        bound = least(stated.problem, patience.left, solver=solver)
        return Weigher(stated, known.technology, bound)

    return kept(("weigher", month, now.date()), tuple(map(firm.table, _KINDS)), make)


_KINDS = (
    *("about", "people", "units", "disciplines", "skills", "claims", "missions"),
    *("seats", "needs", "absences", "contracts", "moves", "mandates"),
)
"""All that the weighing of a month looks at."""


def _unanswered(firm: Firm, month: Month) -> Map[str, Move]:
    """Give the moves as if nobody had agreed to one: only refusals are held to."""
    return Map(
        {
            key: replace(move, replies=(), taken=False, turned_down=move.closed)
            for key, move in firm.moves.items()
            if move.month <= month
        }
    )


def _there(firm: Firm, asked: Arrangement) -> None:
    for person, shares in asked.shares.items():
        if person not in firm.people:
            raise NotFound("person", person, firm.people)
        for mission in shares:
            if mission not in firm.missions:
                raise NotFound("mission", mission, firm.missions)


def proposed_in(firm: Firm, month: Month) -> dict[str, dict[str, int]]:
    """Give the shares that open moves of a month ask for."""
    return {
        move.person: {part.mission: part.after for part in move.parts}
        for move in firm.moves.values()
        if move.month == month and move.state == "asked"
    }


def laid_over(seats: Shares, others: Shares) -> dict[str, dict[str, int]]:
    """Lay other shares over seats; a share of 0 is none."""
    found = {person: dict(held) for person, held in seats.items()}
    for person, shares in others.items():
        after = {**found.get(person, {}), **shares}
        found[person] = {m: share for m, share in after.items() if share}
    return found


def _changed(before: Shares, after: Shares) -> set[str]:
    every = before.keys() | after.keys()
    return {p for p in every if before.get(p, {}) != after.get(p, {})}


def _mission(
    weigher: Weigher, mission: str, seats: tuple[Shares, Shares, Shares]
) -> MissionWeighed:
    people = sorted({p for s in seats for p, held in s.items() if held.get(mission)})
    shares = [[s.get(p, {}).get(mission, 0) for s in seats] for p in people]
    now, proposed, tried = (weigher.standing(mission, each) for each in seats)
    return MissionWeighed(
        mission=mission,
        held=tuple(
            Held(person=p, now=was, proposed=put_forward, tried=trying)
            for p, (was, put_forward, trying) in zip(people, shares, strict=True)
        ),
        now=now,
        proposed=proposed,
        tried=tried,
    )


def arrange(
    desk: Desk, actor: Actor, asked: Arrangement, at: datetime, key: str = ""
) -> Said:
    """Put seats that were tried before people, in one entry; yours count as agreed to.

    Who has no move yet is given one. What comes to the seats as they are is a refusal.
    Raises Forbidden where the actor has no say in one of them, and InputError for what
    no seat can be.
    """

    def deed(firm: Firm) -> Deed:
        _there(firm, asked)
        if asked.month not in firm.rounds:
            raise InputError(
                f"No round of {asked.month} has been put before people.",
                do=f"Put one before them first: weft round propose {asked.month}.",
                where=Where(path="$.month"),
            )
        after = list(_arranged(firm, actor, asked, at))
        changes = [put(move) for move in after]
        for move in after:
            changes += taken(firm, move) if move.taken else ()
        stays_whole(firm, changes)
        note = f"{len(after)} moves of {asked.month}"
        return Deed(name="round.arrange", changes=tuple(changes), note=note)

    entry = desk.write(deed, at=at, actor=actor, key=key, intent=show(asked).encode())
    moved = [c.record for c in entry.deed.changes if isinstance(c.record, Move)]
    return Said(
        entry=entry.seq,
        people=tuple(move.person for move in moved),
        taken=tuple(move.person for move in moved if move.taken),
    )


def _arranged(
    firm: Firm, actor: Actor, asked: Arrangement, at: datetime
) -> Iterable[Move]:
    if not asked.shares:
        raise InputError(
            "No seat is named.",
            do="Name people, and the share of each in a mission, 0 for none.",
            where=Where(path="$.shares"),
        )
    for person in sorted(asked.shares):
        if missing := _lacks(firm, actor, asked, person):
            raise Forbidden(missing, do="Ask one of those who have a say in it.")
        old = _standing(firm, asked.month, person)
        if old.taken:
            raise ConflictError(
                f"The move of {person} in {asked.month} is taken already.",
                do="Change the seats themselves, or wait for the next round.",
            )
        new = otherwise(firm, old, asked.shares[person])
        if new.parts:
            yield replied(firm, actor, new, "change", why=None, at=at)
        elif old.key in firm.moves:
            yield replied(firm, actor, old, "refuse", why=asked.why, at=at)
        else:
            raise InputError(
                f"{person} would sit as now: that is no move.",
                do="Give another share, or leave the person out.",
                where=Where(path=f"$.shares.{person}"),
            )


def _standing(firm: Firm, month: Month, person: str) -> Move:
    """Give the move of a person, or one that asks for nothing yet."""
    none = Move(month=month, person=person, parts=(), why="Put forward by hand.")
    return firm.moves.get(none.key, none)


def _lacks(firm: Firm, actor: Actor, asked: Arrangement, person: str) -> str:
    """Say why somebody may not put the seats of a person before people."""
    old = _standing(firm, asked.month, person)
    if old.key in firm.moves:
        mine = says_for(firm, actor, old)
        return "" if mine else f"The move of {person} is none in which you have a say."
    shares = asked.shares.get(person, {})
    parts = tuple(
        Part(mission=mission, before=held, after=share)
        for mission, share in sorted(shares.items())
        if (held := share_of(firm, asked.month, person, mission)) != share
    )
    if not parts or says_for(firm, actor, replace(old, parts=parts)):
        return ""
    return f"You are not {person}, and lead none of the missions that would gain."
