"""Ready sets against firms that have words of their own."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from weft.app.records import faults
from weft.core.entries import put
from weft.core.firm import Firm, change
from weft.core.framework.controls import Catalogue, Control
from weft.core.guardrails import Principle
from weft.core.records import Record
from weft.core.roles import Role
from weft.core.vocabulary import Act, NamedSet, Property
from weft.errors import InputError, UnknownName
from weft.ready import (
    Fit,
    ReadySet,
    fitted,
    read_renames,
    ready_set,
    ready_sets,
    renamed,
)

LOW_CODE = "low-code-apps"
SECURITY = "security-protocols"


def having(*records: Record) -> Firm:
    """Give a firm that has some records."""
    return change(Firm(), map(put, records))


def tried(firm: Firm, name: str, renames: dict[str, str] | None = None) -> Fit:
    """Fit a set to a firm, in its own words."""
    told = renames or {}
    return fitted(firm, renamed(ready_set(name), told), told)


def put_in(fit: Fit, kind: str) -> dict[str, Any]:
    """Give what would be put into a table."""
    return {c.key: c.record for c in fit.changes if c.kind == kind}


def clashes(fit: Fit) -> list[str]:
    """Give what stands against a set."""
    return [f"{c.error.where}: {c.error.what} {c.error.do}" for c in fit.clashes]


def test_what_the_firm_has_stays() -> None:
    role = Role(id="security", title="Our guards", holders=("ana",))
    belief = Principle(id="all-may-build", title="Ours")
    act = Act(id="deploy", title="Ship it", asks=("made", "colour"))
    colour = Property(id="colour", title="Colour", type="text")
    fit = tried(having(role, belief, act, colour), LOW_CODE)
    assert "security" not in put_in(fit, "roles")
    assert "all-may-build" not in put_in(fit, "principles")
    shipped = put_in(fit, "acts")["deploy"]
    assert shipped.title == "Ship it"
    assert shipped.asks[:3] == ("made", "colour", "exposure")
    assert fit.clashes == ()


def test_a_guardrail_of_the_firm_is_never_overwritten() -> None:
    firm = change(Firm(), tried(Firm(), LOW_CODE).changes)
    mine = replace(firm.guardrails["small-circle"], params={"most": 30}, version=2)
    fit = tried(change(firm, [put(mine)]), LOW_CODE)
    assert fit.changes == ()
    both = "--map guardrails/small-circle=another-name"
    assert [(n.key, n.says) for n in fit.notes] == [
        (
            "small-circle",
            f"is yours and stays as it is; to have both: {both}",
        )
    ]
    beside = tried(
        change(firm, [put(mine)]), LOW_CODE, {"guardrails/small-circle": "smaller"}
    )
    assert set(put_in(beside, "guardrails")) == {"smaller"}


def test_another_type_is_told_with_its_cure() -> None:
    users = Property(id="users", title="Who uses it", type="text")
    firm = having(users)
    (told,) = clashes(tried(firm, LOW_CODE))
    assert "Yours is of type text, that of the set of type int." in told
    assert "Keep both: --map vocabulary/users=another-name." in told
    apart = tried(firm, LOW_CODE, {"vocabulary/users": "people.using"})
    assert apart.clashes == ()
    rule = put_in(apart, "guardrails")["small-circle"]
    assert rule.must[0].path == "people.using"
    assert "people.using" in put_in(apart, "acts")["deploy"].asks


SECRECY = Property(
    id="data.class", title="Secrecy", type="rank", values=("open", "inside", "closed")
)


def test_a_value_is_called_what_the_firm_calls_it() -> None:
    firm = having(SECRECY)
    (told,) = clashes(tried(firm, LOW_CODE))
    assert "yours are open, inside, closed" in told
    assert "--map vocabulary/data.class:internal=YOURS, or keep both" in told
    fit = tried(firm, LOW_CODE, {"vocabulary/data.class:internal": "inside"})
    assert fit.clashes == ()
    rule = put_in(fit, "guardrails")["nothing-about-people"]
    assert rule.must[0].at_most == "inside"
    assert "data.class" not in put_in(fit, "vocabulary")


def test_a_new_value_is_taken_in_where_it_has_no_order() -> None:
    made = Property(id="made", title="Made", type="enum", values=("bought",))
    fit = tried(having(made), LOW_CODE, {"vocabulary/made:low-code": "low-code"})
    assert fit.clashes == ()
    assert put_in(fit, "vocabulary")["made"].values == ("bought", "low-code")
    ranked = tried(
        having(SECRECY), LOW_CODE, {"vocabulary/data.class:internal": "internal"}
    )
    assert "Put it into its place first" in clashes(ranked)[0]


def test_an_order_that_differs_is_told() -> None:
    tls = Property(
        id="tls", title="TLS", type="rank", values=("tls-1.2", "tls-1.1", "none")
    )
    (told,) = clashes(tried(having(tls), SECURITY))
    assert "Your order is tls-1.2, tls-1.1, none" in told
    assert "--map vocabulary/tls=another-name" in told


def test_a_named_set_is_left_as_it_is_or_narrowed() -> None:
    strong = NamedSet(id="sign-in.strong", values=("badge",))
    sign_in = Property(
        id="sign-in", title="In", type="enum", values=("badge", "nothing")
    )
    fit = tried(having(strong, sign_in), SECURITY)
    assert fit.clashes == ()
    assert "sign-in.strong" not in put_in(fit, "sets")
    some = Property(
        id="sign-in", title="In", type="enum", values=("passkey", "nothing")
    )
    narrowed = tried(having(some), SECURITY)
    assert put_in(narrowed, "sets")["sign-in.strong"].values == ("passkey",)
    assert "without company-sign-in, certificate" in narrowed.notes[-1].says
    assert "It has no value" in clashes(tried(having(sign_in), SECURITY))[0]


def test_one_place_called_otherwise_in_two_properties_is_told() -> None:
    here = Property(id="run.region", title="Where", type="enum", values=("europe",))
    name = "data-residency-and-contracts"
    told = {"vocabulary/run.region:eu": "europe"}
    assert (
        "--map vocabulary/region:eu=europe"
        in clashes(tried(having(here), name, told))[0]
    )
    both = {**told, "vocabulary/region:eu": "europe"}
    fit = tried(having(here), name, both)
    assert fit.clashes == ()
    assert put_in(fit, "sets")["regions.eu"].values == ("europe",)


def test_controls_that_the_firm_has_are_named() -> None:
    firm = having(
        Catalogue(id="nist", title="NIST"),
        Principle(id="sc", title="System"),
        Control(id="sc-13", title="Cipher", catalogue="nist", principle="sc"),
    )
    fit = tried(firm, SECURITY)
    assert put_in(fit, "guardrails")["tls-modern"].controls == ("sc-13",)
    before = change(Firm(), tried(Firm(), SECURITY).changes)
    later = tried(change(before, map(put, firm.records())), SECURITY)
    assert put_in(later, "guardrails")["tls-modern"].controls == ("sc-13",)
    assert put_in(later, "guardrails")["tls-modern"].version == 1


def test_a_word_that_the_set_lacks_is_refused() -> None:
    with pytest.raises(UnknownName, match="roles/securty"):
        tried(Firm(), LOW_CODE, {"roles/securty": "guards"})
    with pytest.raises(InputError, match="names no word"):
        read_renames({"security": "guards"})


WORDS = [
    (ready, f"{record.kind}/{record.key}")
    for ready in ready_sets()
    for record in ready.records()
]


@given(st.sampled_from(WORDS))
def test_any_one_word_can_be_called_otherwise(word: tuple[ReadySet, str]) -> None:
    ready, name = word
    told = {name: "of-our-own"}
    fit = fitted(Firm(), renamed(ready, told), told)
    assert fit.clashes == ()
    firm = change(Firm(), fit.changes)
    kind, _, old = name.partition("/")
    assert "of-our-own" in firm.table(kind)
    assert old not in firm.table(kind)
    assert faults(firm) == []
