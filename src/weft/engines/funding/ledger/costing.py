"""What a month costs: people from seats, contracts with partners, shared services."""

from __future__ import annotations

import calendar
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from weft.core.firm import Firm
from weft.core.indexes import lying
from weft.core.missions import Seat
from weft.core.money.costing import FEWEST, Blend, Price
from weft.core.money.postings import UNMAPPED, Account, Posting, Transaction
from weft.core.money.reckoning import known, split
from weft.core.people import WHOLE, Person
from weft.core.scalars import Month, minor


class Costed(NamedTuple):
    """What was costed, and what could not be, in words."""

    transactions: tuple[Transaction, ...]
    notes: tuple[str, ...]


def people(firm: Firm, month: Month) -> Costed:
    """Cost the seats of a month at blended rates, the firm's own people only.

    A rate that fewer than five people stand behind is not used: it would tell what one
    of them earns; their seats count at the rate of everybody. People of partners come
    with their contracts.
    """
    rates = _rates(firm, month)
    seats = [seat for seat in lying(firm.seats) if seat.held_in(month)]
    behind = _behind(firm, seats, rates)
    shares: Counter[tuple[str, str]] = Counter()
    unpriced = outside = 0
    for seat in seats:
        person = firm.people.get(seat.person)
        if person is None or person.partner is not None:
            outside += seat.share
            continue
        blend = _blend(person, rates)
        if len(behind.get(blend, ())) < FEWEST:
            blend = ""
        if blend not in rates or len(behind[""]) < FEWEST:
            unpriced += seat.share
        else:
            shares[seat.mission, blend] += seat.share
    notes = [
        f"The rate of {blend} is not used: fewer than {FEWEST} people stand behind it,"
        " and they count at the rate of everybody."
        for blend in sorted(rates)
        if blend and 0 < len(behind.get(blend, ())) < FEWEST
    ]
    if unpriced:
        notes.append(
            f"{unpriced / WHOLE:g} full-time people have no blended rate of at least"
            f" {FEWEST} people, and are not in the cost."
        )
    if outside:
        notes.append(f"{outside / WHOLE:g} of partners come with their contracts.")
    return Costed(tuple(_seated(month, shares, rates)), tuple(notes))


def contracts(firm: Firm, month: Month) -> Costed:
    """Cost the contracts that run in a month: a twelfth of the year, to the last unit.

    Each is divided evenly among its missions; one of the whole firm stays unmapped.
    """
    first = date.fromisoformat(f"{month}-01")
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    found, unknown = [], 0
    for key in sorted(firm.contracts):
        each = firm.contracts[key]
        if (each.start and each.start > last) or (each.end and each.end < first):
            continue
        if each.yearly_cost is None:
            unknown += 1
            continue
        units, currency = minor(each.yearly_cost)
        twelfth = split(units, [1] * 12)[first.month - 1]
        if twelfth:
            holders = sorted(set(each.missions)) or [UNMAPPED]
            expenses = [Account("expense", "contracts", one) for one in holders]
            owed = Account("liability", "owed", each.partner)
            found.append(
                _divided(month, each.title, expenses, owed, (twelfth, known(currency)))
            )
    notes = [f"{unknown} contracts tell no yearly cost."] if unknown else []
    return Costed(tuple(found), tuple(notes))


def shared(firm: Firm, month: Month, costs: Mapping[str, Mapping[str, int]]) -> Costed:
    """Charge what missions used of platforms: at a price, or as a share of the cost.

    costs: what each platform cost in the month without such charges, by currency.
    """
    used: dict[str, dict[str, int]] = defaultdict(dict)
    for each in lying(firm.uses):
        if each.month == month and each.quantity and each.mission != each.platform:
            used[each.platform][each.mission] = each.quantity
    found, notes = [], []
    for platform in sorted(used):
        price = _price(firm, platform, month)
        if price is None:
            notes.append(f"{platform} was used and has no price.")
            continue
        users = sorted(used[platform])
        quantities = [used[platform][each] for each in users]
        expenses = [Account("expense", "shared", each) for each in users]
        income = Account("income", "shared", platform)
        says = f"{platform}, by use in {price.unit}"
        if price.rate is None:
            for currency, whole in sorted(costs.get(platform, {}).items()):
                if whole:
                    found.append(
                        _divided(
                            month,
                            says,
                            expenses,
                            income,
                            (whole, currency),
                            weights=quantities,
                        )
                    )
            continue
        units, currency = minor(price.rate)
        says = f"{platform}, at {price.rate} for one {price.unit}"
        whole = units * sum(quantities)
        if whole:
            found.append(
                _divided(
                    month, says, expenses, income, (whole, currency), weights=quantities
                )
            )
    return Costed(tuple(found), tuple(notes))


def _divided(
    month: Month,
    says: str,
    expenses: list[Account],
    against: Account,
    money: tuple[int, str],
    *,
    weights: Sequence[int] = (),
) -> Transaction:
    """Divide an amount over accounts, to the last unit, against one account."""
    whole, currency = money
    parts = split(whole, weights or [1] * len(expenses))
    postings = [
        Posting(account, units, currency, says)
        for account, units in zip(expenses, parts, strict=True)
        if units
    ]
    return Transaction(
        month=month,
        says=says,
        postings=(*postings, Posting(against, -whole, currency, says)),
    )


def _seated(
    month: Month, shares: Counter[tuple[str, str]], rates: Mapping[str, str]
) -> Iterator[Transaction]:
    """Give one movement for each blended rate: its seats, mission by mission."""
    for blend in sorted({blend for _, blend in shares}):
        rate, currency = minor(rates[blend])
        postings = []
        for mission, of in sorted(shares):
            if of == blend:
                share = shares[mission, blend]
                units = _half_even(rate * share)
                says = f"{share / WHOLE:g} full-time people at {rates[blend]}"
                expense = Account("expense", "people", mission)
                postings.append(Posting(expense, units, currency, says))
        whole = sum(posting.units for posting in postings)
        if whole:
            says = f"Seats at the blended rate of {blend or 'everybody'}"
            pay = Account("liability", "payroll")
            postings.append(Posting(pay, -whole, currency, says))
            yield Transaction(month=month, says=says, postings=tuple(postings))


def _half_even(hundredths: int) -> int:
    """Round hundredths of a minor unit, half to the even one, without floats."""
    whole, rest = divmod(hundredths, WHOLE)
    up = rest * 2 > WHOLE or (rest * 2 == WHOLE and whole % 2)
    return whole + bool(up)


def _rates(firm: Firm, month: Month) -> dict[str, str]:
    """Give the blended rates of a month by discipline; of everybody under nothing."""
    latest: dict[str, Blend] = {}
    for key in sorted(firm.blends):
        each = firm.blends[key]
        name = each.discipline or ""
        if each.start <= month and (
            name not in latest or latest[name].start <= each.start
        ):
            latest[name] = each
    rates = {name: each.rate for name, each in latest.items()}
    about = next(iter(firm.about.values()), None)
    if "" not in rates and about is not None and about.rounds.rate is not None:
        rates[""] = about.rounds.rate
    return rates


def _blend(person: Person, rates: Mapping[str, str]) -> str:
    """Give the discipline whose rate a person counts at; nothing for everybody's."""
    most = sorted(person.disciplines.items(), key=lambda each: (-each[1], each[0]))
    return most[0][0] if most and most[0][0] in rates else ""


def _behind(
    firm: Firm, seats: Iterable[Seat], rates: Mapping[str, str]
) -> dict[str, set[str]]:
    """Give who stands behind each rate; behind that of everybody all of them."""
    found: dict[str, set[str]] = {"": set()}
    for seat in seats:
        person = firm.people.get(seat.person)
        if person is not None and person.partner is None:
            found[""].add(person.id)
            found.setdefault(_blend(person, rates), set()).add(person.id)
    return found


def _price(firm: Firm, platform: str, month: Month) -> Price | None:
    """Give the price that holds in a month: the latest that has begun."""
    found = [
        each
        for each in lying(firm.prices)
        if each.platform == platform and each.start <= month
    ]
    return max(found, key=lambda each: each.start, default=None)
