"""A round put before people, and what those who are asked say to each move.

Nothing changes until the person who moves and a lead of each mission that gains have
said yes; a no of any of them ends it, and the next rounds do not ask again so soon.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated

from msgspec import Meta
from msgspec.structs import replace

from weft.app.permissions import leads, permit
from weft.app.records import stays_whole
from weft.app.views import View
from weft.core.entries import Change, Deed, put
from weft.core.firm import Firm, change
from weft.core.indexes import seats_by_person
from weft.core.people import WHOLE
from weft.core.records import Record, show
from weft.core.roles import Actor
from weft.core.rounds.round import Move, Part, Refusal, Reply, ReplyWord, Round, Share
from weft.core.rounds.rules import STEP, RoundRules
from weft.core.scalars import Month, Name
from weft.engines.allocation import Proposal, stale, taken
from weft.errors import ConflictError, InputError, NotFound, Where
from weft.store.desk import Desk

_LONGEST = 400


class Answering(Record, frozen=True, kw_only=True):
    """What somebody says to the moves of a round: to some people's, or to all.

    people: whose moves; empty for all that the one who answers has a say in. why: of a
    refusal. shares: for a change, of one person: the share in each mission, 0 for none.
    """

    month: Month
    answer: ReplyWord
    people: Annotated[tuple[Name, ...], Meta(max_length=10_000)] = ()
    why: Refusal | None = None
    shares: Mapping[Name, Share] = {}


class Said(Record, frozen=True, kw_only=True):
    """What came of an answer: the entry, whose moves it was, and which are taken."""

    entry: int
    people: tuple[str, ...]
    taken: tuple[str, ...]


def put_forward(
    desk: Desk, actor: Actor, proposal: Proposal, at: datetime, key: str = ""
) -> Round:
    """Put a round before people: from now on those who are asked can answer.

    A move of the same month that nobody has taken makes room for the new one.
    """

    def deed(firm: Firm) -> Deed:
        permit(firm, actor, "round.propose")
        changes = [put(_round(proposal, actor, at)), *_moves(firm, proposal)]
        note = f"{len(proposal.moves)} moves proposed for {proposal.month}."
        return Deed(name="round.propose", changes=tuple(changes), note=note)

    intent = show(proposal).encode()
    entry = desk.write(deed, at=at, actor=actor, key=key, intent=intent)
    [found] = [c.record for c in entry.deed.changes if isinstance(c.record, Round)]
    return found


def _round(proposal: Proposal, actor: Actor, at: datetime) -> Round:
    return Round(
        month=proposal.month,
        months=proposal.months,
        seq=proposal.seq,
        by=actor.person,
        at=at,
        cost=proposal.cost,
        bound=proposal.bound,
        open=sum(need.open.get(proposal.month, 0) for need in proposal.open),
    )


def _moves(firm: Firm, proposal: Proposal) -> list[Change]:
    """Give the new moves, and take out those of the month that nobody has taken."""
    standing = {m.person: m for m in firm.moves.values() if m.month == proposal.month}
    found = []
    for each in proposal.moves:
        old = standing.pop(each.person, None)
        if old is None or not (old.taken or old.promised):
            move = Move(
                month=proposal.month,
                person=each.person,
                parts=each.parts,
                why=" ".join(each.why)[:_LONGEST],
                price=each.price,
                turned_down=old.closed if old else (),
            )
            found.append(put(move))
    for person in sorted(standing):
        old = standing[person]
        if not (old.taken or old.promised or old.closed):
            found.append(Change(old.kind, old.key))
    return found


def moves(view: View, month: Month) -> list[Move]:
    """Give the moves of a round as the actor may see them, by person."""
    found = [move for move in view.firm.moves.values() if move.month == month]
    return sorted(found, key=lambda move: (view.name(move.person), move.person))


def answer(
    desk: Desk, actor: Actor, said: Answering, at: datetime, key: str = ""
) -> Said:
    """Accept, refuse or change moves, in one entry.

    Raises Forbidden where the actor has no say in one that is named, ConflictError
    where seats have changed since, and InputError for a change that no seat can be.
    """

    def deed(firm: Firm) -> Deed:
        asked = _asked(firm, actor, said)
        after = [_answered(firm, actor, move, said, at) for move in asked]
        changes = [put(move) for move in after]
        for move in after:
            if move.taken:
                changes += taken(firm, move)
        stays_whole(firm, changes)
        name = f"round.{said.answer}"
        note = f"{len(after)} moves of {said.month}"
        return Deed(name=name, changes=tuple(changes), note=note)

    intent = show(said).encode()
    entry = desk.write(deed, at=at, actor=actor, key=key, intent=intent)
    moved = [c.record for c in entry.deed.changes if isinstance(c.record, Move)]
    return Said(
        entry=entry.seq,
        people=tuple(move.person for move in moved),
        taken=tuple(move.person for move in moved if move.taken),
    )


def may_answer(firm: Firm, actor: Actor, move: Move) -> bool:
    """Tell whether an actor has a say in a move that is still open."""
    return not move.taken and bool(says_for(firm, actor, move))


def says_for(
    firm: Firm, actor: Actor, move: Move
) -> tuple[bool, tuple[str, ...]] | None:
    """Tell for whom an actor speaks: the person, and which missions; None for none."""
    own = actor.owner or actor.person == move.person
    mine = tuple(m for m in move.heard if actor.owner or leads(firm, actor, m))
    return (own, mine) if own or mine else None


def _asked(firm: Firm, actor: Actor, said: Answering) -> list[Move]:
    """Give the moves that are answered, by key."""
    if said.answer == "refuse" and said.why is None:
        raise InputError(
            "Nothing says why.",
            do="Give one of: needed-here, other-work, place, time, team, other.",
            where=Where(path="$.why"),
        )
    if said.answer == "change" and (len(said.people) != 1 or not said.shares):
        raise InputError(
            "A change is of one person, and says the share in each mission.",
            do="Name one person, and a share for each mission, 0 for none.",
            where=Where(path="$.shares"),
        )
    if said.people:
        return [_named(firm, actor, said.month, p) for p in dict.fromkeys(said.people)]
    found = [
        move
        for _, move in sorted(firm.moves.items())
        if move.month == said.month
        and move.state == "asked"
        and may_answer(firm, actor, move)
    ]
    if not found:
        raise InputError(
            f"No move of {said.month} waits for your answer.",
            do="Look at the round; one is put before people with `propose`.",
        )
    return found


def _named(firm: Firm, actor: Actor, month: Month, person: str) -> Move:
    key = f"{month}:{person}"
    if key not in firm.moves:
        raise NotFound(
            "move", key, (), do=f"See who is asked: weft round show {month}."
        )
    permit(firm, actor, "round.answer", key)
    move = firm.moves[key]
    if move.taken:
        raise ConflictError(
            f"The move of {person} in {month} is taken already.",
            do="Change the seats themselves, or wait for the next round.",
        )
    return move


def _answered(
    firm: Firm, actor: Actor, move: Move, said: Answering, at: datetime
) -> Move:
    """Give a move with one more answer: taken, if it was the last that it waits for."""
    if said.answer == "change":
        move = otherwise(firm, move, said.shares)
        if not move.gaining:
            raise InputError(
                "With these shares the person gains no seat: that is no move.",
                do="Refuse the move instead.",
                where=Where(path="$.shares"),
            )
    why = said.why if said.answer == "refuse" else None
    return replied(firm, actor, move, said.answer, why=why, at=at)


def replied(
    firm: Firm,
    actor: Actor,
    move: Move,
    answer: ReplyWord,
    *,
    why: Refusal | None,
    at: datetime,
) -> Move:
    """Give a move with what the actor says to it: taken, if all have said yes now."""
    own, missions = says_for(firm, actor, move) or (False, ())
    no = answer == "refuse"
    reply = Reply(
        by=actor.person,
        own=own and not no,
        missions=() if no else missions,
        answer=answer,
        why=why,
        at=at,
    )
    move = replace(move, replies=(*move.replies, reply))
    if no:
        return move
    if wrong := stale(firm, move):
        raise ConflictError(
            f"The seat of {move.person} in {wrong[0].mission} has changed since the"
            " round was worked out.",
            do="Have the round worked out and proposed again, or refuse the move.",
        )
    return replace(move, taken=move.agreed)


def otherwise(firm: Firm, move: Move, shares: Mapping[str, int]) -> Move:
    """Give a move with other shares, to be answered anew; those not named stay."""
    rules = next((a.rounds for a in firm.about.values()), RoundRules())
    parts = {part.mission: part for part in move.parts}
    for mission, share in sorted(shares.items()):
        where = Where(path=f"$.shares.{mission}")
        if mission not in firm.missions:
            raise NotFound("mission", mission, firm.missions)
        if share % STEP or 0 < share < rules.least:
            raise InputError(
                f"A seat of {share} % is none.",
                do=f"Give steps of {STEP} %, {rules.least} % at least, or 0.",
                where=where,
            )
        old = parts.get(mission) or Part(
            mission=mission,
            before=share_of(firm, move.month, move.person, mission),
        )
        parts[mission] = replace(old, after=share, until=None)
    found = tuple(p for _, p in sorted(parts.items()) if p.before != p.after)
    _fits(firm, move, found, rules)
    return replace(move, parts=found, replies=())


def _fits(firm: Firm, move: Move, parts: Sequence[Part], rules: RoundRules) -> None:
    """Refuse more missions, or more time, than somebody has."""
    after = Move(month=move.month, person=move.person, parts=tuple(parts), taken=True)
    seats = change(firm, taken(firm, after)).seats.values()
    held = [s for s in seats if s.person == move.person and s.held_in(move.month)]
    total, capacity = sum(s.share for s in held), firm.people[move.person].capacity
    if total > min(capacity, WHOLE) or len(held) > rules.missions:
        raise InputError(
            f"That is {total} % in {len(held)} missions; {capacity} % in"
            f" {rules.missions} is the most.",
            do="Lower another share of the person in the same change.",
            where=Where(path="$.shares"),
        )


def share_of(firm: Firm, month: Month, person: str, mission: str) -> int:
    """Give the share that somebody has in a mission in a month."""
    seats = seats_by_person(firm).get(person, ())
    return sum(s.share for s in seats if s.mission == mission and s.held_in(month))
