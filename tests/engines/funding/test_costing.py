"""What a month costs, against a count by hand; and whose a charge is."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weft.core.assets import Asset, Contract
from weft.core.entries import put
from weft.core.firm import Firm, change
from weft.core.missions import Mission, Seat
from weft.core.money.costing import Blend, Price, Use
from weft.core.money.mapping import CostRule
from weft.core.money.postings import UNMAPPED, Transaction
from weft.core.money.redundancy import Redundancy
from weft.core.people import About, Partner, Person
from weft.core.records import Record
from weft.core.rounds.rules import RoundRules
from weft.core.scalars import amount
from weft.engines.funding.ledger import (
    Looks,
    Mapped,
    Mapper,
    clean,
    contracts,
    in_all,
    people,
    redundancies,
    shared,
)

MISSIONS = [Mission(id=name, title=name) for name in ("cards", "data", "pay")]


def firm(*records: Record) -> Firm:
    return change(Firm(), [put(each) for each in (*MISSIONS, *records)])


def posted(moves: Iterable[Transaction]) -> dict[str, str]:
    return {
        str(p.account): str(p).rpartition(" ")[0].rpartition(" ")[2]
        for move in moves
        for p in move.postings
    }


def staff(count: int, discipline: str, start: int = 0) -> list[Person]:
    return [
        Person(id=f"p{n}", disciplines={discipline: 100})
        for n in range(start, start + count)
    ]


def seats(people: Iterable[Person], mission: str, share: int = 100) -> list[Seat]:
    return [
        Seat(person=p.id, mission=mission, share=share, start="2026-01", end="2026-11")
        for p in people
    ]


ABOUT = About(id="x", title="X", rounds=RoundRules(rate="9000.00 EUR"))


def test_people_cost_their_seats_at_the_blended_rate_of_their_discipline() -> None:
    coders, others = staff(5, "code"), staff(6, "sale", 5)
    found = people(
        firm(
            ABOUT,
            Blend(discipline="code", start="2026-01", rate="11000.00 EUR"),
            Blend(discipline="code", start="2026-10", rate="12000.00 EUR"),
            *coders,
            *others,
            *seats(coders, "cards", 50),
            *seats(others, "pay"),
        ),
        "2026-10",
    )
    assert posted(found.transactions) == {
        "expense:people:cards": "30000.00",
        "expense:people:pay": "54000.00",
        "liability:payroll": "-30000.00",
    }
    assert found.notes == ()


def test_a_rate_of_fewer_than_five_people_is_not_used() -> None:
    four, rest = staff(4, "code"), staff(3, "sale", 4)
    blend = Blend(discipline="code", start="2026-01", rate="20000.00 EUR")
    sat = [*seats(four, "cards"), *seats(rest, "pay")]
    found = people(firm(ABOUT, blend, *four, *rest, *sat), "2026-10")
    assert posted(found.transactions)["expense:people:cards"] == "36000.00"
    assert "The rate of code is not used: fewer than 5 people" in found.notes[0]
    alone = people(firm(ABOUT, *four, *seats(four, "cards")), "2026-10")
    assert alone.transactions == ()
    assert "4 full-time people have no blended rate" in alone.notes[0]


def test_people_of_partners_come_with_their_contracts() -> None:
    own = staff(5, "code")
    guest = Person(id="g", partner="x")
    partner = Partner(id="x", title="X")
    sat = [*seats(own, "cards"), *seats([guest], "cards")]
    found = people(firm(ABOUT, partner, *own, guest, *sat), "2026-10")
    assert posted(found.transactions)["expense:people:cards"] == "45000.00"
    assert found.notes == ("1 of partners come with their contracts.",)


def contract(
    name: str,
    cost: str | None,
    *missions: str,
    start: date | None = None,
    end: date | None = None,
) -> Contract:
    return Contract(
        id=name,
        title=name,
        partner="x",
        missions=missions,
        yearly_cost=cost,
        start=start,
        end=end,
    )


def test_twelve_months_of_a_contract_are_its_year_to_the_last_cent() -> None:
    told = firm(contract("a", "1000.00 EUR", "cards", "pay", "data"))
    months = [f"2026-{n:02}" for n in range(1, 13)]
    moves = [move for m in months for move in contracts(told, m).transactions]
    owed = [p.units for move in moves for p in move.postings if p.units < 0]
    assert sum(owed) == -100_000
    assert {len(move.postings) for move in moves} == {4}
    assert set(owed) == {-8333, -8334}


def test_only_contracts_that_run_count_and_what_is_of_no_mission_is_unmapped() -> None:
    found = contracts(
        firm(
            contract("a", "1200.00 EUR", end=date(2026, 10, 1)),
            contract("b", "1200.00 EUR", "pay", start=date(2026, 11, 1)),
            contract("c", "1200.00 EUR", "pay", end=date(2026, 9, 30)),
            contract("d", None, "pay"),
        ),
        "2026-10",
    )
    assert posted(found.transactions) == {
        f"expense:contracts:{UNMAPPED}": "100.00",
        "liability:owed:x": "-100.00",
    }
    assert found.notes == ("1 contracts tell no yearly cost.",)


def test_what_is_used_is_charged_at_a_price_or_as_a_share_of_the_cost() -> None:
    used = [
        Use(platform="data", mission="cards", month="2026-10", quantity=1),
        Use(platform="data", mission="pay", month="2026-10", quantity=2),
        Use(platform="data", mission="data", month="2026-10", quantity=50),
        Use(platform="data", mission="pay", month="2026-09", quantity=99),
    ]
    by_use = Price(platform="data", unit="query", start="2026-01")
    costs = {"data": {"EUR": 10_000}}
    found = shared(firm(by_use, *used), "2026-10", costs)
    assert posted(found.transactions) == {
        "expense:shared:cards": "33.33",
        "expense:shared:pay": "66.67",
        "income:shared:data": "-100.00",
    }
    priced = Price(platform="data", unit="query", start="2026-10", rate="0.50 EUR")
    found = shared(firm(by_use, priced, *used), "2026-10", costs)
    assert posted(found.transactions)["income:shared:data"] == "-1.50"
    bare = shared(firm(*used), "2026-10", costs)
    assert (bare.transactions, bare.notes) == ((), ("data was used and has no price.",))


# Whose a charge is

RULES = [
    CostRule(id="tag", rank=10, tag="mission"),
    CostRule(id="team", rank=20, tag="Team", value="Blue", mission="cards"),
    CostRule(id="sub", rank=30, provider="aws", sub_account="a1", mission="data"),
    CostRule(id="gone", rank=40, service="mail", mission="was"),
]


@pytest.mark.parametrize(
    ("looks", "mission", "rule", "why"),
    [
        (Looks(tags='{"mission": "PAY "}'), "pay", "tag", ""),
        (Looks(tags='{" Mission": "pay", "team": "Blue"}'), "pay", "tag", ""),
        (Looks(tags='{"mission": "nobody", "team": "blue"}'), "cards", "team", ""),
        (Looks(tags='{"mission": "nobody"}'), UNMAPPED, "", "no such mission"),
        (Looks(tags='{"team": "Red"}'), UNMAPPED, "", "no rule"),
        (Looks(tags='{"team": "Blue", "team ": "Red"}'), UNMAPPED, "", "tags clash"),
        (Looks(tags='{"team": "Blue", "team ": "blue"}'), "cards", "team", ""),
        (Looks(tags='{"mission": ",NULL,NULL,"}'), UNMAPPED, "", "no tags"),
        (Looks(tags="{team: Blue}"), UNMAPPED, "", "tags unreadable"),
        (Looks(tags="[1]"), UNMAPPED, "", "tags unreadable"),
        (Looks(provider="AWS", sub_account="a1"), "data", "sub", ""),
        (Looks(provider="aws", sub_account="a2"), UNMAPPED, "", "no tags"),
        (Looks(service="Mail"), UNMAPPED, "", "no such mission"),
    ],
)
def test_a_charge_is_whose_the_first_rule_says(
    looks: Looks, mission: str, rule: str, why: str
) -> None:
    mapper = Mapper(reversed(RULES), ["cards", "data", "pay"])
    assert mapper.map(looks) == Mapped(mission, rule, why)  # type: ignore[arg-type]
    assert mapper.told_by == {"provider", "service", "sub_account", "tags"}


@given(st.text())
def test_tags_of_any_text_are_read_or_said_to_be_unreadable(text: str) -> None:
    tags = clean(text)
    assert tags.readable or not tags.values


# What is there twice


def test_what_is_there_twice_is_priced_and_held_to_its_limit() -> None:
    day = date(2026, 11, 1)
    twins = [
        Asset(
            id="a", title="first", properties={"capability": "chat"}, yearly_cost=cost
        )
        for cost in ("300.00 EUR",)
    ]
    twins += [
        Asset(
            id=name,
            title=name,
            properties={"capability": "chat"},
            yearly_cost=cost,
        )
        for name, cost in (("b", "100.00 EUR"), ("c", None), ("d", "50.00 USD"))
    ]

    def found(*more: Record) -> tuple[str, str, int]:
        [one] = redundancies(firm(*twins, *more), day, "EUR")
        return one.price, one.standing, one.unknown

    def accepted(limit: str, until: date) -> Redundancy:
        return Redundancy(
            id="capability.chat",
            limit=limit,
            accepted_by="finance",
            until=until,
            why="so",
        )

    [one] = redundancies(firm(*twins), day, "EUR")
    assert one.priced
    assert in_all([one], "EUR").unpriced == 0
    [one] = redundancies(firm(twins[0], twins[2]), day, "EUR")
    assert (one.priced, one.unknown, in_all([one], "EUR").unpriced) == (False, 1, 1)
    assert found() == ("100.00 EUR", "not accepted", 2)
    for held, accepting in (
        ("0.00 EUR", ()),
        ("100.00 EUR", (accepted("100.00 EUR", day),)),
        ("0.00 EUR", (accepted("900.00 EUR", day - timedelta(days=1)),)),
        ("0.00 EUR", (accepted("99.99 EUR", day),)),
    ):
        whole = in_all(redundancies(firm(*twins, *accepting), day, "EUR"), "EUR")
        rest = "0.00 EUR" if held == "100.00 EUR" else "100.00 EUR"
        assert (whole.price, whole.accepted, whole.open) == ("100.00 EUR", held, rest)
    assert found(accepted("100.00 EUR", day))[1] == "accepted"
    assert found(accepted("99.99 EUR", day))[1] == "over its limit"
    assert found(accepted("900.00 EUR", date(2026, 10, 31)))[1] == "lapsed"


def test_contracts_are_twins_while_they_run_at_once() -> None:
    first = contract("Desk tools", "100.00 EUR", end=date(2026, 5, 31))
    after = contract("DESK, TOOLS", "100.00 EUR", start=date(2026, 6, 1))
    beside = contract("desk tools ", "100.00 EUR", start=date(2026, 5, 31))
    day = date(2026, 5, 1)
    assert redundancies(firm(first, after), day, "EUR") == ()
    [one] = redundancies(firm(first, beside), day, "EUR")
    assert (one.price, one.why) == ("100.00 EUR", "the same supplier and terms")


# Real contracts

PORTFOLIO = Path(__file__).resolve().parents[4] / "shared/data/us-hhs-it-portfolio"


@pytest.mark.data
@pytest.mark.skipif(not PORTFOLIO.exists(), reason="the shared data is not here")
def test_a_year_of_real_contracts_is_posted_and_repeats_are_found() -> None:
    def table(name: str) -> list[dict[str, str]]:
        with (PORTFOLIO / f"{name}.csv").open(encoding="utf-8", newline="") as raw:
            return list(csv.DictReader(raw))

    delivers = {
        each["to_id"]: each["from_id"]
        for each in table("edges")
        if each["from_type"] == "Supplier" and each["to_type"] == "Contract"
    }
    bought = [
        Contract(
            id=f"c{row['_id']}",
            title=" ".join(row["Description"].split())[:400] or "Untold",
            partner=f"s{delivers[row['_id']]}",
            yearly_cost=amount(
                int(Decimal(row["Contract_size"]).scaleb(8).quantize(Decimal(1))), "USD"
            ),
        )
        for row in table("contract")
    ]
    told = firm(*bought)
    months = [f"2013-{n:02}" for n in range(1, 13)]
    moves = [move for m in months for move in contracts(told, m).transactions]
    posted_units = sum(p.units for move in moves for p in move.postings if p.units > 0)
    assert posted_units == 632_750_283_500
    assert {
        p.account.holder for move in moves for p in move.postings if p.units > 0
    } == {UNMAPPED}
    twice = redundancies(told, date(2013, 6, 1), "USD")
    assert (len(twice), sum(len(each.twins) - 1 for each in twice)) == (14, 21)
