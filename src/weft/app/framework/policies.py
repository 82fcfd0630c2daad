"""Guardrails for engines of others, and what policies of others say of our assets.

None of it is in the path of an Answer. What a policy says becomes a property of the
asset, a fact like any other, and guardrails read it there; what it does not say in
time is taken out, so that no old yes stays behind.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import zip_longest
from typing import Annotated, Any, cast

from immutables import Map
from msgspec import Meta
from msgspec.structs import replace

from weft.app import records
from weft.app.permissions import permit
from weft.app.views import View
from weft.core.assets import Asset
from weft.core.entries import put
from weft.core.guardrails import Guardrail
from weft.core.records import Record, read_json
from weft.core.scalars import Line, Name
from weft.core.vocabulary import Property, Value
from weft.engines.guardrails import instant, is_value, rules_on, standing_facts
from weft.errors import InputError, Malformed, UnknownName, Where
from weft.interop.rego.engine import Limits, Told, ask_policy
from weft.interop.rego.inputs import plain_input, write_input
from weft.interop.rego.writing import HEADER, write_rego, written_in
from weft.store.desk import Desk

LIMITS = Limits()


class Policy(Record, frozen=True, kw_only=True):
    """A policy in Rego, the rule of it to ask for, and the property that takes it.

    ask: the path of the rule, such as `firm/allow`. property: one of the vocabulary,
    of which the value of the rule is to be a value.
    """

    text: Annotated[str, Meta(max_length=500_000)]
    ask: Line
    property: Name


class Ruling(Record, frozen=True, kw_only=True):
    """What a policy says of an asset. why: where nothing is known, the reason."""

    asset: Name
    before: Value | None = None
    value: Value | None = None
    why: str = ""


class Ruled(Record, frozen=True, kw_only=True):
    """What a policy says of all assets.

    entry: the number of the entry that put it on record; nothing where none was.
    """

    property: Name
    rulings: tuple[Ruling, ...]
    entry: int | None = None


class Module(Record, frozen=True, kw_only=True):
    """A module in Rego that Weft has written."""

    text: Annotated[str, Meta(max_length=1_000_000)]


class Taken(Record, frozen=True, kw_only=True):
    """How many guardrails a module holds, and which of them change.

    entry: the number of the entry it became; nothing where nothing was written.
    """

    guardrails: int
    changed: tuple[Name, ...]
    entry: int | None = None


def module(view: View, at: datetime) -> str:
    """Write the guardrails in force, as a module in Rego."""
    day = instant(view.firm, at).date()
    return write_rego(rules_on(view.firm, day), view.firm.title, day)


def read_module(view: View, text: str) -> tuple[Guardrail, ...]:
    """Give the guardrails that a module was written from.

    Raises InputError where its Rego says something else than they do: it was changed
    by hand, or is for another vocabulary than the firm's.
    """
    day, told = written_in(text)
    found = tuple(read_json(Guardrail, raw, f"module:{line}") for line, raw in told)
    alone = replace(view.firm, guardrails=Map({each.id: each for each in found}))
    again = write_rego(rules_on(alone, day), "", day).split("\n")
    for number, (line, wanted) in enumerate(zip_longest(text.split("\n"), again), 1):
        if line != wanted and number > HEADER:
            raise Malformed(
                "This line is not what the guardrails in this module say.",
                do="Change the guardrails and write the module anew; or ask for it as "
                "a policy, which may say anything.",
                where=Where("module", number),
            )
    return found


def take_in(
    desk: Desk,
    view: View,
    text: str,
    *,
    at: datetime,
    dry_run: bool = False,
    key: str = "",
) -> Taken:
    """Put the guardrails of a module that Weft wrote in their place, as one deed."""
    found = read_module(view, text)
    changes = records.effective(view.firm, map(put, found))
    taken = Taken(guardrails=len(found), changed=tuple(c.key for c in changes))
    entry = records.load(desk, view, changes, at=at, dry_run=dry_run, key=key)
    return replace(taken, entry=entry)


def document(view: View, asset: str, at: datetime) -> dict[str, Any]:
    """Give what such a module is to be given as `input` for an asset as it stands."""
    found = cast("Asset", records.record(view, "assets", asset))
    rules = rules_on(view.firm, instant(view.firm, at).date())
    return plain_input(standing_facts(view.firm, found, rules))


def rulings(desk: Desk, view: View, policy: Policy, at: datetime) -> Iterator[Ruling]:
    """Ask a policy about every asset, in the order of their ids.

    Raises InputError where the policy cannot be read; what it cannot say of an asset
    is a ruling without a value.
    """
    permit(desk.firm(), view.actor, "policy")
    prop = _property(view, policy)
    rules = rules_on(view.firm, instant(view.firm, at).date())
    assets = [view.firm.assets[key] for key in sorted(view.firm.assets)]
    documents = [write_input(standing_facts(view.firm, a, rules)) for a in assets]
    told = ask_policy(policy.text, policy.ask, documents, LIMITS)
    for asset, each in zip(assets, told, strict=True):
        yield _ruling(asset, prop, each)


def keep(
    desk: Desk,
    view: View,
    policy: Policy,
    found: Iterable[Ruling],
    *,
    at: datetime,
    key: str = "",
) -> Ruled:
    """Put on record what a policy said of the assets, as one deed."""
    told = tuple(found)
    changes = [
        put(_with(view.firm.assets[ruling.asset], policy.property, ruling.value))
        for ruling in told
        if ruling.value != ruling.before
    ]
    if not changes:
        return Ruled(property=policy.property, rulings=told)
    entry = records.write(
        desk,
        view.actor,
        changes,
        name="policy",
        at=at,
        seen=view.firm.seq,
        key=key,
        note=f"{policy.ask} as {policy.property}",
    )
    return Ruled(property=policy.property, rulings=told, entry=entry.seq)


def _property(view: View, policy: Policy) -> Property:
    """Find the property that takes what a policy says."""
    where = Where("policy", 0, "$.property")
    found = view.firm.vocabulary.get(policy.property)
    if found is None:
        raise UnknownName("property", policy.property, view.firm.vocabulary, where)
    if found.type == "list":
        raise InputError(
            f"{found.id} is a list, and a policy gives one value.",
            do="Name a property of another type, such as a bool.",
            where=where,
        )
    return found


def _ruling(asset: Asset, prop: Property, told: Told) -> Ruling:
    """Take what a policy says of an asset, if it is a value of the property."""
    before = asset.properties.get(prop.id)
    value = tuple(told.value) if isinstance(told.value, list) else told.value
    if told.why or not is_value(prop, value):
        why = told.why or f"{json.dumps(told.value)[:80]} is no value of {prop.id}"
        return Ruling(asset=asset.id, before=before, why=why)
    return Ruling(asset=asset.id, before=before, value=value)


def _with(asset: Asset, name: str, value: Any) -> Asset:
    """Give an asset with a value of a property, or without any."""
    rest = {key: each for key, each in asset.properties.items() if key != name}
    return replace(asset, properties=rest if value is None else {**rest, name: value})
