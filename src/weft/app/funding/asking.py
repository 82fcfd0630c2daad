"""Ask for money on any day, grant or refuse it, give back what is left."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta
from msgspec.structs import replace

from weft.app.permissions import leads, permit
from weft.app.records import stays_whole
from weft.core.entries import Change, Deed, put
from weft.core.firm import Firm
from weft.core.funding.ask import Ask, lacking, refuse_other_money
from weft.core.funding.fund import Assumption, Fund, Grade
from weft.core.funding.round import MoneyMove, MoneyReply
from weft.core.records import Record, show
from weft.core.roles import Actor
from weft.core.scalars import Amount, Line, Month, Name, Text, amount, minor
from weft.engines.funding.rounds import released, running, stays_covered
from weft.errors import ConflictError, InputError, NotFound, Where
from weft.store.desk import Desk


class Asking(Record, frozen=True, kw_only=True):
    """What a mission asks for; which fields it needs grows with the amount."""

    mission: Name
    fund: Name
    amount: Amount
    start: Month
    why: Annotated[Line, Meta(min_length=1)]
    months: Annotated[int, Meta(ge=1, le=120)] | None = None
    expected: Amount | None = None
    proof: Line = ""
    proof_by: Month | None = None
    grade: Grade | None = None
    basis: Text = ""
    assumptions: Annotated[tuple[Assumption, ...], Meta(max_length=20)] = ()
    alternatives: Text = ""
    bet: bool = False


class Granting(Record, frozen=True, kw_only=True):
    """What is said to an ask; why: of a refusal."""

    ask: Name
    answer: Literal["grant", "refuse", "withdraw"]
    why: Line = ""


class Returning(Record, frozen=True, kw_only=True):
    """Money of a tranche that was released and not spent.

    tranche: its mission and first month, as in lending:2026-01.
    """

    tranche: Line
    amount: Amount


def ask(desk: Desk, actor: Actor, said: Asking, at: datetime, key: str = "") -> Ask:
    """Ask for money, on any day; it is answered on its own, or by the next round.

    Raises InputError for an ask that says less than its size asks for.
    """

    def deed(firm: Firm) -> Deed:
        permit(firm, actor, "money.ask", said.mission)
        fund = _fund(firm, said.fund)
        if said.mission not in firm.missions:
            raise NotFound("mission", said.mission, firm.missions)
        made = _made(firm, actor, said, at)
        refuse_other_money(fund, [made.amount, made.expected])
        _refuse_thin(fund, made)
        _refuse_bet(firm, fund, made)
        stays_whole(firm, [put(made)])
        return Deed(name="money.ask", changes=(put(made),), note=f"For {said.mission}.")

    entry = desk.write(deed, at=at, actor=actor, key=key, intent=show(said).encode())
    [found] = [c.record for c in entry.deed.changes if isinstance(c.record, Ask)]
    return found


def _made(firm: Firm, actor: Actor, said: Asking, at: datetime) -> Ask:
    number = 1
    while f"{said.mission}-{number}" in firm.asks:
        number += 1
    fields = {name: getattr(said, name) for name in said.__struct_fields__}
    made = Ask(
        id=f"{said.mission}-{number}"[-80:], asked_by=actor.person, at=at, **fields
    )
    if minor(made.amount)[0] <= 0:
        raise InputError(
            f"{made.amount} is nothing to ask for.",
            do="Give an amount above zero.",
            where=Where(path="$.amount"),
        )
    return made


def _refuse_thin(fund: Fund, made: Ask) -> None:
    if gaps := lacking(fund, made):
        raise InputError(
            f"{made.amount} a month asks for more than is said: {', '.join(gaps)}.",
            do="Say it, or begin with a smaller amount.",
            where=Where(path=f"$.{gaps[0]}"),
        )


def _refuse_bet(firm: Firm, fund: Fund, made: Ask) -> None:
    """Refuse a small bet that is not small, has no end, or does not stand alone."""
    if not made.bet:
        return
    tranches = [t for t in firm.tranches.values() if t.mission == made.mission]
    wrong = ""
    if fund.small is not None and minor(made.amount) >= minor(fund.small):
        wrong = f"A small bet is below {fund.small} a month."
    elif made.months is None:
        wrong = "A small bet has an end: nothing says for how many months it is."
    elif running(tranches, made.start):
        wrong = f"{made.mission} has money of a fund already."
    if wrong:
        raise InputError(
            wrong, do="Ask for it as standing money instead.", where=Where(path="$.bet")
        )


def answer(
    desk: Desk, actor: Actor, said: Granting, at: datetime, key: str = ""
) -> Ask:
    """Grant an ask, refuse it, or take one's own back; money flows once it is granted.

    From the fund's limit on, two who decide have to say yes.
    """
    name = said.ask

    def deed(firm: Firm) -> Deed:
        if name not in firm.asks:
            raise NotFound("ask", name, firm.asks)
        found = firm.asks[name]
        if said.answer == "withdraw":
            permit(firm, actor, "money.ask", found.mission)
        else:
            permit(firm, actor, "money.grant", name)
        if found.state != "open":
            raise ConflictError(
                f"{name} is {found.state} already.", do="Ask anew for something else."
            )
        if said.answer == "refuse" and not said.why:
            raise InputError("Nothing says why.", do="Say why in a sentence.")
        changes = _answers(firm, actor, found, said, at)
        stays_covered(firm, changes, f"{at:%Y-%m}")
        stays_whole(firm, changes)
        note = f"{found.amount} a month."
        return Deed(name=f"money.{said.answer}", changes=tuple(changes), note=note)

    intent = show(said).encode()
    entry = desk.write(deed, at=at, actor=actor, key=key, intent=intent)
    [kept] = [c.record for c in entry.deed.changes if isinstance(c.record, Ask)]
    return kept


def _answers(
    firm: Firm, actor: Actor, found: Ask, said: Granting, at: datetime
) -> list[Change]:
    """Give the ask as it is then, and the money that it brings."""
    if said.answer != "grant":
        state = "refused" if said.answer == "refuse" else "withdrawn"
        closed = replace(
            found,
            state=state,
            answered_by=actor.person,
            answered_at=at,
            answer_reason=said.why,
        )
        return [put(closed)]
    fund = _fund(firm, found.fund)
    agreed = tuple(dict.fromkeys((*found.agreed, actor.person)))
    limit = fund.two_from
    two = limit is not None and minor(found.amount)[0] >= minor(limit)[0]
    if len(agreed) < (2 if two else 1):
        return [put(replace(found, agreed=agreed))]
    move = _move(firm, fund, found, agreed, at)
    granted = replace(
        found,
        state="granted",
        agreed=agreed,
        answered_by=actor.person,
        answered_at=at,
        answer_reason=said.why,
    )
    return [put(granted), *released(firm, move)]


def _move(
    firm: Firm, fund: Fund, found: Ask, agreed: tuple[str, ...], at: datetime
) -> MoneyMove:
    """Give the ask as a move of its own, so that money is released in one way."""
    start = max(found.start, f"{at:%Y-%m}")
    mine = [t for t in firm.tranches.values() if t.mission == found.mission]
    held = None if found.bet else running(mine, start).get(found.mission)
    before = minor(held.amount)[0] if held else 0
    then = amount(before + minor(found.amount)[0], fund.currency)
    replies = tuple(
        MoneyReply(by=by, answer="accept", amount=then, at=at) for by in agreed
    )
    return MoneyMove(
        month=start,
        mission=found.mission,
        fund=fund.id,
        word="grow",
        before=amount(before, fund.currency),
        after=then,
        starts=start,
        asks=(found.id,),
        replies=replies,
    )


def give_back(
    desk: Desk, actor: Actor, said: Returning, at: datetime, key: str = ""
) -> int:
    """Let money that was released and not spent flow back to its fund."""
    tranche, money = said.tranche, said.amount

    def deed(firm: Firm) -> Deed:
        if tranche not in firm.tranches:
            raise NotFound("tranche", tranche, firm.tranches)
        found = firm.tranches[tranche]
        permit(firm, actor, "money.ask", found.mission)
        refuse_other_money(_fund(firm, found.fund), [money])
        units, currency = minor(money)
        back = units + (minor(found.returned)[0] if found.returned else 0)
        paid = minor(found.amount)[0] * found.months(f"{at:%Y-%m}")
        if units <= 0 or back > paid:
            raise InputError(
                f"{money} cannot flow back: {amount(paid, currency)} was released and"
                f" {found.returned or amount(0, currency)} of it is back already.",
                do="Give what is left of it, above zero.",
                where=Where(path="$.amount"),
            )
        changed = replace(found, returned=amount(back, currency))
        return Deed(name="money.return", changes=(put(changed),), note=f"{money}.")

    intent = show(said).encode()
    return desk.write(deed, at=at, actor=actor, key=key, intent=intent).seq


def confirm(
    desk: Desk, actor: Actor, forecast: str, at: datetime, key: str = ""
) -> int:
    """Say that a forecast still holds: its age begins anew."""

    def deed(firm: Firm) -> Deed:
        if forecast not in firm.forecasts:
            raise NotFound("forecast", forecast, firm.forecasts)
        found = firm.forecasts[forecast]
        permit(firm, actor, "money.ask", found.mission)
        changed = replace(found, confirmed=at.date())
        return Deed(name="forecast.confirm", changes=(put(changed),))

    intent = forecast.encode()
    return desk.write(deed, at=at, actor=actor, key=key, intent=intent).seq


def may_ask(firm: Firm, actor: Actor) -> list[str]:
    """Give the missions for which an actor may ask, by name."""
    if actor.owner:
        return sorted(firm.missions)
    return [m for m in sorted(firm.missions) if leads(firm, actor, m)]


def _fund(firm: Firm, name: str) -> Fund:
    if name not in firm.funds:
        raise NotFound("fund", name, firm.funds)
    return firm.funds[name]
