"""Each ready set alone: whole, cited, and right about its situations."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

import pytest

from weft.app.records import faults
from weft.core.entries import put
from weft.core.firm import Firm, change
from weft.core.missions import Mandate, Mission
from weft.core.requests import Request
from weft.engines.guardrails import decide
from weft.errors import NotFound
from weft.ready import ReadySet, Situation, fitted, ready_set, ready_sets

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
TEAM = (
    Mission(id="team", title="A team"),
    Mandate(
        mission="team",
        business_lead="ana",
        technology_lead="ben",
        signed_by=("ana", "ben"),
        limit="1000000.00 EUR",
    ),
)
SETS = ready_sets()
TRIED = [(ready, each) for ready in SETS for each in ready.situations]


@cache
def firm_of(name: str) -> Firm:
    """Give a firm that has a set, a team, and nothing else."""
    fit = fitted(Firm(), ready_set(name), {})
    assert fit.clashes == ()
    assert fit.notes == ()
    return change(change(Firm(), fit.changes), map(put, TEAM))


@pytest.mark.parametrize(
    ("ready", "situation"), TRIED, ids=[f"{r.id}: {s.title}" for r, s in TRIED]
)
def test_a_situation_gets_the_answer_it_is_said_to_get(
    ready: ReadySet, situation: Situation
) -> None:
    request = Request(
        mission="team", act=situation.act or "", properties=situation.properties
    )
    decision = decide(firm_of(ready.id), request, asked_by="ana", at=AT)
    blocking = {f.guardrail for f in decision.findings if f.blocks}
    advising = {
        f.guardrail
        for f in decision.findings
        if not f.blocks and f.state in {"broken", "unproven"}
    }
    assert decision.verdict == situation.answer
    assert blocking == set(situation.because)
    assert advising == set(situation.advice)


@pytest.mark.parametrize("ready", SETS, ids=lambda ready: ready.id)
def test_a_set_is_whole(ready: ReadySet) -> None:
    assert faults(change(Firm(), fitted(Firm(), ready, {}).changes)) == []


@pytest.mark.parametrize("ready", SETS, ids=lambda ready: ready.id)
def test_each_guardrail_is_told_whole_and_says_no_somewhere(ready: ReadySet) -> None:
    told = {name for s in ready.situations for name in (*s.because, *s.advice)}
    assert told == {g.id for g in ready.guardrails}
    assert any(s.answer != "refused" and not s.advice for s in ready.situations)
    assert any(s.unknown for s in ready.situations)
    for guardrail in ready.guardrails:
        assert guardrail.reason
        assert guardrail.remedy
        assert guardrail.sources
        assert all(source.says for source in guardrail.sources)
        assert (guardrail.level == "advise") == (guardrail.waiver is None)
    assert set(ready.controls) <= {g.id for g in ready.guardrails}


def test_a_set_brings_only_the_words_that_it_needs() -> None:
    low_code = ready_set("low-code-apps")
    assert [act.id for act in low_code.acts] == ["deploy"]
    assert low_code.acts[0].asks == tuple(p.id for p in low_code.vocabulary)
    assert low_code.sets == ()


def test_all_sets_go_into_one_firm() -> None:
    firm = Firm()
    for ready in SETS:
        fit = fitted(firm, ready, {})
        assert fit.clashes == ()
        firm = change(firm, fit.changes)
        assert fitted(firm, ready, {}).changes == ()
    assert faults(firm) == []
    assert len(firm.guardrails) == sum(len(ready.guardrails) for ready in SETS)


def test_an_unknown_set_is_told() -> None:
    with pytest.raises(NotFound, match="security"):
        ready_set("security")
