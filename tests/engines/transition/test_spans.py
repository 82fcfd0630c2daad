"""From when to when something lasted, by what is on record of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from tests.engines.transition.conftest import START, after, waiver

from weft.core.delivering.deliveries import Delivery
from weft.core.entries import put
from weft.core.firm import Firm, change
from weft.core.framework.challenges import Challenge
from weft.core.funding.ask import Ask
from weft.core.funding.round import MoneyMove, MoneyReply, MoneyRound
from weft.core.records import Record
from weft.core.rounds.round import Move, Part, Reply, Round
from weft.engines.transition import Span, changing, deciding, delivering


def firm(*records: Record) -> Firm:
    """Give a firm with some records."""
    return change(Firm(), map(put, records))


def test_an_answer_counts_at_once_or_when_the_last_waiver_for_it_is_settled() -> None:
    known = firm(
        waiver("a", 2, granted_by="cleo", granted_at=after(3)),
        waiver("b", 2, refused_by="cleo", refused_at=after(5)),
        waiver("c", 3, granted_by="cleo", granted_at=after(1)),
        waiver("d", 3),
        waiver("e", 4, revoked_by="ben", revoked_at=after(2)),
        waiver("f", None, granted_by="cleo", granted_at=after(9)),
    )
    asked = [(number, START) for number in (1, 2, 3, 4)]
    assert [span.days for span in deciding(known, asked)] == [0, 5, float("inf"), 2]


def test_no_answer_counts_before_it_was_asked_for() -> None:
    early = waiver("a", 1, granted_by="cleo", granted_at=after(-1))
    assert [span.days for span in deciding(firm(early), [(1, START)])] == [0]


def seats(person: str, *, taken: bool = False, answer: Any = "accept") -> Move:
    """Give a proposal of seats that was answered four days later."""
    parts = (Part(mission="pay", after=50),)
    said = Reply(by=person, own=True, answer=answer, at=after(4))
    return Move(
        month="2026-04", person=person, parts=parts, replies=(said,), taken=taken
    )


def money(mission: str, after_: str, *, taken: bool) -> MoneyMove:
    """Give a proposal of money that was answered six days later."""
    said = MoneyReply(by="cleo", answer="accept", amount=after_, at=after(6))
    return MoneyMove(
        month="2026-04",
        mission=mission,
        fund="f",
        word="grow",
        before="10.00 EUR",
        after=after_,
        starts="2026-04",
        replies=(said,),
        taken=taken,
    )


def wanted(name: str, state: Any) -> Ask:
    """Give an ask for money, answered two days later where it is."""
    end = None if state == "open" else after(2)
    return Ask(
        id=name,
        mission="pay",
        fund="f",
        amount="10.00 EUR",
        start="2026-05",
        why="More readers.",
        asked_by="ben",
        at=START,
        state=state,
        answered_at=end,
    )


def objection(name: str, answer: Any, **more: Any) -> Challenge:
    """Give an objection, answered after eight days where it is."""
    if answer:
        more |= {"answered_by": "cleo", "answered_at": after(8), "answer": answer}
    return Challenge(
        id=name,
        guardrail="near",
        version=1,
        by="ben",
        reason="It keeps us from customers.",
        raised_at=START,
        due=date(2026, 3, 20),
        **more,
    )


def test_a_course_is_changed_once_it_holds_and_what_never_will_is_left_out() -> None:
    known = firm(
        Round(
            month="2026-04", months=1, seq=1, by="a", at=START, cost=9, bound=9, open=0
        ),
        seats("ben", taken=True),
        seats("dora"),
        seats("erik", answer="refuse"),
        MoneyRound(
            month="2026-04",
            seq=1,
            on=START.date(),
            by="a",
            at=START,
            digest="d",
            value=1,
            bound=1,
        ),
        money("pay", "20.00 EUR", taken=True),
        money("same", "10.00 EUR", taken=True),
        *(wanted(state, state) for state in ("open", "granted", "refused")),
        objection("c1", "change", to_version=2),
        objection("c2", "keep"),
        objection("c3", None),
        objection("c4", None, withdrawn_at=after(1)),
    )
    inf = float("inf")
    days = sorted(span.days for span in changing(known))
    assert days == [2, 4, 6, 8, inf, inf, inf]


def test_a_change_lasts_from_written_to_running() -> None:
    def told(what: Any, name: str, at: datetime, **more: Any) -> Delivery:
        return Delivery(id=name, source="ci", what=what, of="pay", at=at, **more)

    reported = [
        told("change", "c1", after(3), since=START, revision="r" * 40),
        told("deployment", "d1", after(4), revision="r" * 40),
        told("change", "c2", after(5), since=after(4.5), revision="s" * 40),
    ]
    found = [*delivering({"till": reported}, after(9))]
    assert found == [Span(START, after(4)), Span(after(4.5), None)]


def test_a_deployment_after_the_instant_is_not_known_yet() -> None:
    landed = Delivery(
        id="c", source="ci", what="change", of="pay", at=START, revision="r"
    )
    live = Delivery(
        id="d", source="ci", what="deployment", of="pay", at=after(2), revision="r"
    )
    [span] = delivering({"till": [landed, live]}, after(1))
    assert span.ended is None
