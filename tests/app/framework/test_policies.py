"""Policies of others: what they say is a fact, and what they do not say is none."""

from __future__ import annotations

import pytest
from tests.app.conftest import ANNA, ERIK, NOW, OWNER

from weft.app import records
from weft.app.framework import policies
from weft.app.framework.policies import Policy, Ruled
from weft.app.views import look
from weft.core.entries import put
from weft.core.firm import change
from weft.core.roles import Actor
from weft.core.vocabulary import Property
from weft.errors import Forbidden, InputError, Malformed, UnknownName
from weft.store.desk import Desk

HEAD = "package firm\nimport rego.v1\n"
GOOD = f'{HEAD}ok := true if input.asset == "ledger"\nelse := "odd" if input.asset\n'


@pytest.fixture
def asked(desk: Desk) -> Desk:
    """Give the small firm with a property for what a policy says."""
    word = Property(id="opa.ok", title="Policy says ok", type="bool", role="given")
    records.write(desk, OWNER, [put(word)], name="put", at=NOW)
    return desk


def ask(desk: Desk, text: str, actor: Actor = ERIK) -> Ruled:
    """Ask a policy, and keep what it says."""
    policy, view = (
        Policy(text=text, ask="firm/ok", property="opa.ok"),
        look(desk, actor),
    )
    found = policies.rulings(desk, view, policy, NOW)
    return policies.keep(desk, view, policy, found, at=NOW)


def kept(desk: Desk) -> dict[str, object]:
    """Give what is on record of each asset."""
    assets = desk.firm().assets
    return {key: assets[key].properties.get("opa.ok") for key in sorted(assets)}


def test_what_a_policy_says_is_kept_as_a_fact_and_what_it_does_not_is_not(
    asked: Desk,
) -> None:
    ruled = ask(asked, GOOD)
    assert kept(asked) == {"ledger": True, "vault": None}
    assert ruled.rulings[1].why == '"odd" is no value of opa.ok'
    assert ask(asked, GOOD).entry is None  # it is so already


def test_what_it_no_longer_says_is_taken_out(asked: Desk) -> None:
    ask(asked, f"{HEAD}ok := true")
    assert kept(asked) == {"ledger": True, "vault": True}
    ruled = ask(asked, f'{HEAD}ok := false if input.asset == "ledger"')
    assert kept(asked) == {"ledger": False, "vault": None}
    assert ruled.rulings[1].why == "it says nothing of this"


def test_one_that_cannot_be_read_changes_nothing(asked: Desk) -> None:
    ask(asked, f"{HEAD}ok := true")
    seq = asked.firm().seq
    with pytest.raises(Malformed):
        ask(asked, f"{HEAD}ok := := true")
    assert asked.firm().seq == seq


def test_only_who_administers_the_firm_may_ask(asked: Desk) -> None:
    with pytest.raises(Forbidden):
        ask(asked, GOOD, ANNA)


def test_the_property_has_to_be_one_that_can_take_it(asked: Desk) -> None:
    policy, view = Policy(text=GOOD, ask="firm/ok", property="opa.k"), look(asked, ERIK)
    with pytest.raises(UnknownName):
        next(policies.rulings(asked, view, policy, NOW))


def test_a_module_is_read_back_as_the_guardrails_it_was_written_from(
    quick: Desk,
) -> None:
    view = look(quick, OWNER)
    module = policies.module(view, NOW)
    assert policies.read_module(view, module) == tuple(
        view.firm.guardrails[key] for key in sorted(view.firm.guardrails)
    )
    taken = policies.take_in(quick, view, module, at=NOW)
    assert (taken.guardrails, taken.changed, taken.entry) == (2, (), None)


def test_one_changed_by_hand_is_refused_at_its_line(quick: Desk) -> None:
    view = look(quick, OWNER)
    lines = policies.module(view, NOW).split("\n")
    place = next(n for n, line in enumerate(lines) if '"eu"' in line and "same" in line)
    lines[place] = lines[place].replace('"eu"', '"us"')
    with pytest.raises(InputError) as wrong:
        policies.read_module(view, "\n".join(lines))
    assert wrong.value.where.line == place + 1
    with pytest.raises(Malformed):
        policies.read_module(view, "package firm")


def test_one_for_another_vocabulary_is_refused(quick: Desk) -> None:
    module = policies.module(look(quick, OWNER), NOW)
    region = Property(id="region", title="Region", type="enum", values=("eu", "moon"))
    other = look(quick, OWNER)
    records.write(quick, OWNER, [put(region)], name="put", at=NOW)
    assert change(other.firm, [put(region)]).vocabulary["region"] == region
    with pytest.raises(InputError):
        policies.read_module(look(quick, OWNER), module)
