"""The firm as a folder: loaded as one deed, exported, and the same again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.app.conftest import ANNA, BEN, DORA, ERIK, NOW, OWNER, PROFILES, RECORDS
from tests.app.firms import Dice
from tests.interop.damage import TRIED, damaged

from weft.app import drafts, folder, records
from weft.app.folder import Tally
from weft.app.views import look
from weft.core.entries import Change, put
from weft.core.firm import KINDS, Firm, change
from weft.core.guardrails import Clause
from weft.core.people import Profile
from weft.errors import ConflictError, Forbidden, InputError, Problems
from weft.interop.folder import write_folder
from weft.store.desk import Desk, open_desk

FIRM = change(Firm(), map(put, RECORDS))
PEOPLE = {profile.id: profile for profile in PROFILES}


def same(one: Firm, other: Firm) -> bool:
    return all(one.table(kind) == other.table(kind) for kind in KINDS)


def files(path: Path) -> dict[str, bytes]:
    """Give all files of a folder with what is in them."""
    return {
        str(file.relative_to(path)): file.read_bytes()
        for file in sorted(path.rglob("*"))
        if file.is_file()
    }


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """Give the small firm as a folder."""
    write_folder(tmp_path / "text", FIRM, PEOPLE)
    return tmp_path / "text"


def test_loading_is_one_deed_that_says_what_it_did(db_url: str, text: Path) -> None:
    with open_desk(db_url) as desk:
        loaded = folder.load(desk, OWNER, folder.read(text), NOW, note="text")
        assert (loaded.entry, loaded.profiles) == (1, 5)
        tallies = {t.table: t for t in loaded.tallies}
        assert tallies["people"] == Tally(table="people", added=5, changed=0, dropped=0)
        assert same(desk.firm(), FIRM)
        assert dict(desk.profiles()) == PEOPLE
        entry = desk.entry(1)
        assert (entry.deed.name, entry.deed.note) == ("load", "text")
        assert not any(isinstance(c.record, Profile) for c in entry.deed.changes)


def test_what_is_exported_loads_as_the_same_firm(
    db_url: str, text: Path, tmp_path: Path
) -> None:
    with open_desk(db_url) as desk:
        folder.load(desk, OWNER, folder.read(text), NOW)
        folder.export(desk, look(desk, ERIK), tmp_path / "out")
        assert files(tmp_path / "out") == files(text)
        again = folder.load(desk, OWNER, folder.read(tmp_path / "out"), NOW)
        assert (again.tallies, again.profiles, again.entry) == ((), 0, None)
        assert desk.firm().seq == 1


@pytest.mark.slow
@given(seed=st.integers(0, 2**32))
@settings(max_examples=40, suppress_health_check=[HealthCheck.filter_too_much])
def test_any_firm_goes_through_folder_and_store_unchanged(
    seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    firm, path = Dice(seed).firm(), tmp_path_factory.mktemp("firm")
    assume(not records.faults(firm))
    write_folder(path / "in", firm, {})
    with open_desk(f"sqlite:///{path / 'weft.db'}") as desk:
        folder.load(desk, OWNER, folder.read(path / "in"), NOW)
        assert same(desk.firm(), firm)
        folder.export(desk, look(desk, OWNER), path / "out")
    assert files(path / "out") == files(path / "in")


def test_a_dry_run_shows_the_same_and_writes_nothing(desk: Desk, text: Path) -> None:
    (text / "assets.csv").write_text("id,title,mission\nledger,New ledger,payments\n")
    told = folder.read(text)
    shown = folder.load(desk, OWNER, told, NOW, dry_run=True)
    assert (shown.entry, desk.firm().seq) == (None, 1)
    done = folder.load(desk, OWNER, told, NOW)
    assert (done.tallies, done.profiles) == (shown.tallies, shown.profiles)
    assert done.tallies == (Tally(table="assets", added=0, changed=1, dropped=1),)


def test_loading_twice_with_one_key_has_one_effect(quick: Desk, text: Path) -> None:
    (text / "assets.csv").write_text("id,title\nledger,New ledger\n")
    told = folder.read(text)
    first = folder.load(quick, OWNER, told, NOW, key="k")
    changed = records.write(
        quick, OWNER, [Change("assets", "ledger")], name="remove", at=NOW
    )
    again = folder.load(quick, OWNER, told, NOW, key="k")
    assert again.entry == first.entry
    assert quick.firm().seq == changed.seq
    (text / "assets.csv").write_text("id,title\nledger,Third ledger\n")
    with pytest.raises(ConflictError, match="'k' was used for something else"):
        folder.load(quick, OWNER, folder.read(text), NOW, key="k")


def test_everything_wrong_in_the_files_is_told_with_its_line(
    quick: Desk, text: Path
) -> None:
    (text / "seats.csv").write_text(
        "person,mission,share,start\nben,payments,80,2026-01\nbea,payments,x,2026-01\n"
    )
    (text / "missions" / "lending.yaml").write_text("titel: Lending\n")
    with pytest.raises(Problems) as error:
        folder.read(text)
    places = {(p.where.file, p.where.line) for p in error.value.problems}
    assert {("seats.csv", 3), ("missions/lending.yaml", 1)} <= places
    assert quick.firm().seq == 1


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Desk]:
    """Give the store of a firm in which nothing is written yet."""
    with open_desk(f"sqlite:///{tmp_path / 'empty.db'}") as desk:
        yield desk


MISTAKES = [
    ("guardrails/data-in-eu.yaml", "level: must", "level: mist"),
    ("guardrails/data-in-eu.yaml", "is: eu", "is: mars"),
    ("guardrails/data-in-eu.yaml", "owner: security", "owner: nobody"),
    ("guardrails/data-in-eu.yaml", "max_days: 60", "max_days: soon"),
    ("guardrails/encrypted.yaml", "path: encrypted", "path: encrypt"),
    ("missions/lending.yaml", "title: Lending", "titel: Lending"),
    ("roles/house.yaml", "- erik", "- eric"),
    ("roles/house.yaml", "administers: true", "administers: perhaps"),
    ("seats.csv", "ben,payments,80", "ben,payments,80 %"),
    ("seats.csv", "dora,payments,60,2026-03", "dora,paiments,60,2026-13"),
    ("people.csv", "ben,shop,Developer,anna,,", "ben,shop,Developer,hanna,,{"),
    ("people.csv", "cleo,shop", "cleo,ship"),
    ("assets.csv", "ledger,Ledger,,payments,,ben,", "ledger,Ledger,,payments,,bea,x"),
    ("assets.csv", "vault,Vault,,lending,,", "vault,Vault,,lending,,,,,,"),
]
"""A file of the small firm, what stands there, and what somebody wrote instead."""


Mistake = tuple[str, str, str]


def _wrong(empty: Desk, text: Path, mistakes: list[Mistake]) -> list[tuple[str, str]]:
    """Give what is told of the small firm with mistakes in it, and leave it well."""
    before = {name: (text / name).read_text() for name, *_ in mistakes}
    for name, old, new in mistakes:
        raw = (text / name).read_text()
        assert old in raw
        (text / name).write_text(raw.replace(old, new, 1))
    with pytest.raises(Problems) as error:
        folder.load(empty, OWNER, folder.read(text), NOW)
    for name, raw in before.items():
        (text / name).write_text(raw)
    return [(p.what, str(p.where)) for p in error.value.problems]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    mistakes=st.lists(st.sampled_from(MISTAKES), min_size=2, unique=True),
)
def test_no_mistake_hides_another(
    empty: Desk, text: Path, mistakes: list[Mistake]
) -> None:
    alone = {told for each in mistakes for told in _wrong(empty, text, [each])}
    together = _wrong(empty, text, mistakes)
    assert set(together) == alone
    assert len(together) == len(alone), "something is told twice"


def test_what_could_not_be_read_is_not_held_against_anything(
    empty: Desk, text: Path
) -> None:
    assert _wrong(empty, text, [("vocabulary/region.yaml", "- eu", "- [eu]")]) == [
        (
            "`values` is a list, which is not a text.",
            "vocabulary/region.yaml:5:$.values[0]",
        )
    ]


def test_a_folder_that_does_not_fit_is_not_half_loaded(quick: Desk, text: Path) -> None:
    rule = text / "guardrails" / "data-in-eu.yaml"
    rule.write_text(rule.read_text().replace("is: eu", "is: mars"))
    with pytest.raises(Problems) as error:
        folder.load(quick, OWNER, folder.read(text), NOW)
    told = [p.what for p in error.value.problems]
    assert any("mars" in what for what in told)
    assert any("judges otherwise than its version 1" in what for what in told)
    assert quick.firm().seq == 1


def test_a_rule_is_loaded_in_another_form_under_another_version(
    quick: Desk, text: Path
) -> None:
    rule = text / "guardrails" / "data-in-eu.yaml"
    rule.write_text(rule.read_text().replace("is: eu", "in: [eu, us]") + "version: 2\n")
    folder.load(quick, OWNER, folder.read(text), NOW)
    assert quick.firm().guardrails["data-in-eu"].must == (
        Clause(path="region", in_=("eu", "us")),
    )


def test_profiles_are_kept_apart_and_can_change_alone(quick: Desk, text: Path) -> None:
    lines = (text / "profiles.csv").read_text().replace("Ben Borg", "Ben Berg")
    (text / "profiles.csv").write_text(lines)
    loaded = folder.load(quick, OWNER, folder.read(text), NOW)
    assert (loaded.tallies, loaded.profiles, loaded.entry) == ((), 1, 2)
    assert quick.profiles()["ben"].name == "Ben Berg"
    entry = quick.entry(2)
    assert (entry.deed.changes, entry.deed.profiles) == ((), ("ben",))


def test_only_administrators_load_and_export(
    quick: Desk, text: Path, tmp_path: Path
) -> None:
    (text / "assets.csv").write_text("id,title\nledger,New ledger\n")
    told = folder.read(text)
    for actor in (ANNA, BEN, DORA):
        with pytest.raises(Forbidden, match="no role that administers the firm"):
            folder.load(quick, actor, told, NOW)
        with pytest.raises(Forbidden, match="no role that administers the firm"):
            folder.export(quick, look(quick, actor), tmp_path / "out")
    assert folder.load(quick, ERIK, told, NOW).entry == 2


def test_a_what_if_or_a_day_gone_by_gives_no_rights(
    quick: Desk, tmp_path: Path
) -> None:
    house = quick.firm().roles["house"]
    drafts.new(quick, BEN, "coup", "A coup")
    coup = put(type(house)(id="house", title="x", holders=("ben",), administers=True))
    drafts.add(quick, BEN, "coup", [coup])
    with pytest.raises(Forbidden):
        folder.export(quick, look(quick, BEN, draft="coup"), tmp_path / "out")
    gone = put(type(house)(id="house", title="The house"))
    records.write(quick, OWNER, [gone], name="put", at=NOW)
    with pytest.raises(Forbidden):
        folder.export(quick, look(quick, ERIK, as_of="1"), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_day_gone_by_and_a_draft_are_exported_as_they_are_seen(
    quick: Desk, tmp_path: Path
) -> None:
    drafts.new(quick, OWNER, "plan", "A plan")
    drafts.add(quick, OWNER, "plan", [Change("acts", "deploy")])
    records.write(quick, OWNER, [Change("assets", "vault")], name="remove", at=NOW)
    folder.export(quick, look(quick, OWNER, as_of="1"), tmp_path / "then")
    assert same(folder.read(tmp_path / "then").firm, FIRM)
    folder.export(quick, look(quick, OWNER, draft="plan"), tmp_path / "plan")
    assert not (tmp_path / "plan" / "acts").exists()


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "people.json").write_text(json.dumps([]))
    with pytest.raises(InputError):
        folder.read(tmp_path)
    with pytest.raises(InputError):
        folder.read(tmp_path / "nowhere")


@pytest.mark.slow
@settings(
    max_examples=TRIED // 2, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_damaged_folder_is_loaded_whole_or_not_at_all(
    quick: Desk, data: st.DataObject
) -> None:
    before, known = quick.firm(), dict(quick.profiles())
    with TemporaryDirectory() as temporary:
        path = Path(temporary, "text")
        write_folder(path, FIRM, PEOPLE)
        for file in data.draw(
            st.sets(st.sampled_from(sorted(files(path))), max_size=3)
        ):
            raw = data.draw(damaged((path / file).read_bytes()))
            (path / file).write_bytes(raw)
        try:
            read = folder.read(path)
            folder.load(quick, OWNER, read, NOW)
        except Problems:
            assert quick.firm() == before
            assert dict(quick.profiles()) == known
        else:
            assert same(quick.firm(), read.firm)
