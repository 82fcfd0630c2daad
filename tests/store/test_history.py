"""Whatever is written, however it is reopened: what is read is what entries give."""

# ruff: noqa: D102, the names of the rules say it
from __future__ import annotations

import os
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from weft.core.entries import Change, Deed, Entry, put
from weft.core.firm import Firm, apply
from weft.core.people import Person, Profile, Unit
from weft.core.records import show
from weft.core.requests import Decision, Request
from weft.core.roles import Actor
from weft.core.skills import Claim
from weft.errors import ConflictError, InputError
from weft.store import snapshots
from weft.store.desk import open_desk
from weft.store.verify import export_checkpoint, rebuild, verify

START = datetime(2026, 2, 26, 22, tzinfo=UTC)
names = st.sampled_from(["a", "b", "c", "d"])
actors = st.sampled_from(["ada", "ben"]).map(lambda name: Actor(person=name))
titles = st.text("abc é\u202e\U0001f600", max_size=5)
persons = st.builds(
    Person,
    id=names,
    title=titles,
    unit=st.none() | names,
    disciplines=st.sampled_from([{}, {"it": 60, "art": 40}, {"art": 40, "it": 60}]),
)
claims = st.builds(
    Claim, person=names, skill=names, level=st.integers(1, 5), seen=st.dates()
)
records = st.builds(Unit, id=names, title=titles) | persons | claims
drops = st.builds(Change, st.sampled_from(["units", "people"]), names)
changes = st.lists(records.map(put) | drops, min_size=1, max_size=6).map(tuple)
profiles = st.lists(st.builds(Profile, id=names, name=titles), max_size=3)


class Store(RuleBasedStateMachine):
    """A store and, beside it, what it should hold: every firm there ever was."""

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.url = f"sqlite:///{Path(self.folder.name) / 'weft.db'}"
        self.file = Path(self.folder.name) / "checkpoints.jsonl"
        self.desk = open_desk(self.url)
        self.reader = open_desk(self.url, writes=False)
        self.firms, self.entries = [Firm()], list[Entry]()
        self.people: dict[str, Profile] = {}
        self.keys: dict[tuple[str, str], tuple[bytes, Entry]] = {}
        self.at = START

    @rule(
        changes=changes,
        actor=actors,
        key=st.just("") | names,
        intent=st.sampled_from([b"1", b"2"]),
        profiles=profiles,
        back=st.none() | st.integers(0, 3),
        hours=st.integers(-3, 20),
    )
    def write(
        self,
        *,
        changes: tuple[Change, ...],
        actor: Actor,
        key: str,
        intent: bytes,
        profiles: list[Profile],
        back: int | None,
        hours: int,
    ) -> None:
        self.at += timedelta(hours=hours)
        head = self.firms[-1]
        seen = None if back is None else max(head.seq - back, 0)
        deed = Deed(name="change", changes=changes, seen=seen, note="€")
        first = self.keys.get((key, actor.person)) if key else None
        stale = seen is not None and self.touched(changes, seen)
        try:
            entry = self.desk.write(
                lambda _: deed,
                at=self.at,
                actor=actor,
                key=key,
                intent=intent,
                profiles=profiles,
            )
        except ConflictError:
            assert stale if first is None else first[0] != intent
            return
        if first:
            assert (entry, intent) == (first[1], first[0])
            return
        assert not stale
        self.wrote(entry, profiles)
        if key:
            self.keys[key, actor.person] = (intent, entry)

    def touched(self, changes: tuple[Change, ...], seen: int) -> bool:
        """Tell whether an entry after `seen` changed one of the same records."""
        mine = {(c.kind, c.key) for c in changes}
        later = [e for e in self.entries if e.seq > seen]
        return any((c.kind, c.key) in mine for e in later for c in e.deed.changes)

    def wrote(self, entry: Entry, profiles: list[Profile]) -> None:
        """Take in what was written, by the pure function alone."""
        assert entry.seq == len(self.firms)
        last = self.firms[-1]
        assert last.at is None or entry.at >= last.at
        assert last.on is None or entry.on >= last.on
        self.firms.append(apply(last, entry))
        self.entries.append(entry)
        self.people.update({p.id: p for p in profiles})

    @rule(actor=actors, mission=names)
    def ask(self, actor: Actor, mission: str) -> None:
        decision = Decision(
            request=Request(mission=mission, act="buy"),
            asked_by=actor.person,
            at=self.at,
            firm=self.firms[-1].seq,
            verdict="allowed",
        )
        deed = Deed(name="ask", decision=decision)
        self.wrote(self.desk.write(lambda _: deed, at=self.at, actor=actor), [])

    @rule(changes=changes, ahead=st.integers(-40, 40))
    def write_for_a_day(self, changes: tuple[Change, ...], ahead: int) -> None:
        last = self.firms[-1].on or self.at.date()
        day = last + timedelta(days=ahead)
        deed = Deed(name="plan", changes=changes, on=day)
        try:
            entry = self.desk.write(lambda _: deed, at=self.at, actor=Actor(person="x"))
        except InputError:
            assert day < max(last, self.firms[-1].on or date.min)
            return
        assert entry.on == day
        self.wrote(entry, [])

    @precondition(lambda self: self.people)
    @rule(data=st.data())
    def erase(self, data: st.DataObject) -> None:
        person = data.draw(st.sampled_from(sorted(self.people)))
        entry = self.desk.erase(person, at=self.at, actor=Actor(person="ada"))
        del self.people[person]
        self.wrote(entry, [])

    @rule()
    def reopen(self) -> None:
        self.desk.close()
        self.desk = open_desk(self.url)

    @rule()
    def keep_a_snapshot(self) -> None:
        snapshots.write(self.desk.database, self.desk.firm())

    @rule()
    def make_anew(self) -> None:
        rebuild(self.desk)

    @precondition(lambda self: self.entries)
    @rule()
    def checkpoint(self) -> None:
        export_checkpoint(self.desk, self.file, self.at)

    @rule(data=st.data())
    def look_back(self, data: st.DataObject) -> None:
        seq = data.draw(st.integers(0, len(self.entries)))
        assert same(self.desk.firm(seq), self.firms[seq])
        day = START.date() + timedelta(days=data.draw(st.integers(-2, 60)))
        last = [f for f in self.firms if f.on is None or f.on <= day][-1]
        assert same(self.reader.firm(day), last)

    @invariant()
    def reads_what_was_written(self) -> None:
        for desk in (self.desk, self.reader):
            assert same(desk.firm(), self.firms[-1])
            assert dict(desk.profiles()) == self.people

    @rule()
    def verify(self) -> None:
        assert verify(self.desk, self.file).what == ""
        assert list(self.desk.entries()) == self.entries

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            self.verify()
            self.desk.close()
            with open_desk(self.url) as desk:
                assert same(desk.firm(), self.firms[-1])
            self.reader.close()
            self.folder.cleanup()


def same(one: Firm, other: Firm) -> bool:
    """Tell whether two firms are equal, byte for byte."""
    heads = [(f.seq, f.at, f.on) for f in (one, other)]
    shown = [[show(record) for record in f.records()] for f in (one, other)]
    return heads[0] == heads[1] and shown[0] == shown[1]


EXAMPLES = 400 if os.environ.get("WEFT_LONG") else 20
TestStore = Store.TestCase
TestStore.settings = settings(max_examples=EXAMPLES, stateful_step_count=30)
pytestmark = pytest.mark.slow
