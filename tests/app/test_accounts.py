"""Accounts: who hands them out, whom they act as, and how they end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.app.conftest import BEN, CLEO, ERIK, NOW, OWNER

from weft.app import accounts
from weft.core.roles import Actor
from weft.errors import ConflictError, Forbidden, InputError, NotFound, SignInNeeded
from weft.store.desk import Desk

PASSWORD = "correct horse battery"  # noqa: S105 # a test's


@pytest.mark.slow
def test_an_account_acts_as_its_person(desk: Desk) -> None:
    made = accounts.add(desk, OWNER, "ben.b", PASSWORD, at=NOW, person="ben")
    assert (made.name, made.person, made.owner) == ("ben.b", "ben", False)
    secret = accounts.sign_in(desk, "ben.b", PASSWORD, NOW)
    assert accounts.actor_of(desk, secret, NOW) == BEN
    accounts.sign_out(desk, secret)
    assert accounts.actor_of(desk, secret, NOW) is None
    with pytest.raises(SignInNeeded, match="do not go together"):
        accounts.sign_in(desk, "ben.b", "wrong horse battery", NOW)


def test_a_token_acts_until_it_ends_or_is_taken_back(desk: Desk) -> None:
    accounts.add(desk, OWNER, "robot", PASSWORD, at=NOW, owner=True)
    token, secret = accounts.token(desk, OWNER, "robot", "CI", at=NOW, days=10)
    robot = Actor(person="robot", owner=True)
    assert accounts.actor_of(desk, secret, NOW) == robot
    assert accounts.actor_of(desk, secret, NOW + timedelta(days=10)) is None
    assert [t.title for t in accounts.tokens(desk, OWNER, "robot")] == ["CI"]
    accounts.drop_token(desk, OWNER, "robot", token.id)
    assert accounts.actor_of(desk, secret, NOW) is None
    with pytest.raises(NotFound, match="There is no token called"):
        accounts.drop_token(desk, OWNER, "robot", token.id)


@pytest.mark.slow
def test_another_password_ends_what_was_open(quick: Desk) -> None:
    accounts.add(quick, OWNER, "ben", PASSWORD, at=NOW, person="ben")
    secret = accounts.sign_in(quick, "ben", PASSWORD, NOW)
    accounts.change_password(quick, BEN, "ben", "another horse battery")
    assert accounts.actor_of(quick, secret, NOW) is None
    with pytest.raises(SignInNeeded):
        accounts.sign_in(quick, "ben", PASSWORD, NOW)
    accounts.sign_in(quick, "ben", "another horse battery", NOW)


def test_a_closed_account_lets_nobody_in(quick: Desk) -> None:
    accounts.add(quick, OWNER, "ben", PASSWORD, at=NOW, person="ben")
    _, secret = accounts.token(quick, BEN, "ben", "mine", at=NOW)
    accounts.close(quick, OWNER, "ben")
    assert accounts.actor_of(quick, secret, NOW) is None
    assert accounts.accounts(quick, OWNER) == []


@pytest.mark.parametrize("actor", [BEN, CLEO, ERIK])
def test_only_the_owner_hands_out_accounts(quick: Desk, actor: Actor) -> None:
    accounts.add(quick, OWNER, "anna", PASSWORD, at=NOW, person="anna")
    for deed in (
        lambda: accounts.add(quick, actor, "x", PASSWORD, at=NOW, owner=True),
        lambda: accounts.accounts(quick, actor),
        lambda: accounts.close(quick, actor, "anna"),
    ):
        with pytest.raises(Forbidden, match="not the owner of this Weft"):
            deed()
    for other in (
        lambda: accounts.token(quick, actor, "anna", "mine", at=NOW),
        lambda: accounts.tokens(quick, actor, "anna"),
        lambda: accounts.change_password(quick, actor, "anna", PASSWORD),
        lambda: accounts.token(quick, actor, "nobody", "mine", at=NOW),
    ):
        with pytest.raises(Forbidden, match="This is not your account"):
            other()


@pytest.mark.slow
def test_an_account_is_somebodys_or_clearly_nobodys(quick: Desk) -> None:
    with pytest.raises(InputError, match="There is no person called 'bne'"):
        accounts.add(quick, OWNER, "x", PASSWORD, at=NOW, person="bne")
    with pytest.raises(InputError, match="ben is the id of somebody in the firm"):
        accounts.add(quick, OWNER, "ben", PASSWORD, at=NOW)
    accounts.add(quick, OWNER, "ben", PASSWORD, at=NOW, person="ben")
    with pytest.raises(ConflictError, match="There is an account ben already"):
        accounts.add(quick, OWNER, "ben", PASSWORD, at=NOW, person="ben")
    with pytest.raises(NotFound, match="There is no account called 'bean'"):
        accounts.token(quick, OWNER, "bean", "x", at=NOW)
