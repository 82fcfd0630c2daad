"""The money of a round from the ask to the tranche: people decide; it can be redone."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from msgspec.structs import replace
from tests.app.conftest import ANNA, BEN, CLEO, DORA, ERIK, NOW, OWNER
from tests.app.rounds.proofs import STARTED, STOP, trials, won

from weft.app import home
from weft.app.funding import asking, looking, rounds
from weft.app.funding.asking import Asking, Granting, Returning
from weft.app.funding.rounds import Deciding, MoneyAsk
from weft.app.money import closing
from weft.app.views import look
from weft.core.entries import Deed, put
from weft.core.funding.forecast import Benefit, Forecast
from weft.core.funding.fund import Assumption, Fund, Tranche
from weft.core.funding.months import after
from weft.core.funding.round import MoneyMove
from weft.core.outcomes.experiment import Experiment
from weft.core.outcomes.metric import Metric
from weft.core.outcomes.outcome import Outcome
from weft.core.outcomes.reading import Reading
from weft.core.roles import Actor, Role
from weft.core.scalars import minor
from weft.engines.funding.rounds import (
    MoneyLine,
    MoneyProposal,
)
from weft.errors import ConflictError, Forbidden, InputError
from weft.store.desk import Desk

MONTH = "2026-12"
DAY = timedelta(days=1)
FUND = Fund(
    id="growth",
    title="Growth",
    owner="finance",
    since="2026-01",
    monthly="100.00 EUR",
    two_from="25.00 EUR",
    small="20.00 EUR",
    large="60.00 EUR",
)


def benefits(mission: str, value: int, months: int = 6) -> list[Benefit]:
    return [
        Benefit(
            mission=mission,
            month=after("2026-11", -n),
            value=f"{value + n % 3}.00 EUR",
            grade="B",
        )
        for n in range(months)
    ]


@pytest.fixture
def desk(quick: Desk) -> Desk:
    """Give a firm with a fund: payments is worth its money twice, lending is not."""
    records = [
        Role(id="finance", title="Finance", holders=("cleo", "erik", "anna")),
        FUND,
        Tranche(mission="payments", fund="growth", amount="40.00 EUR", start="2026-01"),
        Tranche(
            mission="lending",
            fund="growth",
            amount="40.00 EUR",
            start="2026-01",
            notice=2,
            expected="80.00 EUR",
        ),
        *won("payments"),
        *won("lending"),
        *benefits("payments", 80),
        *benefits("lending", 5),
        Forecast(mission="lending", made="2026-02", horizon=6, value="50.00 EUR"),
    ]
    load(quick, *records)
    return quick


def worked(desk: Desk, at: datetime = NOW) -> MoneyProposal:
    return rounds.work_out(desk, ERIK, MoneyAsk(month=MONTH), at)


def line(desk: Desk, mission: str) -> MoneyLine:
    [found] = [each for each in worked(desk).lines if each.mission == mission]
    return found


def move(desk: Desk, mission: str) -> MoneyMove:
    return desk.firm().moneymoves[f"{MONTH}:{mission}"]


def says(desk: Desk, actor: Actor, **how: object) -> rounds.Decided:
    told = Deciding(month=MONTH, **how)  # type: ignore[arg-type]
    return rounds.decide(desk, actor, told, NOW + DAY)


def back(money: str) -> Returning:
    return Returning(tranche="payments:2026-01", amount=money)


def load(desk: Desk, *records: object) -> None:
    tried = [each for each in records if isinstance(each, Experiment)]
    deed = Deed(
        name="load",
        changes=tuple(map(put, records)),  # type: ignore[arg-type]
        facts=tuple(trial for each in tried for trial in trials(each)),
    )
    desk.write(lambda _: deed, at=NOW, actor=OWNER)


def test_each_mission_has_one_proposal_with_its_reasons(desk: Desk) -> None:
    found = worked(desk)
    assert [(each.mission, each.word, each.after) for each in found.lines] == [
        ("lending", "stop", "0.00 EUR"),
        ("payments", "grow", "60.00 EUR"),
    ]
    lending, payments = found.lines
    assert lending.starts == "2027-02"
    assert payments.grade == "B"
    assert payments.evidence[0] == "6 months of what came, grade B at the weakest."
    assert {other.word for other in lending.others} == {"continue", "shrink", "grow"}
    assert found.funds[0].gap == 0


def test_what_would_turn_it_does(desk: Desk) -> None:
    going_on = next(o for o in line(desk, "lending").others if o.word == "shrink")
    assert going_on.turns_at
    units = minor(going_on.turns_at)[0]
    for more, word in ((-200, "stop"), (200, "shrink")):
        value = f"{(units + more) / 100:.2f} EUR"
        load(
            desk,
            *(replace(b, value=value) for b in benefits("lending", 5)),
            Forecast(mission="lending", made="2026-02", horizon=6, value=value),
        )
        desk.firm()
        assert line(desk, "lending").word in {word, "continue"}


def test_the_better_the_evidence_the_further_money_moves_at_once(desk: Desk) -> None:
    """A step for each grade, as far as the stake allows: large needs grade B."""
    found = {}
    for grade in ("A", "B", "C", "D"):
        load(desk, *(replace(b, grade=grade) for b in benefits("payments", 200)))
        found[grade] = line(desk, "payments").after
    assert found == {
        "A": "80.00 EUR",
        "B": "70.00 EUR",
        "C": "50.00 EUR",
        "D": "40.00 EUR",
    }


def test_what_came_with_other_money_is_brought_to_the_money_of_today(
    desk: Desk,
) -> None:
    """With half the money 80 came; with all of it that is 2 ** 0.6 as much."""
    whole = desk.firm().tranches["payments:2026-01"]
    load(
        desk,
        replace(whole, amount="20.00 EUR", end="2026-11"),
        replace(whole, start="2026-12"),
        *(replace(b, value="80.00 EUR") for b in benefits("payments", 80)),
    )
    assert line(desk, "payments").mid == "121.26 EUR"


def test_nothing_moves_until_those_who_decide_say_yes(desk: Desk) -> None:
    rounds.put_forward(desk, ERIK, MoneyAsk(month=MONTH), NOW)
    before = desk.firm().tranches
    assert before["payments:2026-01"].end is None
    found = says(desk, CLEO, answer="accept", missions=("payments",))
    assert found.taken == ("payments",)
    firm = desk.firm()
    assert firm.tranches["payments:2026-01"].end == "2026-11"
    grown = firm.tranches["payments:2026-12"]
    assert (grown.amount, grown.granted_by) == ("60.00 EUR", ("cleo",))


def test_from_the_limit_on_two_people_decide(desk: Desk) -> None:
    rounds.put_forward(desk, ERIK, MoneyAsk(month=MONTH), NOW)
    says(desk, CLEO, answer="accept", missions=("lending",))
    assert move(desk, "lending").state == "half"
    says(desk, CLEO, answer="accept", missions=("lending",))
    assert move(desk, "lending").state == "half"
    says(desk, ANNA, answer="accept", missions=("lending",))
    assert move(desk, "lending").state == "taken"
    stopped = desk.firm().tranches["lending:2026-01"]
    assert stopped.end == "2027-01"


def test_money_waits_for_those_who_decide_on_it_until_they_have(desk: Desk) -> None:
    def waits(actor: Actor, at: datetime = NOW) -> list[str]:
        found = home.needed(look(desk, actor), at).money
        return [move.mission for move in found]

    assert waits(CLEO) == []
    rounds.put_forward(desk, ERIK, MoneyAsk(month=MONTH), NOW)
    assert waits(CLEO) == ["lending", "payments"]
    assert waits(ANNA) == ["lending"]  # she leads payments
    assert waits(DORA) == waits(CLEO, NOW + 60 * DAY) == []
    says(desk, CLEO, answer="accept", missions=("lending",))
    assert waits(CLEO) == ["payments"]  # the other yes is not hers
    says(desk, ANNA, answer="refuse", missions=("lending",), why="No.")
    assert waits(ANNA) == waits(ERIK)[1:] == []


def test_who_leads_a_mission_does_not_decide_on_its_money(desk: Desk) -> None:
    rounds.put_forward(desk, ERIK, MoneyAsk(month=MONTH), NOW)
    with pytest.raises(Forbidden, match="lead"):
        says(desk, ANNA, answer="accept", missions=("payments",))
    with pytest.raises(Forbidden, match="role finance"):
        says(desk, DORA, answer="accept", missions=("payments",))
    with pytest.raises(Forbidden):
        rounds.work_out(desk, DORA, MoneyAsk(month=MONTH), NOW)


def test_a_change_says_why_and_asks_the_others_anew(desk: Desk) -> None:
    rounds.put_forward(desk, ERIK, MoneyAsk(month=MONTH), NOW)
    says(desk, CLEO, answer="accept", missions=("lending",))
    with pytest.raises(InputError, match="why"):
        says(desk, ANNA, answer="change", missions=("lending",), amount="30.00 EUR")
    how = {"missions": ("lending",), "amount": "15.00 EUR", "why": "Half a team."}
    says(desk, ANNA, answer="change", **how)
    half = move(desk, "lending")
    assert (half.word, half.state, half.agreed) == ("shrink", "half", ("anna",))
    says(desk, CLEO, answer="accept", missions=("lending",))
    assert desk.firm().tranches["lending:2027-02"].amount == "15.00 EUR"


def test_a_no_with_its_reason_ends_it(desk: Desk) -> None:
    rounds.put_forward(desk, ERIK, MoneyAsk(month=MONTH), NOW)
    with pytest.raises(InputError, match="why"):
        says(desk, CLEO, answer="refuse", missions=("lending",))
    says(desk, CLEO, answer="refuse", missions=("lending",), why="The law asks it.")
    assert move(desk, "lending").state == "refused"
    assert desk.firm().tranches["lending:2026-01"].end is None


def test_a_round_is_worked_out_again_from_the_journal(desk: Desk) -> None:
    made = rounds.put_forward(desk, ERIK, MoneyAsk(month=MONTH), NOW)
    says(desk, CLEO, answer="accept", missions=("payments",))
    load(desk, *benefits("lending", 500))
    again = rounds.replay(desk, CLEO, MONTH)
    assert again.same
    assert again.now == made.digest
    assert rounds.digest(worked(desk)) != made.digest


def test_one_change_at_a_time(desk: Desk) -> None:
    rounds.put_forward(desk, ERIK, MoneyAsk(month=MONTH), NOW)
    says(desk, CLEO, answer="accept", missions=("payments",))
    says(desk, CLEO, answer="accept", missions=("lending",))
    says(desk, ANNA, answer="accept", missions=("lending",))
    later = worked(desk).lines
    assert [each.word for each in later] == ["continue", "continue"]
    assert "decided already" in " ".join(later[0].why)
    assert "left alone" in " ".join(later[1].why)


def test_money_that_changed_since_is_a_conflict(desk: Desk) -> None:
    rounds.put_forward(desk, ERIK, MoneyAsk(month=MONTH), NOW)
    tranche = desk.firm().tranches["payments:2026-01"]
    load(desk, replace(tranche, amount="41.00 EUR"))
    with pytest.raises(ConflictError, match="changed since"):
        says(desk, CLEO, answer="accept", missions=("payments",))


def test_an_untested_core_assumption_holds_growth_back(desk: Desk) -> None:
    tranche = desk.firm().tranches["payments:2026-01"]
    guess = Assumption(says="People pay by phone", core=True)
    load(desk, replace(tranche, assumptions=(guess,)))
    found = line(desk, "payments")
    assert found.word == "continue"
    assert "People pay by phone" in " ".join(found.why)
    held = replace(guess, verdict="held")
    load(desk, replace(tranche, assumptions=(held,)))
    assert line(desk, "payments").word == "grow"


def measured(desk: Desk, ways: list[float]) -> None:
    """Give payments an outcome, and readings of it, a month apart."""
    metric = Metric(id="paid", title="Paid at once", unit="%", mission="payments")
    goal = Outcome(metric="paid", baseline=20.0, target=80.0, by=date(2027, 6, 30))
    mission = replace(desk.firm().missions["payments"], outcome=goal)
    load(desk, metric, mission)
    months = [after("2026-11", n - len(ways) + 1) for n in range(len(ways))]
    facts = tuple(
        Reading(metric="paid", on=date.fromisoformat(f"{m}-15"), value=20 + 60 * way)
        for m, way in zip(months, ways, strict=True)
    )
    deed = Deed(name="readings", facts=facts)
    desk.write(lambda _: deed, at=NOW, actor=OWNER)


def test_readings_that_go_with_what_came_tell_what_would_come_now(desk: Desk) -> None:
    ways = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7]
    came = [
        Benefit(
            mission="payments",
            month=after("2026-11", n - 5),
            value=f"{200 * way:.2f} EUR",
            grade="A",
        )
        for n, way in enumerate(ways)
    ]
    load(desk, *came)
    alone = line(desk, "payments")
    measured(desk, ways)
    found = line(desk, "payments")
    told = " ".join(found.evidence)
    assert "6 readings of Paid at once, the latest 62 on 2026-11-15." in told
    assert "Its readings have gone with what came" in told
    assert alone.mid
    assert found.mid
    assert minor(alone.mid) < minor(found.mid)


def test_readings_of_something_else_change_nothing(desk: Desk) -> None:
    alone = line(desk, "payments").mid
    measured(desk, [0.7, 0.1, 0.6, 0.2, 0.5, 0.3])
    found = line(desk, "payments")
    assert found.mid == alone
    assert "have gone with" not in " ".join(found.evidence)


def test_an_experiment_has_the_last_word_on_an_assumption(desk: Desk) -> None:
    tranche = desk.firm().tranches["payments:2026-01"]
    guess = Assumption(says="People pay by phone", core=True)
    load(desk, replace(tranche, assumptions=(guess,)))
    for verdict, word in (("lost", "continue"), ("won", "grow")):
        tried = Experiment(
            id=f"by-phone-{verdict}",
            title="Pay by phone",
            mission="payments",
            assumption="People pay by phone",
            stop=STOP,
            started=STARTED,
            closed=date(2026, 11, 1),
            verdict=verdict,  # type: ignore[arg-type]
            learnt="They do where it is quick.",
        )
        load(desk, tried)
        found = line(desk, "payments")
        assert found.word == word
        says = f"Its experiment Pay by phone {verdict}: They do where it is quick."
        assert says in found.evidence


ASKING = Asking(
    mission="payments", fund="growth", amount="10.00 EUR", start=MONTH, why="A test."
)


def test_a_small_ask_needs_a_sentence_and_a_large_one_its_evidence(desk: Desk) -> None:
    assert asking.ask(desk, BEN, ASKING, NOW).state == "open"
    with pytest.raises(InputError, match="expected, proof, proof_by"):
        asking.ask(desk, BEN, replace(ASKING, amount="20.00 EUR"), NOW)
    with pytest.raises(InputError, match="grade, basis, assumptions, alternatives"):
        asking.ask(desk, BEN, replace(ASKING, amount="60.00 EUR"), NOW)
    with pytest.raises(InputError, match="is not in EUR"):
        asking.ask(desk, BEN, replace(ASKING, amount="1.00 USD"), NOW)


def test_an_ask_is_granted_on_any_day_by_another(desk: Desk) -> None:
    made = asking.ask(desk, ANNA, ASKING, NOW)
    grant = Granting(ask=made.id, answer="grant")
    with pytest.raises(Forbidden, match="asked for it"):
        asking.answer(desk, ANNA, grant, NOW)
    found = asking.answer(desk, CLEO, grant, NOW + 3 * DAY)
    assert found.state == "granted"
    assert desk.firm().tranches["payments:2026-12"].amount == "50.00 EUR"
    state = looking.fund(desk, look(desk, CLEO), "growth", MONTH, NOW + 4 * DAY)
    assert (state.waited.median_days, state.waited.granted) == (3.0, 1)


def test_a_small_bet_is_paid_out_of_the_reserve_with_no_ranking(desk: Desk) -> None:
    load(desk, replace(desk.firm().tranches["payments:2026-01"], end="2026-11"))
    bet = replace(ASKING, bet=True, months=3)
    asking.ask(desk, BEN, bet, NOW)
    found = line(desk, "payments")
    assert (found.word, found.after) == ("grow", "10.00 EUR")
    rounds.put_forward(desk, ERIK, MoneyAsk(month=MONTH), NOW)
    says(desk, CLEO, answer="accept", missions=("payments",))
    tranche = desk.firm().tranches["payments:2026-12"]
    assert tranche.bet
    assert tranche.end == "2027-02"
    assert desk.firm().asks["payments-1"].state == "granted"


def test_what_is_not_spent_flows_back_and_nothing_is_lost(desk: Desk) -> None:
    view = look(desk, CLEO)
    before = looking.fund(desk, view, "growth", MONTH, NOW)
    asking.give_back(desk, BEN, back("7.00 EUR"), NOW)
    state = looking.fund(desk, look(desk, CLEO), "growth", MONTH, NOW)
    told = {
        name: minor(getattr(state, name))[0]
        for name in ("standing", "reserve", "put_in", "released", "returned")
    }
    kept = told["standing"] + told["reserve"]
    assert told["put_in"] == kept + told["released"] - told["returned"]
    assert told["standing"] == minor(before.standing)[0] + 700
    with pytest.raises(InputError, match="flow back"):
        asking.give_back(desk, BEN, back("4000.00 EUR"), NOW)


def test_a_month_that_is_closed_posts_what_the_round_released(desk: Desk) -> None:
    told = closing.close(desk, OWNER, "2026-10", NOW)
    parts = {part.source: part.total for part in told.parts}
    assert parts["tranche"] == ("80.00 EUR",)


def test_a_fund_holds_expected_against_realised(desk: Desk) -> None:
    state = looking.fund(desk, look(desk, CLEO), "growth", "2026-11", NOW)
    [lending, payments] = state.tranches
    assert (lending.known, lending.expected, lending.grade) == (6, "480.00 EUR", "B")
    assert lending.gap == "-444.00 EUR"
    assert payments.expected is None
    assert state.gap == lending.gap
    assert minor(state.realised)[0] == sum(
        minor(b.value)[0] for b in desk.firm().benefits.values()
    )


def test_a_forecast_ages_and_a_word_makes_it_fresh(desk: Desk) -> None:
    forecast = desk.firm().forecasts["lending:2026-02:6"]
    ages = [forecast.age(after("2026-02", n)) for n in (5, 6, 11, 12, 17, 18)]
    assert ages == ["fresh", "ageing", "ageing", "stale", "stale", "lapsed"]
    asking.confirm(desk, BEN, forecast.key, NOW)
    assert desk.firm().forecasts[forecast.key].age("2026-12") == "fresh"
    [kept] = looking.kept(look(desk, CLEO), MONTH)
    whole = next(r for r in kept.records if r.mission == "lending")
    assert [row.due for row in whole.rows] == [1, 0, 0]
    assert whole.rows[0].share < 100
