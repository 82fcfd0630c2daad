"""What is personal can be erased for good, while the journal stays whole."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from weft.core.entries import Deed, put
from weft.core.people import Person, Profile, Unit
from weft.core.roles import Actor
from weft.errors import InputError, Unavailable, UnknownName
from weft.store import profiles, snapshots
from weft.store.desk import Desk, open_desk
from weft.store.verify import verify

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
ADA = Actor(person="ada")
NAME, EMAIL = "Guðrún Őszi-Kowalczyk", "gudrun.oszi@example.org"


@pytest.fixture
def desk(db_url: str) -> Iterator[Desk]:
    with open_desk(db_url) as desk:
        people = [Person(id=f"p{n:03}") for n in range(120)]
        names = [Profile(id=p.id, name=f"Name of {p.id}") for p in people]
        deed = Deed(name="load", changes=tuple(map(put, people)))
        desk.write(lambda _: deed, at=AT, actor=ADA, profiles=names)
        yield desk


def hire(desk: Desk) -> None:
    """Give p060 a name, then another e-mail, and an account."""
    for email in ("", EMAIL):
        told = [Profile(id="p060", name=NAME, email=email)]
        desk.write(lambda _: Deed(name="hire"), at=AT, actor=ADA, profiles=told)
    desk.accounts.add("gudrun.oszi", "four words and more", AT, person="p060")
    desk.accounts.sign_in("gudrun.oszi", "four words and more", AT)
    desk.accounts.add_token("gudrun.oszi", "A robot of Guðrún", AT)


def traces(folder: Path) -> set[str]:
    """Name the forms in which a name or an address is in any file of a folder."""
    found = set()
    files = [f for f in folder.rglob("*") if f.is_file()]
    held = b"\0".join(f.read_bytes() for f in files)
    for text in (NAME, EMAIL, "gudrun.oszi", "A robot of Guðrún"):
        raw = text.encode()
        forms = {"plain": raw, "hex": raw.hex().encode()}
        forms |= {"HEX": raw.hex().upper().encode(), "wide": text.encode("utf-16-le")}
        for shift in range(3):  # wherever the name begins in what was encoded
            coded = base64.b64encode(bytes(shift) + raw)
            forms[f"base64 {shift}"] = coded[4:-4]
        found |= {f"{form} of {text}" for form, seen in forms.items() if seen in held}
    return found


@pytest.mark.slow
def test_erasing_leaves_no_trace_in_a_file(tmp_path: Path) -> None:
    with open_desk(f"sqlite:///{tmp_path / 'weft.db'}") as desk:
        people = [Person(id=f"p{n:03}") for n in range(120)]
        names = [Profile(id=p.id, name=f"Name of {p.id}") for p in people]
        deed = Deed(name="load", changes=tuple(map(put, people)))
        desk.write(lambda _: deed, at=AT, actor=ADA, profiles=names)
        hire(desk)
        snapshots.write(desk.database, desk.firm())
        assert len(traces(tmp_path)) >= 4, "the test looks in the wrong place"
        entry = desk.erase("p060", at=AT, actor=ADA)
        assert traces(tmp_path) == set()
        assert desk.entry(entry.seq).deed == Deed(name="erase", profiles=("p060",))
        assert len(desk.profiles()) == 119
        assert [a.name for a in desk.accounts.all()] == []
        assert verify(desk).what == ""
    assert traces(tmp_path) == set()
    with open_desk(f"sqlite:///{tmp_path / 'weft.db'}") as desk:
        assert len(desk.profiles()) == 119
        assert desk.profiles()["p061"].name == "Name of p061"


@pytest.mark.slow
def test_erasing_leaves_no_trace_in_the_tables_of_a_server(
    postgresql_url: str,
) -> None:
    with open_desk(postgresql_url) as desk:
        with desk.database.reading() as db:
            folder = db.exec_driver_sql("SHOW data_directory").scalar_one()
            number = db.exec_driver_sql(
                "SELECT oid FROM pg_database WHERE datname = current_database()"
            ).scalar_one()
        tables = Path(folder) / "base" / str(number)
        if not tables.is_dir():
            pytest.skip("the server is on another machine")
        hire(desk)
        checkpoint(desk)
        assert len(traces(tables)) >= 4, "the test looks in the wrong place"
        desk.erase("p060", at=AT, actor=ADA)
        checkpoint(desk)
        assert traces(tables) == set()


def checkpoint(desk: Desk) -> None:
    """Let the server write its tables to their files."""
    with desk.database.engine.connect() as db:
        db.execution_options(isolation_level="AUTOCOMMIT")
        db.execute(sa.text("CHECKPOINT"))


@pytest.mark.slow
def test_a_long_read_delays_erasing_and_it_says_so(tmp_path: Path) -> None:
    with open_desk(f"sqlite:///{tmp_path / 'weft.db'}") as desk:
        hire(desk)
        with desk.database.reading() as db:
            profiles.read_all(db)
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(profiles, "PATIENCE", 0.2)
                with pytest.raises(Unavailable, match="still holds it"):
                    desk.erase("p060", at=AT, actor=ADA)
            assert dict(desk.profiles()) == {}
        assert traces(tmp_path)
    with open_desk(f"sqlite:///{tmp_path / 'weft.db'}") as desk:  # it is still owed
        assert traces(tmp_path) == set()
        assert desk.firm().seq == 3


def test_erasing_again_is_put_on_record_again(desk: Desk) -> None:
    first = desk.erase("p060", at=AT, actor=ADA)
    second = desk.erase("p060", at=AT, actor=ADA)
    assert (first.seq, second.seq) == (2, 3)
    assert "p060" not in desk.profiles()
    assert "p060" in desk.firm().people


def test_erasing_nobody_is_refused(desk: Desk) -> None:
    with pytest.raises(UnknownName, match="p999"):
        desk.erase("p999", at=AT, actor=ADA)
    assert desk.firm().seq == 1


def test_a_profile_that_does_not_fit_is_refused(desk: Desk) -> None:
    for wrong in (
        Profile(id="P 1", name="Name"),
        Profile(id="p001", name="two\nlines"),
        Profile(id="p001", name="\ud800"),
    ):
        with pytest.raises(InputError):
            desk.write(lambda _: Deed(name="x"), at=AT, actor=ADA, profiles=[wrong])
    assert desk.firm().seq == 1


def test_a_deed_about_nobody_leaves_the_table_of_profiles_the_same(desk: Desk) -> None:
    hire(desk)
    before = desk.profiles()
    unit = put(Unit(id="sales", title="Sales"))
    desk.write(lambda _: Deed(name="load", changes=(unit,)), at=AT, actor=ADA)
    assert desk.profiles() is before  # else all that rests on it is worked out anew
