"""The money side of a round: worked out, put before people, decided, worked out again.

Nothing changes until those who decide a fund have said yes; from the fund's limit on
two of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Annotated

from msgspec import Meta
from msgspec.structs import replace

from weft.app.funding.gathering import proposal as gathered
from weft.app.permissions import OPERATIONS, permit
from weft.app.records import stays_whole
from weft.app.views import View, whole
from weft.core.entries import Change, Deed, put
from weft.core.firm import Firm
from weft.core.funding.ask import Ask, refuse_other_money
from weft.core.funding.months import after as later
from weft.core.funding.round import MoneyMove, MoneyReply, MoneyRound, Saying
from weft.core.kept import kept
from weft.core.records import Record, show
from weft.core.roles import Actor
from weft.core.scalars import Amount, Line, Month, Name, minor
from weft.engines.funding.rounds import (
    MoneyLine,
    MoneyProposal,
    released,
    stale,
    stays_covered,
)
from weft.errors import ConflictError, InputError, NotFound, Where
from weft.store.desk import Desk


class MoneyAsk(Record, frozen=True, kw_only=True):
    """For which month the money side of a round is asked, and of which firm."""

    month: Month
    draft: Name | None = None


class Deciding(Record, frozen=True, kw_only=True):
    """What somebody who decides a fund says to moves: of some missions, or of all.

    missions: empty for all that wait and are theirs to decide. amount: of a change, of
    one mission: so much a month instead. why: of a change and a refusal.
    """

    month: Month
    answer: Saying
    missions: Annotated[tuple[Name, ...], Meta(max_length=10_000)] = ()
    amount: Amount | None = None
    why: Line = ""


class Decided(Record, frozen=True, kw_only=True):
    """What came of it: the entry, whose money it was, and for which it is decided."""

    entry: int
    missions: tuple[str, ...]
    taken: tuple[str, ...]


class Replay(Record, frozen=True, kw_only=True):
    """A round worked out again from the journal: whether it is the same."""

    month: Month
    seq: int
    same: bool
    then: str
    now: str


def work_out(desk: Desk, actor: Actor, ask: MoneyAsk, now: datetime) -> MoneyProposal:
    """Work out what the round would do with the money; nothing is written."""
    permit(desk.firm(), actor, "money")
    if ask.month < f"{now:%Y-%m}":
        raise InputError(
            f"{ask.month} is past: money is proposed for this month or a later one.",
            do=f"Give {now:%Y-%m} or a later month.",
            where=Where(path="$.month"),
        )
    firm, _ = whole(desk, draft=ask.draft or "")
    month, on = ask.month, now.date()
    if ask.draft:
        return gathered(desk, firm, month, on)
    at = "the money of a round", month, on
    return kept(at, (firm,), lambda: gathered(desk, firm, month, on))


def digest(found: MoneyProposal) -> str:
    """Give what tells two proposals apart."""
    return sha256(show(found).encode()).hexdigest()


def put_forward(
    desk: Desk, actor: Actor, ask: MoneyAsk, at: datetime, key: str = ""
) -> MoneyRound:
    """Put the money side of a round before those who decide, in one entry.

    It is worked out on the firm that the entry follows, so that it can be worked out
    again. What was taken of the month before stays; what waits makes room.
    """
    month = ask.month
    if ask.draft or month < f"{at:%Y-%m}":
        what = "A draft" if ask.draft else f"{month}, which is past,"
        raise InputError(
            f"{what} cannot be put before people.",
            do=f"Propose for {at:%Y-%m} or a later month, from the firm as it is.",
            where=Where(path="$.draft" if ask.draft else "$.month"),
        )

    def deed(firm: Firm) -> Deed:
        permit(firm, actor, "money.propose")
        if not firm.funds:
            raise InputError("There is no fund.", do="Put one: weft put funds FILE.")
        found = gathered(desk, firm, month, at.date())
        record = MoneyRound(
            month=month,
            seq=firm.seq,
            on=at.date(),
            by=actor.person,
            at=at,
            digest=digest(found),
            value=sum(minor(s.worth)[0] for s in found.funds),
            bound=sum(minor(s.bound)[0] for s in found.funds),
        )
        changes = [put(record), *_moves(firm, found)]
        note = f"Money of {_missions(found.lines)} proposed for {month}."
        return Deed(name="money.propose", changes=tuple(changes), note=note)

    intent = show(ask).encode()
    entry = desk.write(deed, at=at, actor=actor, key=key, intent=intent)
    kept = [c.record for c in entry.deed.changes if isinstance(c.record, MoneyRound)]
    return kept[0]


def _missions(several: Sequence[object]) -> str:
    return f"{len(several)} mission{'s' if len(several) != 1 else ''}"


def _moves(firm: Firm, found: MoneyProposal) -> list[Change]:
    old = {m.mission: m for m in firm.moneymoves.values() if m.month == found.month}
    changes: list[Change] = []
    for line in found.lines:
        before = old.pop(line.mission, None)
        if before is None or not before.taken:
            changes.append(put(_move(found.month, line)))
    gone = sorted(m.key for m in old.values() if not m.taken)
    return changes + [Change(MoneyMove.kind, key) for key in gone]


def _move(month: Month, line: MoneyLine) -> MoneyMove:
    return MoneyMove(
        month=month,
        mission=line.mission,
        fund=line.fund,
        word=line.word,
        before=line.before,
        after=line.after,
        starts=line.starts,
        why=line.why,
        low=line.low,
        high=line.high,
        grade=line.grade,
        two=line.two,
        asks=line.asks,
    )


def moves(view: View, month: Month) -> list[MoneyMove]:
    """Give the moves of a round as the actor may see them, by fund and mission."""
    found = [m for m in view.firm.moneymoves.values() if m.month == month]
    return sorted(found, key=lambda m: (m.fund, m.mission))


def replay(desk: Desk, actor: Actor, month: Month) -> Replay:
    """Work a round out again from the journal, as the firm stood then."""
    firm = desk.firm()
    permit(firm, actor, "money")
    if month not in firm.moneyrounds:
        raise NotFound("money round", month, firm.moneyrounds)
    kept = firm.moneyrounds[month]
    again = digest(gathered(desk, desk.firm(kept.seq), month, kept.on))
    return Replay(
        month=month,
        seq=kept.seq,
        same=again == kept.digest,
        then=kept.digest,
        now=again,
    )


def may_decide(firm: Firm, actor: Actor, move: MoneyMove) -> bool:
    """Tell whether a move still waits for an answer that the actor may give."""
    waits = not move.taken and actor.person not in move.agreed
    return waits and not OPERATIONS["money.answer"].lacks(firm, actor, move.key)


def decide(
    desk: Desk, actor: Actor, said: Deciding, at: datetime, key: str = ""
) -> Decided:
    """Accept, change or refuse moves, in one entry; money moves once enough said yes.

    Raises Forbidden where one that is named is not the actor's to decide, and
    ConflictError where its money has changed since.
    """

    def deed(firm: Firm) -> Deed:
        asked = _asked(firm, actor, said)
        after = [_answered(firm, actor, move, said, at) for move in asked]
        changes = [put(move) for move in after]
        for move in after:
            if move.taken:
                changes += released(firm, move)
                changes += [put(_granted(firm, move, a, at)) for a in move.asks]
        stays_covered(firm, changes, f"{at:%Y-%m}")
        stays_whole(firm, changes)
        note = f"Money of {_missions(after)} in {said.month}."
        name = f"money.{said.answer}"
        return Deed(name=name, changes=tuple(changes), note=note)

    intent = show(said).encode()
    entry = desk.write(deed, at=at, actor=actor, key=key, intent=intent)
    kept = [c.record for c in entry.deed.changes if isinstance(c.record, MoneyMove)]
    return Decided(
        entry=entry.seq,
        missions=tuple(move.mission for move in kept),
        taken=tuple(move.mission for move in kept if move.taken),
    )


def _granted(firm: Firm, move: MoneyMove, name: str, at: datetime) -> Ask:
    return replace(
        firm.asks[name],
        state="granted",
        agreed=move.agreed,
        answered_by=move.last[-1].by,
        answered_at=at,
    )


def _asked(firm: Firm, actor: Actor, said: Deciding) -> Sequence[MoneyMove]:
    """Give the moves that are answered, by key; refuse an answer without its reason."""
    if said.answer != "accept" and not said.why:
        raise InputError(
            "Nothing says why.", do="Say why in a sentence.", where=Where(path="$.why")
        )
    if said.answer == "change" and (len(said.missions) != 1 or said.amount is None):
        raise InputError(
            "A change is of one mission, and says an amount a month.",
            do="Name one mission, and the amount.",
            where=Where(path="$.amount"),
        )
    if said.missions:
        return [
            _named(firm, actor, said.month, m) for m in dict.fromkeys(said.missions)
        ]
    found = [
        move
        for _, move in sorted(firm.moneymoves.items())
        if move.month == said.month
        and not move.refused
        and may_decide(firm, actor, move)
    ]
    if not found:
        raise InputError(
            f"No money of {said.month} waits for your answer.",
            do="Look at the round; one is put before people with `propose`.",
        )
    return found


def _named(firm: Firm, actor: Actor, month: Month, mission: str) -> MoneyMove:
    key = f"{month}:{mission}"
    if key not in firm.moneymoves:
        do = f"See what is proposed: weft round money show {month}."
        raise NotFound("proposal", key, (), do=do)
    permit(firm, actor, "money.answer", key)
    move = firm.moneymoves[key]
    if move.taken:
        raise ConflictError(
            f"The money of {mission} in {month} is decided already.",
            do="Wait for the next round, or ask for money on any day.",
        )
    return move


def _answered(
    firm: Firm, actor: Actor, move: MoneyMove, said: Deciding, at: datetime
) -> MoneyMove:
    """Give a move with one more answer: taken, if it was the last that it waits for."""
    if said.answer == "change" and said.amount is not None:
        move = _changed(firm, move, said.amount)
    amount = None if said.answer == "refuse" else move.after
    reply = MoneyReply(
        by=actor.person, answer=said.answer, amount=amount, why=said.why, at=at
    )
    move = replace(move, replies=(*move.replies, reply))
    if said.answer == "refuse":
        return move
    if stale(firm, move):
        raise ConflictError(
            f"The money of {move.mission} has changed since the round was worked out.",
            do="Have the round proposed again, or refuse the move.",
        )
    enough = len(move.agreed) >= (2 if move.two else 1)
    return replace(move, taken=enough and not move.refused)


def _changed(firm: Firm, move: MoneyMove, wanted: Amount) -> MoneyMove:
    """Give a move with another amount: those who said yes to the former are asked anew.

    Less than the mission has takes effect after its notice, as in what was proposed.
    """
    fund = firm.funds[move.fund]
    refuse_other_money(fund, [wanted])
    units, before = minor(wanted)[0], minor(move.before)[0]
    if units < 0:
        raise InputError(
            f"{wanted} is below zero.",
            do="Give an amount from zero on.",
            where=Where(path="$.amount"),
        )
    held = next(
        (
            t
            for t in firm.tranches.values()
            if t.mission == move.mission and not t.bet and t.held_in(move.month)
        ),
        None,
    )
    notice = held.notice if held and units < before else 0
    if held and held.end and held.end < later(move.month, notice):
        raise InputError(
            f"The money of {move.mission} ends in {held.end}, as is decided already.",
            do="Leave it, and let the mission ask for what comes after.",
            where=Where(path="$.amount"),
        )
    word = "continue" if units == before else "grow" if units > before else "shrink"
    limit = fund.two_from
    return replace(
        move,
        after=wanted,
        word="stop" if units == 0 and before else word,
        starts=later(move.month, notice),
        two=limit is not None and abs(units - before) >= minor(limit)[0],
    )
