"""Facts that come in bulk: kept once, never changed, and proven by their entry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from weft.core.entries import Deed, Entry, put
from weft.core.facts.fact import Fact
from weft.core.facts.kinds import FACTS
from weft.core.outcomes.reading import Reading
from weft.core.people import Unit
from weft.core.roles import Actor
from weft.errors import ConflictError, InputError, NothingChanges, Unavailable
from weft.store import schema
from weft.store.desk import Desk, open_desk
from weft.store.facts import rows
from weft.store.schema import facts
from weft.store.verify import rebuild, verify

AT = datetime(2026, 11, 28, 9, tzinfo=UTC)
ADA = Actor(person="ada")
FIRST = date(2026, 1, 1)


@pytest.fixture
def desk(db_url: str) -> Iterator[Desk]:
    with open_desk(db_url) as desk:
        yield desk


def reading(day: int, value: float = 1, metric: str = "nps") -> Reading:
    return Reading(metric=metric, on=FIRST + timedelta(days=day), value=value)


def bring(
    desk: Desk,
    some: Sequence[Reading],
    *,
    key: str = "",
    corrects: bool = False,
) -> Entry:
    deed = Deed(name="readings.import", facts=tuple(some), corrects=corrects)
    return desk.write(lambda _: deed, at=AT, actor=ADA, key=key, intent=b"same")


def test_facts_are_read_in_the_order_of_their_time(desk: Desk) -> None:
    entry = bring(desk, [reading(2, 7), reading(0, 5), reading(1, 6, "calls")])
    assert [(b.kind, b.count) for b in entry.deed.brought] == [("readings", 3)]
    assert [r.value for r in desk.facts.of(Reading)] == [5, 6, 7]
    assert [r.value for r in desk.facts.of(Reading, {"nps"})] == [5, 7]
    assert desk.facts.of(Reading, set()) == []
    days = [str(FIRST + timedelta(days=1)), str(FIRST + timedelta(days=2))]
    assert [r.value for r in desk.facts.of(Reading, since=days[0])] == [6, 7]
    assert [r.value for r in desk.facts.of(Reading, until=days[0])] == [5, 6]
    names = {f"m{n}" for n in range(600)} | {"nps"}
    assert [r.value for r in desk.facts.of(Reading, names)] == [5, 7]


def test_the_journal_counts_them_and_reads_none(desk: Desk) -> None:
    bring(desk, [reading(day) for day in range(3)])
    assert next(iter(desk.headings())).counts == {"readings": 3}
    entry = desk.entry(1)
    assert (entry.deed.facts, entry.deed.brought[0].count) == ((), 3)
    desk.write(
        lambda _: Deed(
            name="x", facts=(reading(9),), changes=(put(Unit(id="u", title="U")),)
        ),
        at=AT,
        actor=ADA,
    )
    assert desk.entry(2).deed.changes[0].key == "u"
    assert next(iter(desk.headings(after=1))).counts == {"readings": 1, "units": 1}


def test_the_same_key_twice_is_one_effect(desk: Desk) -> None:
    one = bring(desk, [reading(0)], key="a")
    again = bring(desk, [reading(0)], key="a")
    assert (one.seq, again.seq) == (1, 1)
    assert again.deed.brought == one.deed.brought
    assert len(desk.facts.of(Reading)) == 1


def test_a_repeat_is_counted_and_left_out(desk: Desk) -> None:
    bring(desk, [reading(0), reading(1)])
    entry = bring(desk, [reading(1), reading(2), reading(2)])
    assert [(b.count, b.repeats) for b in entry.deed.brought] == [(1, 2)]
    with pytest.raises(NothingChanges):
        bring(desk, [reading(0), reading(1), reading(2)])
    assert (desk.firm().seq, len(desk.facts.of(Reading))) == (2, 3)


def test_another_value_is_refused_unless_it_corrects(desk: Desk) -> None:
    bring(desk, [reading(0, 1), reading(1, 1)])
    with pytest.raises(ConflictError, match=r"nps@2026-01-02 .* in entry 1") as refused:
        bring(desk, [reading(5, 1), reading(1, 2)])
    assert "corrects" in refused.value.do
    bring(desk, [reading(1, 2)], corrects=True)
    assert [r.value for r in desk.facts.of(Reading)] == [1, 2]
    assert [r.value for r in desk.facts.of(Reading, upto=1)] == [1, 1]
    with pytest.raises(ConflictError, match="further up"):
        bring(desk, [reading(7, 1), reading(7, 2)], corrects=True)
    bring(desk, [reading(1, 1)], corrects=True)  # back again is a correction too
    assert [r.value for r in desk.facts.of(Reading)] == [1, 1]


def test_deeds_of_one_commit_know_of_each_other(desk: Desk) -> None:
    deed = Deed(name="x", facts=(reading(0),))
    other = Deed(name="x", facts=(reading(0, 2),))
    told = [
        desk.submit(lambda _, deed=each: deed, at=AT, actor=ADA)  # type: ignore[misc]
        for each in [deed] * 5 + [other]
    ]
    assert told[0].result().seq == 1
    for each in told[1:5]:
        with pytest.raises(NothingChanges):
            each.result()
    with pytest.raises(ConflictError):
        told[5].result()


def test_what_is_no_fact_is_refused_and_nothing_is_written(desk: Desk) -> None:
    bad = Reading(metric="nps", on=FIRST, value=1, source="a\nb")
    with pytest.raises(InputError, match="does not fit"):
        bring(desk, [reading(0), bad])
    with pytest.raises(InputError, match="no number"):
        reading(0, float("nan"))
    assert (desk.firm().seq, desk.facts.of(Reading)) == (0, [])


def test_the_table_refuses_to_be_edited(desk: Desk) -> None:
    bring(desk, [reading(0)])
    for edit in (facts.update().values(subject="x"), facts.delete()):
        with (
            pytest.raises(Unavailable, match="stays as it is"),
            desk.database.writing() as db,
        ):
            db.execute(edit)


EDITS = {
    "body": facts.update().where(facts.c.n == 1).values(body=b"{}"),
    "subject": facts.update().where(facts.c.n == 1).values(subject="other"),
    "when": facts.update().where(facts.c.n == 1).values(when="2020-01-01"),
    "key": facts.update().where(facts.c.n == 1).values(key=""),
    "gone": facts.delete().where(facts.c.n == 1),
    "last": facts.delete().where(facts.c.n == 2),
    "moved": facts.update().where(facts.c.n == 2).values(seq=1),
    "more": facts.insert().values(
        kind="readings", seq=2, n=3, subject="a", when="b", key="c", body=b"{}"
    ),
    "loose": facts.insert().values(
        kind="readings", seq=1, n=0, subject="a", when="b", key="c", body=b"{}"
    ),
    "late": facts.insert().values(
        kind="readings", seq=9, n=0, subject="a", when="b", key="c", body=b"{}"
    ),
}


@pytest.mark.parametrize("edit", EDITS)
def test_verify_finds_what_was_changed_behind_its_back(desk: Desk, edit: str) -> None:
    desk.write(
        lambda _: Deed(name="put", changes=(put(Unit(id="u", title="U")),)),
        at=AT,
        actor=ADA,
    )
    bring(desk, [reading(day) for day in range(3)])
    assert verify(desk).bad is None
    with desk.database.writing() as db:
        for verb in ("update", "delete"):
            on = " ON facts" if db.dialect.name == "postgresql" else ""
            db.exec_driver_sql(f"DROP TRIGGER facts_no_{verb}{on}")
        db.execute(EDITS[edit])
    found = verify(desk)
    assert found.bad == {"loose": 1, "late": 9}.get(edit, 2), found.what


def test_a_rebuild_leaves_them_alone(desk: Desk) -> None:
    bring(desk, [reading(0)])
    rebuild(desk)
    assert (len(desk.facts.of(Reading)), verify(desk).bad) == (1, None)


def test_a_walk_gives_all_of_them_page_by_page(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("weft.store.facts.reading.PAGE", 2)
    monkeypatch.setattr(rows, "PAGE", 2)
    bring(desk, [reading(day) for day in range(5)])
    bring(desk, [reading(0, 9)], corrects=True)
    assert [(seq, r.on.day) for seq, r in desk.facts.walk(Reading)] == [
        *((1, day) for day in range(1, 6)),
        (2, 1),
    ]
    assert len([*desk.facts.walk(Reading, after=1)]) == 1
    assert len([*desk.facts.walk(Reading, upto=1)]) == 5
    assert verify(desk).bad is None


def test_a_store_of_an_older_weft_is_read_and_then_gets_the_table(db_url: str) -> None:
    with open_desk(db_url) as desk, desk.changing() as db:
        schema.say(db, "version", b"3")
        db.exec_driver_sql("DROP TABLE facts")
    with open_desk(db_url, writes=False) as desk:
        assert desk.facts.of(Reading) == []
        assert [*desk.facts.walk(Reading)] == []
    with open_desk(db_url) as desk:
        bring(desk, [reading(0)])
        assert len(desk.facts.of(Reading)) == 1
        assert verify(desk).bad is None
    with open_desk(db_url, writes=False) as desk, desk.database.reading() as db:
        assert db.execute(sa.select(sa.func.count()).select_from(facts)).scalar() == 1


@pytest.mark.slow
@given(
    batches=st.lists(
        st.lists(st.tuples(st.integers(0, 4), st.integers(0, 2)), max_size=6),
        max_size=5,
    )
)
@settings(max_examples=25)
def test_the_last_word_of_each_day_counts(
    tmp_path_factory: pytest.TempPathFactory, batches: list[list[tuple[int, int]]]
) -> None:
    url = f"sqlite:///{tmp_path_factory.mktemp('facts') / 'weft.db'}"
    model: dict[int, int] = {}
    then: list[dict[int, int]] = [{}]
    with open_desk(url) as desk:
        for batch in batches:
            told = {day: reading(day, value) for day, value in batch}
            if any(model.get(d) != r.value for d, r in told.items()):
                bring(desk, [*told.values()], corrects=True)
                model = model | {d: int(r.value) for d, r in told.items()}
                then.append(model)
        for seq, known in enumerate(then):
            found = desk.facts.of(Reading, upto=seq)
            assert {(r.on - FIRST).days: r.value for r in found} == known


def test_every_kind_says_what_it_is_about_and_when() -> None:
    for kind in FACTS.values():
        assert kind.subject is not Fact.subject
        assert kind.when is not Fact.when
