"""Money goes by the grade that evidence carries, whatever grade is claimed."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace
from tests.app.conftest import CLEO, NOW, OWNER
from tests.app.rounds.proofs import won
from tests.app.rounds.test_money import DAY, FUND, MONTH, benefits, line, load

from weft.app.funding import looking, monthly
from weft.app.money import closing, values
from weft.app.money import looking as looking_at_money
from weft.app.outcomes.improvements import improving
from weft.app.outcomes.verdicts import held
from weft.app.views import look
from weft.core.entries import Deed, put
from weft.core.funding.ask import Ask
from weft.core.funding.fund import Assumption, Tranche
from weft.core.money.postings import Transaction
from weft.core.outcomes.experiment import Experiment
from weft.core.outcomes.improvement import Evidence
from weft.core.outcomes.outcome import Outcome
from weft.core.records import Record
from weft.core.roles import Role
from weft.core.scalars import amount, minor
from weft.errors import NotFound
from weft.store.desk import Desk

CAME = [replace(b, basis="The books, line 4") for b in benefits("payments", 80)]


@pytest.fixture
def bare(quick: Desk) -> Desk:
    """Give a mission that claims grade B for what came, and has nothing to show."""
    tranche = Tranche(
        mission="payments", fund="growth", amount="40.00 EUR", start="2026-01"
    )
    load(quick, Role(id="finance", title="Finance", holders=("cleo",)), FUND, tranche)
    load(quick, *CAME)
    return quick


def test_a_claim_that_nothing_shows_counts_for_less_and_says_so(bare: Desk) -> None:
    found = line(bare, "payments")
    assert found.grade == "C"
    assert (
        "Grade B is claimed, and counts as C: no experiment was won, and nothing is"
        " shown beside a control."
    ) in found.evidence
    load(bare, *(replace(each, basis="", grade="C") for each in CAME))
    found = line(bare, "payments")
    assert found.grade == "D"
    assert "nothing says where the estimate can be looked up" in str(found.evidence)


def test_what_was_shown_later_says_nothing_of_the_months_before(bare: Desk) -> None:
    load(bare, *won("payments", date(2026, 9, 2)))
    found = line(bare, "payments")
    assert found.grade == "C"
    load(bare, *won("payments", date(2026, 6, 2)))
    found = line(bare, "payments")
    assert found.grade == "B"
    assert "claimed" not in str(found.evidence)


def test_evidence_that_falls_short_is_the_reason(bare: Desk) -> None:
    metric, bet, better = won("payments")
    load(bare, metric, replace(bet, verdict="lost"), better)
    assert (
        "Grade B is claimed, and counts as C: “Quiet screens” does not carry A: the"
        " experiment ended lost."
    ) in line(bare, "payments").evidence


def test_an_experiment_said_to_have_won_counts_by_its_trials(bare: Desk) -> None:
    def put_in(*records: Record) -> None:
        deed = Deed(name="load", changes=tuple(map(put, records)))
        bare.write(lambda _: deed, at=NOW, actor=OWNER)

    metric, bet, better = won("payments", date(2026, 6, 2))
    assert isinstance(bet, Experiment)
    put_in(metric, bet, better)
    found = line(bare, "payments")
    assert found.grade == "C"
    assert "does not carry A: the experiment ended undecided." in str(found.evidence)
    assert "Less noise undecided" in str(found.evidence)
    [told] = improving(bare, look(bare, OWNER), NOW, "payments").improvements
    assert told.shown.carries == "D"
    mine = bare.firm().experiments[bet.id]
    assert held(bare, bare.firm()).experiments[bet.id].verdict == "undecided"
    assert mine.verdict == "won"  # what is on record stays
    load(bare, replace(bet, title="Less noise at night"))
    assert line(bare, "payments").grade == "B"
    [told] = improving(bare, look(bare, OWNER), NOW, "payments").improvements
    assert told.shown.carries == "A"
    turned = replace(bet, id="turned", verdict="lost")
    put_in(turned)
    assert held(bare, bare.firm()).experiments["turned"].verdict == "undecided"


def test_an_experiment_on_the_outcome_itself_is_enough(bare: Desk) -> None:
    metric, bet, _ = won("payments")
    assert isinstance(bet, Experiment)
    goal = Outcome(metric="payments-calm", target=9.0, by=date(2027, 6, 30))
    mission = bare.firm().missions["payments"]
    load(bare, metric, bet, replace(mission, outcome=goal))
    assert line(bare, "payments").grade == "B"
    load(bare, replace(bet, closed=(NOW + 9 * DAY).date()))
    assert line(bare, "payments").grade == "C"


def test_the_fund_and_the_books_go_by_the_same_grade(bare: Desk) -> None:
    state = looking.fund(bare, look(bare, CLEO), "growth", MONTH, NOW)
    assert [each.grade for each in state.tranches] == ["C"]
    closing.close(bare, OWNER, "2026-11", NOW)
    posted = [
        str(posting.account)
        for move in bare.facts.of(Transaction)
        for posting in move.postings
    ]
    assert [each for each in posted if "value-" in each] == ["income:value-c:payments"]


def test_the_months_behind_a_tranche_add_up_and_count_what_came_once(
    bare: Desk,
) -> None:
    load(bare, *won("payments", date(2026, 8, 2)))
    held = bare.firm().tranches["payments:2026-01"]
    bet = replace(held, start="2026-09", amount="5.00 EUR", bet=True, expected=None)
    load(bare, replace(held, expected="90.00 EUR"), bet)
    view = look(bare, CLEO)
    state = looking.fund(bare, view, "growth", MONTH, NOW)
    first, small = (
        monthly.behind(bare, view, f"payments:{start}", MONTH, NOW)
        for start in ("2026-01", "2026-09")
    )
    assert [each.whole for each in (first, small)] == list(state.tranches)
    units = [minor(each.came)[0] for each in first.months if each.came]
    assert sum(units) == minor(first.whole.realised)[0] == minor(state.realised)[0]
    assert (first.whole.known, small.whole.known) == (6, 0)
    shown = {each.month: (each.grade, bool(each.why)) for each in first.months}
    assert shown["2026-07"] == ("C", True)
    assert shown["2026-08"] == ("B", False)
    assert shown["2026-02"] == (None, False)
    assert state.proven == amount(sum(units[2:]), "EUR")
    with pytest.raises(NotFound, match="no tranche called 'payments:2020-01'"):
        monthly.behind(bare, view, "payments:2020-01", MONTH, NOW)


def test_what_came_in_another_currency_is_no_money_of_a_fund(bare: Desk) -> None:
    view = look(bare, CLEO)
    before = looking.fund(bare, view, "growth", MONTH, NOW)
    told = bare.firm().benefits["payments:2026-07"]
    units, _ = minor(told.value)
    load(bare, replace(told, value=amount(units, "USD")))
    after = looking.fund(bare, look(bare, CLEO), "growth", MONTH, NOW)
    assert minor(after.realised)[0] == minor(before.realised)[0] - units
    assert [each.known for each in after.tranches] == [5]


def test_an_ask_cannot_buy_growth_with_a_grade(bare: Desk) -> None:
    ask = Ask(
        id="more",
        mission="payments",
        fund="growth",
        amount="30.00 EUR",
        start=MONTH,
        why="More of it.",
        expected="90.00 EUR",
        proof="Paid at once",
        proof_by="2027-06",
        grade="A",
        basis="A deck",
        alternatives="None",
        asked_by="anna",
        at=NOW,
    )
    load(bare, ask)
    found = line(bare, "payments")
    assert "70 EUR a month needs evidence of grade B, it has grade C" in str(found)
    load(bare, *won("payments"))
    assert line(bare, "payments").word == "grow"


def test_a_fund_shows_what_its_money_rests_on_as_the_round_takes_it(bare: Desk) -> None:
    guesses = (
        Assumption(says="It is calm.", test="Ask them", core=True),
        Assumption(says="It is quiet.", core=False),
    )
    load(bare, replace(bare.firm().tranches["payments:2026-01"], assumptions=guesses))

    def rests() -> list[tuple[str, bool, str | None]]:
        state = looking.fund(bare, look(bare, CLEO), "growth", MONTH, NOW)
        return [(e.verdict, e.holds_back, e.experiment) for e in state.rests]

    assert rests() == [("untested", True, None), ("untested", False, None)]
    metric, bet, better = won("payments", date(2026, 6, 2))
    assert isinstance(bet, Experiment)
    bet = replace(bet, assumption="It is calm.")
    for verdict, stands, word in (
        ("lost", "failed", "continue"),
        ("won", "held", "grow"),
    ):
        bet = replace(bet, id=f"bet-{verdict}", verdict=verdict)
        proof = replace(better, evidence=(Evidence(grade="A", experiment=bet.id),))
        load(bare, metric, bet, proof)
        held_back = stands != "held"
        assert rests()[0] == (stands, held_back, bet.id)
        assert line(bare, "payments").word == word
    load(bare, replace(bet, closed=None))
    assert rests()[0] == ("failed", True, "bet-won")


def test_a_table_of_values_claims_its_grades_as_people_do(bare: Desk) -> None:
    table = (
        b"mission,month,amount,grade,evidence\n"
        b"payments,2026-10,80.00 EUR,A,The trial of August\n"
        b"payments,2026-05,80.00 EUR,D,Said by the sponsor\n"
    )

    def posted() -> tuple[tuple[str, ...], list[str]]:
        told = values.bring(bare, OWNER, table, "values.csv", NOW)
        view = look(bare, OWNER)
        months = looking_at_money.months_to(view, "2026-10", 6)
        found = looking_at_money.statement(bare, view, "payments", months)
        return told.weaker, [line.line for line in found.lines]

    why, lines = posted()
    assert lines == ["value-c", "value-d"]
    [short] = why
    assert short == (
        "Row 2, payments in 2026-10. Grade A is claimed, and counts as C: no experiment"
        " was won, and nothing is shown beside a control."
    )
    assert bare.firm().bookings["value:2026-10"].notes == (short,)
    load(bare, *won("payments", date(2026, 9, 2)))
    assert posted() == ((), ["value-a", "value-d"])
