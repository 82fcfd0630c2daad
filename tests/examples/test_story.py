"""A story: in order of time, the same each time, and without a name in it."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weft.core.entries import Entry
from weft.core.outcomes.experiment import Observation
from weft.engines.guardrails import decide
from weft.engines.outcomes.experiments import look
from weft.errors import InputError, UnknownName
from weft.examples import make
from weft.examples.days import Calendar
from weft.examples.story import play

DIGEST = """
import hashlib, msgspec
from datetime import date
from weft.examples import make
from weft.examples.story import play
story = make({name!r}, seed={seed}, today=date(2026, 11, 21))
digest = hashlib.sha256(msgspec.json.encode(story.profiles))
for entry, _ in play(story):
    digest.update(msgspec.json.encode(entry, order="deterministic"))
print(digest.hexdigest())
"""


def digest(told: Any) -> str:
    """Give the digest of all that a story writes."""
    found = hashlib.sha256(msgspec.json.encode(told.story.profiles))
    for deed in told.deeds:
        found.update(msgspec.json.encode(deed.entry, order="deterministic"))
    return found.hexdigest()


def elsewhere(name: str, seed: int, hashes: str) -> str:
    """Give the digest that another process comes to."""
    run = subprocess.run(  # noqa: S603 # our own words
        [sys.executable, "-c", DIGEST.format(name=name, seed=seed)],
        env={**os.environ, "PYTHONHASHSEED": hashes},
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout.strip()


@pytest.mark.slow
def test_the_same_seed_tells_the_same_story_in_every_process(told: Any) -> None:
    here = digest(told)
    assert elsewhere(told.name, 7, "1") == here
    assert elsewhere(told.name, 7, "4711") == here


def test_another_seed_tells_of_other_people(told: Any) -> None:
    other = make(told.name, seed=8, today=date(2026, 11, 21))
    same = set(told.story.profiles) & set(other.profiles)
    assert len(same) < len(other.profiles) / 20


def test_time_goes_one_way_and_stops_short_of_today(told: Any) -> None:
    instants = [step.at for step in told.story.steps]
    assert instants == sorted(instants)
    assert all(at.tzinfo is not None for at in instants)
    today = date(2026, 11, 21)
    assert today - timedelta(days=400) < instants[0].date()
    assert today - timedelta(days=5) < instants[-1].date() < today


@pytest.mark.slow
def test_no_name_of_a_person_is_in_the_journal(told: Any) -> None:
    text = "\n".join(msgspec.json.encode(deed.entry).decode() for deed in told.deeds)
    assert "@" not in re.sub(r"@[a-z-]+\.[a-z]+", "", text)  # names of sets apart
    assert [p for p in told.story.profiles if p.name in text] == []
    assert [p for p in told.story.profiles if p.email in text] == []


def test_every_deed_is_done_by_somebody_who_is_there(told: Any) -> None:
    for deed in told.deeds[1:]:
        assert deed.entry.actor in deed.before.people
    assert told.deeds[0].entry.actor in told.deeds[0].after.people


def test_people_come_and_go_every_month_and_in_bursts(told: Any) -> None:
    lists = [d for d in told.deeds if d.entry.deed.name == "import"]
    monthly = [d for d in lists if d.entry.at.day <= 4]
    assert len({d.entry.at.month for d in monthly}) >= 11
    left, joined, turned = [], [], []
    for deed in monthly:
        before, after = deed.before.people, deed.after.people
        left.append(len(set(before) - set(after)))
        joined.append(len(set(after) - set(before)))
        stay = set(before) & set(after)
        turned.append(sum(before[p].manager != after[p].manager for p in stay))
    people = len(told.firm.people)
    assert all(n > 0 for n in (*left, *joined, *turned))
    assert max(left) >= 2 * sorted(left)[len(left) // 2]
    assert 0.02 <= sorted(turned)[len(turned) // 2] / people <= 0.12
    assert max(turned) / people >= 0.1


def test_a_note_counts_as_the_list_does(told: Any) -> None:
    for deed in told.deeds:
        if deed.entry.deed.name == "import":
            before, after = deed.before.people, deed.after.people
            joined, left = set(after) - set(before), set(before) - set(after)
            stay = set(before) & set(after)
            turned = sum(before[p].manager != after[p].manager for p in stay)
            counts = f"{len(joined)} joined, {len(left)} left, {turned} report"
            assert counts in deed.entry.deed.note


def test_a_decision_can_be_told_again_from_the_journal(told: Any) -> None:
    for deed in told.deeds:
        kept = deed.entry.deed.decision
        if kept:
            again = decide(
                deed.before, kept.request, asked_by=kept.asked_by, at=kept.at
            )
            assert again == kept
            assert kept.firm == deed.before.seq


def test_no_deed_is_empty_or_touches_a_record_twice(told: Any) -> None:
    for deed in told.deeds:
        body = deed.entry.deed
        touched = Counter((c.kind, c.key) for c in body.changes)
        assert bool(body.changes or body.facts) != bool(body.decision)
        assert max(touched.values(), default=1) == 1
        for change in body.changes:
            assert deed.before.table(change.kind).get(change.key) != change.record


def test_an_entry_is_numbered_as_a_store_would(told: Any) -> None:
    first: tuple[Entry, Any] = next(play(told.story))
    assert (first[0].seq, first[1].seq) == (1, 1)


def test_an_experiment_ended_as_its_trials_show(told: Any) -> None:
    trials: dict[str, list[Observation]] = defaultdict(list)
    for deed in told.deeds:
        for fact in deed.entry.deed.facts:
            if isinstance(fact, Observation):
                trials[fact.experiment].append(fact)
    for each in told.firm.experiments.values():
        if each.closed is not None:
            seen = look(each, trials[each.id], each.closed, up=True)
            assert seen.state == each.verdict, each.id


@given(st.dates(date(2025, 1, 1), date(2030, 12, 31)))
def test_the_calendar_keeps_to_working_days_before_today(today: date) -> None:
    calendar = Calendar(today)
    days = [calendar.ago(n) for n in range(1, 40)]
    assert all(day.weekday() < 5 and day < today for day in days)
    assert days == sorted(days, reverse=True)
    assert 334 <= (today - calendar.start).days <= 396
    assert calendar.start.weekday() < 5
    assert calendar.end(0) >= today


@pytest.mark.slow
@settings(max_examples=6)
@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.integers(0, 99))
def test_a_story_can_be_told_on_any_day_with_any_seed(today: date, seed: int) -> None:
    for name in ("airline", "bank"):
        told = list(play(make(name, people=60, seed=seed, today=today)))
        assert told[-1][0].at.date() < today
        assert len(told[-1][1].people) == 60


def test_a_wrong_name_or_size_is_told_with_the_cure() -> None:
    with pytest.raises(UnknownName, match="banc") as wrong:
        make("banc", today=date(2026, 11, 21))
    assert "bank" in wrong.value.do
    for people in (19, 200_001, -1):
        with pytest.raises(InputError, match="people") as size:
            make("bank", people=people, today=date(2026, 11, 21))
        assert "20 to 200,000" in size.value.do
