"""What guardrails cost, through the store: counted on, it is as counted anew."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any, get_args

import msgspec
import pytest
from msgspec.structs import replace
from tests.app.conftest import ANNA, BEN, CLEO, DORA, ERIK, NOW, OWNER

from weft.app import records, requests, waivers
from weft.app.framework import costs, counting
from weft.app.framework.costs import Effect
from weft.app.framework.counting import Count
from weft.app.views import look
from weft.app.waivers import Wish
from weft.core.entries import put
from weft.core.firm import Firm
from weft.core.missions import Mission
from weft.core.requests import Request
from weft.engines.guardrails import Ledger
from weft.errors import Forbidden, NotFound
from weft.store.desk import Desk, open_desk
from weft.store.schema import say
from weft.store.verify import rebuild

DAY = timedelta(days=1)
RULE = "data-in-eu"


def ask(desk: Desk, at: Any, **properties: Any) -> int:
    request = Request(mission="payments", act="deploy", properties=properties)
    return requests.ask(desk, BEN, request, at).number


def happen(desk: Desk, dice: Random, day: int) -> None:
    """Let something happen on a day."""
    at = NOW + day * DAY
    what = dice.choice(["ask", "ask", "ask", "rule", "other"])
    if what == "ask":
        region: dict[str, Any] = {"region": dice.choice(["eu", "us"])}
        ask(desk, at, **region, encrypted=dice.choice([True, False]))
    elif what == "rule":
        rule = desk.firm().guardrails[RULE]
        newer = replace(rule, version=rule.version + 1, reason=f"Day {day}.")
        records.write(desk, CLEO, [put(newer)], name="put", at=at)
    else:
        mission = Mission(id="payments", title=f"Payments {day}")
        records.write(desk, OWNER, [put(mission)], name="put", at=at)


def anew(desk: Desk, upto: int) -> Ledger:
    """Count from the first entry on."""
    count = Count(Ledger(), Firm())
    count.follow(desk, upto)
    return count.ledger


@pytest.mark.parametrize("seed", range(3))
def test_counted_on_it_is_as_counted_anew(desk: Desk, seed: int) -> None:
    dice = Random(seed)  # noqa: S311 # a dice
    for day in range(12):
        happen(desk, dice, day)
        head = desk.firm().seq
        assert counting.counted(desk, head) == anew(desk, head)
    then = look(desk, OWNER, as_of="3")
    assert costs.costs(desk, then, NOW).upto == 3
    assert counting.counted(desk, head) == anew(desk, head)


@pytest.mark.parametrize("seed", range(3))
def test_gone_on_with_after_a_start_it_is_as_counted_anew(
    db_url: str, desk: Desk, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "WORTH_IT", 1)
    dice = Random(seed)  # noqa: S311 # a dice
    for day in range(12):
        happen(desk, dice, day)
        if dice.random() < 1 / 3:
            counting.keep(desk)
    counting.keep(desk)
    for day in range(12, 15):
        happen(desk, dice, day)
    with open_desk(db_url, writes=False) as started:
        begin = started.kept_at(counting.NAME)
        head = started.firm().seq
        assert counting.counted(started, head) == anew(desk, head)
        assert 0 < begin < head


def test_a_few_at_a_time_it_is_as_counted_at_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "PIECE", 3)
    monkeypatch.setattr(counting, "WORTH_IT", 10)
    rests: list[float] = []
    dice = Random(4)  # noqa: S311 # a dice
    for day in range(12):
        happen(desk, dice, day)
    head = desk.firm().seq
    counting.go_on(desk, lambda took: rests.append(took) or len(rests) == 2)  # type: ignore[func-returns-value]
    assert desk.kept_at(counting.NAME) == 0  # left off after six
    counting.go_on(desk, lambda took: rests.append(took) or False)  # type: ignore[func-returns-value]
    assert len(rests) == -(-head // 3)
    assert desk.kept_at(counting.NAME) == head
    assert counting.counted(desk, head) == anew(desk, head)


def test_a_count_of_another_journal_or_another_weft_is_none(
    db_url: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "WORTH_IT", 1)
    ask(desk, NOW, region="us", encrypted=True)
    counting.keep(desk)
    head = desk.firm().seq
    wanted = anew(desk, head)
    assert desk.kept_at(counting.NAME) == head
    for value in (b"", b"\xc1", msgspec.msgpack.encode({"ledger": {}, "rules": 1})):
        desk.keep(counting.NAME, head, value)
        with open_desk(db_url, writes=False) as started:
            assert counting.counted(started, head) == wanted
    other = {"ledger": {"upto": head, "requests": 999}, "rules": []}
    desk.keep(counting.NAME, head, msgspec.msgpack.encode(other))
    with open_desk(db_url, writes=False) as started:
        assert counting.counted(started, head).requests == 999  # it is what is used
    with desk.changing() as db:
        say(db, f"kept to: {counting.NAME}", head.to_bytes(8, "big") + b"another")
    assert desk.kept_at(counting.NAME) == 0
    rebuild(desk)
    assert desk.kept(counting.NAME) == b""


def test_who_only_reads_counts_the_same(desk: Desk, db_url: str) -> None:
    ask(desk, NOW, region="us", encrypted=True)
    told = costs.costs(desk, look(desk, OWNER), NOW)
    with open_desk(db_url, writes=False) as reader:
        assert costs.costs(reader, look(reader, OWNER), NOW) == told


def test_a_no_a_waiver_and_a_yes_are_counted(quick: Desk) -> None:
    number = ask(quick, NOW, region="us", encrypted=True)
    wish = Wish(
        guardrail=RULE,
        mission="payments",
        reason="It moves in spring.",
        until=NOW + 40 * DAY,
        decision=number,
    )
    waiver = waivers.ask(quick, ANNA, wish, NOW)
    waivers.grant(quick, CLEO, waiver.id, at=NOW + 2 * DAY)
    again = ask(quick, NOW + 3 * DAY, region="us", encrypted=True)
    fine = ask(quick, NOW + 3 * DAY, region="eu", encrypted=True)
    view, at = look(quick, OWNER), NOW + 4 * DAY
    cost = costs.cost(quick, view, RULE, at)
    assert (cost.judged, cost.asked, cost.met) == (3, 3, 1)
    assert (cost.refused, cost.waived, cost.advised) == (1, 1, 0)
    assert (cost.turned.n, cost.turned.median) == (1, 3)
    assert (cost.waits.n, cost.waits.median, cost.waits.total) == (1, 2.0, 2.0)
    assert (cost.waivers_asked, cost.waivers_granted, cost.waivers_live) == (1, 1, 1)
    assert (cost.missions, cost.by_person, cost.freedom) == (("payments",), 2, 0.3333)
    whole = costs.costs(quick, view, at)
    assert (whole.requests, whole.by_person, whole.freedom) == (3, 2, 0.3333)

    def rows(effect: Effect) -> list[int]:
        return [a.number for a in costs.answers(quick, view, RULE, effect)]

    assert (rows("refused"), rows("waived"), rows("met")) == ([number], [again], [fine])
    assert rows("asked") == [fine, again, number]


def test_each_figure_has_its_rows(quick: Desk) -> None:
    dice = Random(5)  # noqa: S311 # a dice
    for day in range(20):
        happen(quick, dice, day)
    view = look(quick, OWNER)
    for cost in costs.costs(quick, view, NOW).guardrails:
        for effect in get_args(Effect):
            found = costs.answers(quick, view, cost.guardrail, effect, most=1000)
            assert len(found) == getattr(cost, effect)


def test_it_is_told_to_the_firms_own_people(quick: Desk) -> None:
    for actor in (BEN, ERIK, OWNER):
        costs.costs(quick, look(quick, actor), NOW)
    with pytest.raises(Forbidden):
        costs.costs(quick, look(quick, DORA), NOW)
    with pytest.raises(Forbidden):
        costs.answers(quick, look(quick, DORA), RULE, "refused")
    assert costs.owned(quick, look(quick, DORA), NOW) == []
    with pytest.raises(NotFound):
        costs.cost(quick, look(quick, OWNER), "nothing", NOW)


def test_its_owner_is_told_what_is_worth_a_look(quick: Desk) -> None:
    for n in range(6):
        ask(quick, NOW + n * DAY, region="us", encrypted=True)
    found = costs.owned(quick, look(quick, CLEO), NOW + 7 * DAY)
    assert [(c.guardrail, [s.sign for s in c.signs]) for c in found] == [
        (RULE, ["wall"])
    ]
    assert costs.owned(quick, look(quick, ANNA), NOW + 7 * DAY) == []
