"""Accounts: who is let in, for how long, and how slowly one may guess."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from weft.errors import (
    ConflictError,
    InputError,
    Malformed,
    NotFound,
    SignInNeeded,
    Unavailable,
)
from weft.store import passwords
from weft.store.accounts import Account, Accounts
from weft.store.desk import Desk, open_desk
from weft.store.schema import tables

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
GOOD = "four words and more"


@pytest.fixture
def desk(db_url: str) -> Iterator[Desk]:
    with open_desk(db_url) as desk:
        desk.accounts.add("ada", GOOD, AT, person="p1", owner=True)
        yield desk


@pytest.fixture
def accounts(desk: Desk) -> Accounts:
    return desk.accounts


@pytest.mark.slow
def test_a_session_lasts_until_it_ends(accounts: Accounts) -> None:
    secret = accounts.sign_in("ada", GOOD, AT)
    assert secret
    ada = Account(name="ada", person="p1", owner=True, created=AT)
    assert accounts.bearer(secret, AT) == ada
    assert accounts.bearer(secret, AT + timedelta(hours=11, minutes=59)) == ada
    for hours in (12, 13, 1000):
        assert accounts.bearer(secret, AT + timedelta(hours=hours)) is None
    assert accounts.bearer(secret + "x", AT) is None
    assert accounts.bearer("", AT) is None
    accounts.sign_out(secret)
    assert accounts.bearer(secret, AT) is None


def test_a_wrong_name_or_password_lets_nobody_in(accounts: Accounts) -> None:
    assert accounts.sign_in("ada", "four words or more", AT) is None
    assert accounts.sign_in("ada", "", AT) is None
    assert accounts.sign_in("nobody", GOOD, AT) is None
    assert accounts.sign_in("nobody", "nobody's password", AT) is None
    assert accounts.sign_in("\ud800\0", GOOD, AT) is None


@pytest.mark.parametrize("name", ["ada", "nobody"])
def test_guessing_grows_slow(
    accounts: Accounts, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "matches", lambda p, known: p == GOOD and known)
    for _ in range(5):
        assert accounts.sign_in(name, "wrong", AT) is None
    with pytest.raises(SignInNeeded, match="too many"):
        accounts.sign_in(name, GOOD, AT)
    with pytest.raises(SignInNeeded):
        accounts.sign_in(name, GOOD, AT + timedelta(seconds=29))
    later = AT + timedelta(seconds=30)
    assert accounts.sign_in(name, "wrong", later) is None
    with pytest.raises(SignInNeeded):
        accounts.sign_in(name, GOOD, later + timedelta(seconds=59))
    much_later = later + timedelta(minutes=15)
    assert bool(accounts.sign_in(name, GOOD, much_later)) == (name == "ada")
    if name == "ada":  # all is forgiven
        for _ in range(5):
            assert accounts.sign_in(name, "wrong", much_later) is None


def test_another_password_ends_the_sessions(accounts: Accounts) -> None:
    secret = accounts.sign_in("ada", GOOD, AT)
    accounts.change_password("ada", "other words and more")
    assert accounts.bearer(secret or "", AT) is None
    assert accounts.sign_in("ada", GOOD, AT) is None
    assert accounts.sign_in("ada", "other words and more", AT)
    with pytest.raises(NotFound, match="eve"):
        accounts.change_password("eve", GOOD)


def test_a_token_is_good_until_it_ends_or_is_taken_back(accounts: Accounts) -> None:
    token, secret = accounts.add_token("ada", "The build", AT, days=30)
    assert (token.ends, token.used) == (AT + timedelta(days=30), None)
    found = accounts.bearer(secret, AT + timedelta(days=29))
    assert found
    assert found.name == "ada"
    assert accounts.tokens("ada")[0].used == AT + timedelta(days=29)
    assert accounts.bearer(secret, AT + timedelta(days=30)) is None
    accounts.drop_token(token.id)
    assert accounts.tokens("ada") == []
    assert accounts.bearer(secret, AT) is None
    with pytest.raises(NotFound, match="eve"):
        accounts.add_token("eve", "A title", AT)
    for days in (0, 367):
        with pytest.raises(InputError):
            accounts.add_token("ada", "A title", AT, days=days)


def test_an_account_that_is_closed_is_gone(accounts: Accounts) -> None:
    session = accounts.sign_in("ada", GOOD, AT)
    _, secret = accounts.add_token("ada", "The build", AT)
    accounts.drop("ada")
    assert accounts.all() == []
    assert accounts.bearer(secret, AT) is None
    assert accounts.bearer(session or "", AT) is None
    accounts.add("ada", GOOD, AT)
    assert accounts.bearer(secret, AT) is None, "an old token fits a new account"


def test_what_does_not_fit_is_refused(accounts: Accounts) -> None:
    with pytest.raises(ConflictError, match="ada"):
        accounts.add("ada", GOOD, AT)
    with pytest.raises(InputError, match="10 to 200"):
        accounts.add("ben", "short", AT)
    with pytest.raises(Malformed):
        accounts.add("Ben B", GOOD, AT)
    assert [a.name for a in accounts.all()] == ["ada"]


def test_no_secret_is_kept(desk: Desk) -> None:
    session = desk.accounts.sign_in("ada", GOOD, AT) or ""
    _, token = desk.accounts.add_token("ada", "The build", AT)
    with desk.database.reading() as db:
        rows = [db.execute(sa.select(t)).all() for t in tables.tables.values()]
    for secret in (GOOD, session, token):
        assert secret not in repr(rows)
        assert secret.encode().hex() not in repr(rows)


def test_who_only_reads_opens_no_account(desk: Desk, db_url: str) -> None:
    _, secret = desk.accounts.add_token("ada", "The build", AT)
    with open_desk(db_url, writes=False) as reader:
        assert reader.accounts.bearer(secret, AT)
        with pytest.raises(Unavailable):
            reader.accounts.add("ben", GOOD, AT)
        with pytest.raises(Unavailable):
            reader.accounts.sign_in("ada", GOOD, AT)
