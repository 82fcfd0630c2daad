"""What objections do to the level that counts, against a second telling of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from weft.core.assets import Asset
from weft.core.entries import put
from weft.core.firm import Firm, change
from weft.core.framework.challenges import Challenge
from weft.core.guardrails import Clause, Guardrail, Principle
from weft.core.missions import Mission
from weft.core.records import show
from weft.core.requests import Request
from weft.core.vocabulary import Act, Property
from weft.engines.guardrails import (
    blast_radius,
    challenge_state,
    decide,
    judge_asset,
    level_at,
    resting,
)

START = date(2026, 11, 1)
LEVELS = ("advise", "must", "veto")
SEEDS = st.integers(0, 2**32)


def instant(day: int, hour: int = 9) -> datetime:
    """Give an hour of a day of the history."""
    return datetime.combine(START + timedelta(days=day), time(hour), UTC)


def guardrail(**more: Any) -> Guardrail:
    """Give a rule that data lies in the EU."""
    plain: dict[str, Any] = {
        "id": "rule",
        "title": "Data lies in the EU",
        "level": "must",
        "principle": "belief",
        "owner": "security",
        "must": (Clause(path="region", is_="eu"),),
    }
    given = plain | more
    if given["level"] == "veto":
        given["harm"] = "customers"
    return Guardrail(**given)


def firm_with(*records: Any, at: datetime | None = None) -> Firm:
    """Give a firm in which a mission may ask to deploy."""
    known = (
        Mission(id="payments", title="Payments"),
        Act(id="deploy", title="Deploy", asks=("region",)),
        Property(id="region", title="Region", type="enum", values=("eu", "us")),
        Principle(id="belief", title="Belief"),
        Asset(
            id="ledger", title="Ledger", mission="payments", properties={"region": "us"}
        ),
    )
    firm = Firm(seq=1, at=at, on=at.date() if at else None)
    return change(firm, map(put, (*known, *records)))


def challenge(number: int = 0, **more: Any) -> Challenge:
    """Give an objection that is due on the 15th."""
    plain: dict[str, Any] = {
        "id": f"c{number}",
        "guardrail": "rule",
        "version": 1,
        "by": "anna",
        "reason": "So.",
        "raised_at": instant(0),
        "due": START + timedelta(days=14),
    }
    return Challenge(**plain | more)


REQUEST = Request(mission="payments", act="deploy", properties={"region": "us"})


def verdict(firm: Firm, at: datetime) -> str:
    return decide(firm, REQUEST, asked_by="ben", at=at).verdict


# The history of a firm, told by a dice: what happened to its objections by a day


class History:
    """A guardrail and objections to it, each with what happens to it on which day."""

    def __init__(self, seed: int) -> None:
        dice = Random(seed)  # noqa: S311 # a dice
        self.level, self.version = dice.choice(LEVELS), dice.randint(1, 3)
        self.told = []
        for number in range(dice.randint(0, 4)):
            raised = dice.randint(0, 20)
            due = raised + dice.randint(0, 10)
            ends = raised + dice.randint(0, 25)
            how = dice.choice(["open", "keep", "change", "try", "withdrawn"])
            until = ends + dice.randint(1, 15)
            tried = dice.randint(1, 3)
            self.told.append((number, raised, due, ends, how, until, tried))

    def firm(self, day: int) -> Firm:
        """Give the firm with the objections as they are on record on a day."""
        found = []
        for number, raised, due, ends, how, until, tried in self.told:
            if raised > day:
                continue
            over = ends <= day and how != "open"
            more: dict[str, Any] = {}
            if over and how == "withdrawn":
                more = {"withdrawn_at": instant(ends)}
            elif over:
                more = {"answer": how, "answered_by": "cleo", "answer_reason": "So."}
                more["answered_at"] = instant(ends)
                more["to_version"] = {"change": 2, "try": tried}.get(how)
                if how == "try":
                    more["trial_until"] = START + timedelta(days=until)
            found.append(
                challenge(
                    number,
                    raised_at=instant(raised),
                    due=START + timedelta(days=due),
                    **more,
                )
            )
        rule = guardrail(level=self.level, version=self.version)
        return firm_with(rule, *found, at=instant(day, 1))

    def advises(self, day: int) -> bool:
        """Tell once more, and apart from the code, whether it then only advises."""
        if self.level == "advise":
            return True
        for _, raised, due, ends, how, until, tried in self.told:
            waits = raised <= day and (how == "open" or ends > day)
            if waits and day > due and self.level != "veto":
                return True
            trial = how == "try" and raised <= day and ends <= day <= until
            if trial and tried == self.version:
                return True
        return False


@given(seed=SEEDS, day=st.integers(0, 50), hour=st.sampled_from([2, 12, 23]))
def test_the_level_that_counts_is_that_of_the_history(
    seed: int, day: int, hour: int
) -> None:
    history = History(seed)
    firm, at = history.firm(day), instant(day, hour)
    decision = decide(firm, REQUEST, asked_by="ben", at=at)
    (found,) = decision.findings
    assert (decision.verdict == "allowed") == history.advises(day)
    assert (found.level == "advise") == history.advises(day)
    rest = resting(firm, firm.guardrails["rule"], at)
    assert bool(found.unanswered or found.tried) == (rest is not None)
    asset = judge_asset(firm, firm.assets["ledger"], at)
    assert [f.blocks for f in asset] == [not history.advises(day)]


@given(seed=SEEDS, day=st.integers(0, 50), back=st.integers(0, 50))
def test_a_clock_set_back_gives_no_force_back(seed: int, day: int, back: int) -> None:
    firm = History(seed).firm(day)
    firm = replace(firm, at=instant(day))
    assert verdict(firm, instant(day - back)) == verdict(firm, instant(day))


@given(seed=SEEDS, day=st.integers(0, 50), later=st.integers(1, 50))
def test_an_old_answer_is_judged_again_as_it_was(
    seed: int, day: int, later: int
) -> None:
    """Whatever became of the objections since: the firm of then is judged."""
    history = History(seed)
    then = decide(history.firm(day), REQUEST, asked_by="ben", at=instant(day))
    decide(history.firm(day + later), REQUEST, asked_by="ben", at=instant(day + later))
    again = decide(history.firm(day), REQUEST, asked_by="ben", at=instant(day))
    assert show(then) == show(again)


# In words


def test_it_falls_to_advise_the_day_after_and_says_so() -> None:
    firm = firm_with(guardrail(), challenge())
    assert verdict(firm, instant(14, 23)) == "refused"
    told = decide(firm, REQUEST, asked_by="ben", at=instant(15, 0)).findings[0]
    assert (told.blocks, told.level) == (False, "advise")
    assert told.unanswered == date(2026, 11, 16)


ZONES = (UTC, timezone(timedelta(hours=14)), timezone(timedelta(hours=-12)))
INSTANT = timedelta(microseconds=1)


@pytest.mark.parametrize("zone", ZONES, ids=str)
@pytest.mark.parametrize(
    ("turn", "before", "then"),
    [(11, "asked", "due"), (15, "due", "lapsed")],
)
def test_a_state_lasts_to_the_last_instant_of_its_day(
    turn: int, before: str, then: str, zone: timezone
) -> None:
    """Due on the 15th: on that day to its end, wherever the clock hangs that asks."""
    told, first = challenge(), instant(turn, 0).astimezone(zone)
    firm = firm_with(guardrail(), told)
    for at, state in ((first - INSTANT, before), (first, then)):
        assert challenge_state(firm, told, at).state == state
        late = state == "lapsed"
        assert level_at(firm, guardrail(), at) == ("advise" if late else "must")
        assert (verdict(firm, at) == "refused") is not late


def test_what_lapsed_by_the_day_of_the_firm_stays_so_for_a_clock_gone_back() -> None:
    told = challenge()
    for day, state in ((14, "due"), (15, "lapsed")):
        firm = firm_with(guardrail(), told, at=instant(day, 0))
        assert challenge_state(firm, told, instant(3)).state == state


def test_a_veto_holds_whoever_is_silent() -> None:
    firm = firm_with(guardrail(level="veto"), challenge())
    assert verdict(firm, instant(200)) == "refused"
    state = challenge_state(firm, challenge(), instant(200))
    assert (state.state, "A veto holds" in state.why) == ("lapsed", True)


def test_a_new_version_is_no_answer() -> None:
    firm = firm_with(guardrail(version=2), challenge())
    assert verdict(firm, instant(20)) == "allowed"


def test_a_new_version_ends_the_trial_of_the_one_before() -> None:
    tried = challenge(
        answer="try",
        answer_reason="So.",
        answered_by="cleo",
        answered_at=instant(3),
        to_version=1,
        trial_until=date(2026, 12, 1),
    )
    assert verdict(firm_with(guardrail(), tried), instant(10)) == "allowed"
    assert verdict(firm_with(guardrail(), tried), instant(31)) == "refused"
    assert verdict(firm_with(guardrail(version=2), tried), instant(10)) == "refused"


def test_a_draft_is_tried_as_if_every_objection_were_answered() -> None:
    held = guardrail()
    firm = firm_with(held, challenge())
    assert blast_radius(firm, held, instant(5)).total.still == 1
    assert blast_radius(firm, held, instant(20)).total.told == 1
    later = blast_radius(firm, guardrail(remedy="Ask us."), instant(20))
    assert (later.total.breaks, later.total.still) == (1, 0)


@pytest.mark.parametrize(
    "more",
    [
        {"raised_at": datetime(2026, 11, 1, 9)},  # noqa: DTZ001 # that is what is wrong
        {"due": date(2026, 10, 31)},
        {"answer": "keep"},
        {"answered_by": "cleo"},
        {"answer": "keep", "answered_by": "anna", "answered_at": instant(3)},
        {"answer": "change", "answered_by": "cleo", "answered_at": instant(3)},
        {
            "answer": "try",
            "answered_by": "c",
            "answered_at": instant(3),
            "to_version": 1,
        },
        {"trial_until": date(2026, 12, 1)},
    ],
)
def test_a_record_that_is_not_whole_is_refused(more: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="c0"):
        challenge(**more)
