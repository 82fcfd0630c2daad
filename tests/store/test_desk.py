"""The contract of the desk, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest

from weft.core.entries import Change, Deed, Draft, Entry, put
from weft.core.firm import Firm
from weft.core.people import Person, Profile, Unit
from weft.core.requests import Decision, Request
from weft.core.roles import Actor
from weft.errors import ConflictError, InputError, NotFound, Unavailable
from weft.store.desk import Desk, open_desk

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
ADA = Actor(person="ada")
BEN = Actor(person="ben")


@pytest.fixture
def desk(db_url: str) -> Iterator[Desk]:
    with open_desk(db_url, holder="the tests") as desk:
        yield desk


def unit(name: str, title: str = "A unit") -> Deed:
    return Deed(name="unit.put", changes=(put(Unit(id=name, title=title)),))


def write(desk: Desk, deed: Deed, at: datetime = AT) -> Entry:
    return desk.write(lambda _: deed, at=at, actor=ADA)


def decision(mission: str, verdict: str = "allowed") -> Decision:
    request = Request(mission=mission, act="buy")
    return Decision(request=request, asked_by="ada", at=AT, firm=0, verdict=verdict)  # type: ignore[arg-type]


def test_what_is_written_is_read_again(desk: Desk, db_url: str) -> None:
    entry = write(desk, unit("ops"))
    assert (entry.seq, entry.at, entry.on, entry.actor) == (1, AT, AT.date(), "ada")
    assert desk.entry(1) == entry
    assert desk.firm().units["ops"].title == "A unit"
    desk.close()
    with open_desk(db_url) as again:
        assert again.firm() == desk.firm()
        assert list(again.entries()) == [entry]


def test_a_store_is_empty_at_first(desk: Desk) -> None:
    assert desk.firm() == Firm()
    assert dict(desk.profiles()) == {}
    assert list(desk.entries()) == []
    assert desk.decisions(most=10) == []
    assert desk.drafts() == []
    with pytest.raises(NotFound):
        desk.entry(1)


def test_entries_are_paged_both_ways(desk: Desk) -> None:
    for n in range(7):
        write(desk, unit(f"u{n}"))

    def seqs(after: int = 0, **where: int) -> list[int]:
        return [
            e.seq for e in desk.entries(after, where.get("before"), where.get("most"))
        ]

    assert seqs() == [1, 2, 3, 4, 5, 6, 7]
    assert seqs(after=2, before=6) == [3, 4, 5]
    assert seqs(after=2, most=2) == [3, 4]
    assert [e.seq for e in desk.entries(newest_first=True, most=3)] == [7, 6, 5]
    assert [e.seq for e in desk.entries(before=3, newest_first=True)] == [2, 1]


def test_the_firm_as_of_an_entry_or_a_day(desk: Desk) -> None:
    for n in range(3):
        at = AT + timedelta(days=n)
        write(desk, unit("ops", f"Title {n}"), at)
    titles = [desk.firm(n).units.get("ops") for n in range(4)]
    assert [t and t.title for t in titles] == [None, "Title 0", "Title 1", "Title 2"]
    assert desk.firm(AT.date() + timedelta(days=1)) == desk.firm(2)
    assert desk.firm(date(2030, 1, 1)) == desk.firm() == desk.firm(3)
    assert desk.firm(date(2000, 1, 1)) == Firm()
    for wrong in (4, -1):
        with pytest.raises(InputError):
            desk.firm(wrong)


def test_time_never_goes_back(desk: Desk) -> None:
    first = write(desk, unit("a"))
    second = write(desk, unit("b"), AT - timedelta(days=9))
    assert (second.at, second.on) == (first.at, first.on)
    early = Deed(name="x", changes=unit("c").changes, on=date(2026, 11, 20))
    with pytest.raises(InputError, match="2026-11-20"):
        write(desk, early)
    late = Deed(name="x", changes=unit("c").changes, on=date(2026, 12, 1))
    assert write(desk, late).on == date(2026, 12, 1)
    assert write(desk, unit("d")).on == date(2026, 12, 1)


def test_a_key_has_one_effect(desk: Desk) -> None:
    def write(name: str, intent: bytes = b"", actor: Actor = ADA) -> int:
        deed = unit(name)
        written = desk.write(lambda _: deed, at=AT, actor=actor, key="k", intent=intent)
        return written.seq

    assert [write("a", b"one"), write("b", b"one")] == [1, 1]
    with pytest.raises(ConflictError, match="entry 1"):
        write("a", b"two")
    assert write("a", b"two", BEN) == 2  # each actor has keys of their own
    assert sorted(desk.firm().units) == ["a"]
    assert desk.by_key("k", BEN) == desk.entry(2)
    assert desk.by_key("other", BEN) is None


def test_a_stale_deed_is_refused(desk: Desk) -> None:
    write(desk, unit("a"))
    write(desk, unit("b"))
    stale = Deed(name="x", changes=unit("b", "Stale").changes, seen=1)
    with pytest.raises(ConflictError, match=r"units b .* entry 2"):
        write(desk, stale)
    apart = Deed(name="x", changes=unit("a", "Apart").changes, seen=1)
    assert write(desk, apart).seq == 3
    gone = Deed(name="x", changes=(Change("units", "a"),), seen=2)
    with pytest.raises(ConflictError, match="entry 3"):
        write(desk, gone)
    ahead = Deed(name="x", changes=unit("a").changes, seen=9)
    with pytest.raises(InputError, match="9"):
        write(desk, ahead)


def test_a_stale_deed_is_refused_after_a_new_start(desk: Desk, db_url: str) -> None:
    for n in range(4):
        write(desk, unit(f"u{n}"))
    desk.close()
    with open_desk(db_url) as again:
        stale = Deed(name="x", changes=unit("u2", "Stale").changes, seen=1)
        with pytest.raises(ConflictError, match="entry 3"):
            write(again, stale)
        fresh = Deed(name="x", changes=unit("u2", "Fresh").changes, seen=3)
        assert write(again, fresh).seq == 5
        with pytest.raises(ConflictError, match="entry 5"):
            write(again, stale)


def test_what_raises_or_changes_nothing_fails_alone(desk: Desk) -> None:
    def broken(_: Firm) -> Deed:
        raise ZeroDivisionError

    odd = Person(id="ada", title=7)  # type: ignore[arg-type]
    moved = Deed(name="x", changes=(Change("units", "b", Unit(id="a", title="A")),))
    far = Deed(name="x", note="\ud800", changes=unit("a").changes)
    futures = [
        desk.submit(decide, at=AT, actor=ADA)
        for decide in (
            lambda _: unit("a"),
            broken,
            lambda _: Deed(name="nothing"),
            lambda _: Deed(name="odd", changes=(put(odd),)),
            lambda _: moved,
            lambda _: far,
            lambda _: unit("b"),
        )
    ]
    first, fault, *refused, last = [f.exception() for f in futures]
    assert (first, last) == (None, None)
    assert isinstance(fault, ZeroDivisionError)
    assert [isinstance(error, InputError) for error in refused] == [True] * 4
    assert [e.seq for e in desk.entries()] == [1, 2]
    assert sorted(desk.firm().units) == ["a", "b"]


def test_many_changes_are_kept_in_parts(desk: Desk, db_url: str) -> None:
    many = tuple(put(Unit(id=f"u{n}", title="T")) for n in range(2500))
    drops = tuple(Change("units", f"u{n}") for n in range(0, 2500, 2))
    both = Deed(name="load", changes=(*many, *drops), note="many")
    written = write(desk, both)
    assert written.deed == both
    assert desk.entry(1) == written
    assert len(desk.firm().units) == 1250
    desk.close()
    with open_desk(db_url) as again:
        assert again.firm() == desk.firm()


def test_decisions_are_found_newest_first(desk: Desk) -> None:
    told = [("m1", "allowed"), ("m2", "refused"), ("m1", "refused")]
    for mission, verdict in told:
        made = Deed(name="ask", decision=decision(mission, verdict))
        write(desk, made)
    write(desk, unit("a"))
    assert [seq for seq, _ in desk.decisions(most=9)] == [3, 2, 1]
    assert [seq for seq, _ in desk.decisions(most=9, mission="m1")] == [3, 1]
    assert [seq for seq, _ in desk.decisions(most=1, verdict="refused")] == [3]
    assert [seq for seq, _ in desk.decisions(most=9, before=3)] == [2, 1]
    assert desk.decisions(most=9, asked_by="ben") == []
    assert desk.decisions(most=1) == [(3, decision("m1", "refused"))]
    assert [(seq, told.request, told.facts) for seq, told in desk.recorded(most=9)] == [
        (seq, told.request, told.facts) for seq, told in desk.decisions(most=9)
    ]
    assert [seq for seq, _ in desk.recorded(most=1, before=3)] == [2]
    write(desk, Deed(name="ask", decision=decision("m3", "allowed")))
    told_again = desk.recorded(most=3)  # of which two were read before
    assert [seq for seq, _ in told_again] == [5, 3, 2]
    assert [told.request.mission for _, told in told_again] == ["m3", "m1", "m2"]


def test_drafts_are_kept_replaced_and_dropped(desk: Desk) -> None:
    draft = Draft(id="plan", title="A plan", author="ada", base=0)
    many = tuple(put(Unit(id=f"u{n}", title="T")) for n in range(1500))
    desk.save_draft(draft, many)
    assert desk.draft("plan") == (draft, many)
    desk.save_draft(draft, many[:2])
    assert desk.draft("plan") == (draft, many[:2])
    assert desk.drafts() == [draft]
    assert desk.firm() == Firm()
    desk.drop_draft("plan")
    with pytest.raises(NotFound, match="plan"):
        desk.draft("plan")


def test_profiles_stand_beside_the_journal(desk: Desk, db_url: str) -> None:
    people = [Profile(id="ada", name="Ada"), Profile(id="ben", name="Ben")]
    entry = desk.write(lambda _: unit("a"), at=AT, actor=ADA, profiles=people)
    assert entry.deed.profiles == ("ada", "ben")
    assert dict(desk.profiles()) == {p.id: p for p in people}
    with pytest.raises(InputError, match="Nothing"):
        desk.write(lambda _: Deed(name="x"), at=AT, actor=ADA, profiles=people)
    wed = [Profile(id="ada", name="Ada B"), people[1]]
    entry = desk.write(lambda _: Deed(name="x"), at=AT, actor=ADA, profiles=wed)
    assert entry.deed.profiles == ("ada",)
    twice = [Profile(id="ada", name="Ada C"), wed[0]]
    with pytest.raises(InputError, match="Nothing"):  # as the last one counts
        desk.write(lambda _: Deed(name="x"), at=AT, actor=ADA, profiles=twice)
    with open_desk(db_url, writes=False) as other:
        assert other.profiles()["ada"].name == "Ada B"


def test_a_second_writer_is_refused_by_name(desk: Desk, db_url: str) -> None:
    with pytest.raises(ConflictError, match="the tests"):
        open_desk(db_url)
    desk.close()
    open_desk(db_url).close()


def test_who_only_reads_follows_the_writer(desk: Desk, db_url: str) -> None:
    with open_desk(db_url, writes=False) as reader:
        assert reader.firm() == Firm()
        people = [Profile(id="ada", name="Ada")]
        desk.write(lambda _: unit("a"), at=AT, actor=ADA, profiles=people)
        assert reader.firm() == desk.firm()
        assert dict(reader.profiles()) == {"ada": people[0]}
        desk.erase("ada", at=AT, actor=ADA)
        assert dict(reader.profiles()) == {}
        with pytest.raises(Unavailable):
            reader.write(lambda _: unit("b"), at=AT, actor=ADA)


def test_headings_tell_of_entries_without_their_contents(desk: Desk) -> None:
    many = tuple(put(Unit(id=f"u{n}", title="T")) for n in range(1500))
    write(desk, Deed(name="load", changes=many, note="a whole firm"))
    write(desk, Deed(name="ask", decision=decision("m1", "refused")))
    asked, load = desk.headings(newest_first=True)
    assert (load.deed, load.note, load.counts) == (
        "load",
        "a whole firm",
        {"units": 1500},
    )
    assert (asked.seq, asked.verdict, asked.counts) == (2, "refused", {})
    assert (asked.mission, asked.act) == ("m1", "buy")
    assert (load.verdict, load.mission, load.act) == ("", "", "")
    assert [h.seq for h in desk.headings(after=1)] == [2]


def test_odd_names_find_nothing(desk: Desk) -> None:
    write(desk, Deed(name="ask", decision=decision("m1")))
    for odd in ("\0", "\ud800", "x" * 100_000, "'; DROP TABLE entries"):
        with pytest.raises(NotFound):
            desk.draft(odd)
        with suppress(InputError):  # either will do
            assert desk.by_key(odd, ADA) is None
        with suppress(InputError):
            assert desk.decisions(most=9, mission=odd) == []


def test_odd_numbers_find_nothing(desk: Desk) -> None:
    write(desk, Deed(name="ask", decision=decision("m1")))
    for odd in (-1, 0, 2, 2**63, 10**30, -(10**30)):
        with pytest.raises(NotFound):
            desk.entry(odd)
        assert len(list(desk.entries(before=odd))) == (odd > 1)
        assert len(list(desk.entries(after=odd))) == (odd < 1)
        assert len(desk.decisions(most=9, before=odd)) == (odd > 1)
        assert desk.decisions(most=min(odd, 0)) == []
