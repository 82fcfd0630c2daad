"""Which record names which: so that none names what is not there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

import msgspec
from msgspec.structs import fields, replace

from weft.core.entries import Change, put
from weft.core.firm import Firm
from weft.core.records import Record
from weft.core.sources import Path


class Reference(msgspec.Struct, frozen=True):
    """A field of a kind that names records of another: `posts.manager` lies deeper.

    bounds: without the name the record would allow more than it did, as a waiver
    without its asset would cover all; so it goes with what it names.
    """

    kind: str
    field: str
    to: str
    bounds: bool = False


REFERENCES = (
    Reference("skills", "discipline", "disciplines"),
    Reference("units", "parent", "units"),
    Reference("units", "head", "people"),
    Reference("people", "unit", "units"),
    Reference("people", "manager", "people"),
    Reference("people", "partner", "partners", bounds=True),
    Reference("people", "disciplines", "disciplines"),
    Reference("people", "posts.unit", "units"),
    Reference("people", "posts.manager", "people"),
    Reference("claims", "person", "people"),
    Reference("claims", "skill", "skills"),
    Reference("pools", "disciplines", "disciplines"),
    Reference("pools", "skills", "skills"),
    Reference("pools", "lead", "people"),
    Reference("metrics", "mission", "missions"),
    Reference("metrics", "of_unit", "units"),
    Reference("metrics", "against", "metrics"),
    Reference("metrics", "replaced_by", "metrics"),
    Reference("aims", "unit", "units"),
    Reference("aims", "metric", "metrics"),
    Reference("missions", "outcome.metric", "metrics"),
    Reference("missions", "from_units", "units"),
    Reference("mandates", "mission", "missions"),
    Reference("mandates", "business_lead", "people"),
    Reference("mandates", "technology_lead", "people"),
    Reference("mandates", "acts", "acts", bounds=True),
    Reference("agreements", "mission", "missions"),
    Reference("seats", "person", "people"),
    Reference("seats", "mission", "missions"),
    Reference("needs", "mission", "missions"),
    Reference("needs", "skill", "skills"),
    Reference("wishes", "person", "people"),
    Reference("wishes", "likes", "missions"),
    Reference("wishes", "leaves", "missions"),
    Reference("absences", "person", "people"),
    Reference("assets", "mission", "missions"),
    Reference("assets", "unit", "units"),
    Reference("assets", "keepers", "people"),
    Reference("assets", "needs", "skills"),
    Reference("assets", "depends_on", "assets"),
    Reference("assets", "supplier", "partners"),
    Reference("assets", "properties", "vocabulary"),
    Reference("contracts", "partner", "partners"),
    Reference("contracts", "missions", "missions"),
    Reference("experiments", "mission", "missions"),
    Reference("experiments", "metric", "metrics"),
    Reference("experiments", "guard", "metrics"),
    Reference("improvements", "mission", "missions"),
    Reference("improvements", "asset", "assets"),
    Reference("improvements", "metric", "metrics"),
    Reference("improvements", "evidence.experiment", "experiments"),
    Reference("improvements", "evidence.control", "metrics"),
    Reference("blends", "discipline", "disciplines", bounds=True),
    Reference("prices", "platform", "missions"),
    Reference("uses", "platform", "missions"),
    Reference("uses", "mission", "missions"),
    Reference("cost_rules", "mission", "missions", bounds=True),
    Reference("purposes", "mission", "missions"),
    Reference("redundancies", "accepted_by", "roles"),
    Reference("roles", "holders", "people"),
    Reference("acts", "asks", "vocabulary"),
    Reference("vocabulary", "fields", "vocabulary"),
    Reference("principles", "owner", "roles"),
    Reference("adrs", "deciders", "roles"),
    Reference("adrs", "missions", "missions"),
    Reference("adrs", "principles", "principles"),
    Reference("adrs", "superseded_by", "adrs"),
    Reference("controls", "catalogue", "catalogues"),
    Reference("controls", "principle", "principles"),
    Reference("controls", "within", "controls"),
    Reference("guardrails", "controls", "controls"),
    Reference("guardrails", "principle", "principles"),
    Reference("guardrails", "rests_on", "adrs"),
    Reference("guardrails", "owner", "roles"),
    Reference("guardrails", "waiver.approver", "roles"),
    Reference("waivers", "guardrail", "guardrails"),
    Reference("waivers", "mission", "missions"),
    Reference("waivers", "asset", "assets", bounds=True),
    Reference("waivers", "renews", "waivers"),
    Reference("plans", "core.goals.missions", "missions"),
    Reference("plans", "core.goals.objectives.missions", "missions"),
    Reference("challenges", "guardrail", "guardrails"),
    Reference("challenges", "mission", "missions"),
    Reference("challenges", "waivers", "waivers"),
    Reference("funds", "owner", "roles"),
    Reference("forecasts", "mission", "missions"),
    Reference("benefits", "mission", "missions"),
)
"""Every field that names another record. Not among them: who signed, asked,
granted, refused, revoked, objected or answered: it stays true when they have left;
nor what a roll-out, a round or the money of a fund recorded, which does so too."""


def named(record: Any, field: str, at: Path = ()) -> Iterator[tuple[Path, str]]:
    """Give each name in a field of a record, with its path."""
    field, _, deeper = field.partition(".")
    value, path = getattr(record, field), (*at, field)
    if value is None:
        return
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Record):
        yield from named(value, deeper, path)
    else:  # a list of names or records, or a mapping whose keys are names
        for place, each in enumerate(value):
            if isinstance(each, Record):
                yield from named(each, deeper, (*path, place))
            else:
                yield (*path, each if isinstance(value, Mapping) else place), each


def without(firm: Firm, kind: str, keys: Collection[str]) -> list[Change]:
    """Give the changes that take records out, and every mention of them.

    A record that cannot be without the name goes too: the claims and the seats
    of a person, the mandate of a mission, a waiver for one asset.
    """
    changed: dict[tuple[str, str], Change] = {}
    waiting = [(kind, key) for key in keys if key in firm.table(kind)]
    while waiting:
        gone: dict[str, set[str]] = {}
        for each, key in waiting:
            gone.setdefault(each, set()).add(key)
            changed[each, key] = Change(each, key)
        waiting = []
        for reference in REFERENCES:
            if lost := gone.get(reference.to):
                waiting += _released(firm, reference, lost, changed)
    # A table has no order, and the same deed should always be told alike.
    return [changed[place] for place in sorted(changed)]


def _released(
    firm: Firm,
    reference: Reference,
    lost: set[str],
    changed: dict[tuple[str, str], Change],
) -> Iterator[tuple[str, str]]:
    """Note the records of a kind that let go; give those that cannot."""
    kind, field = reference.kind, reference.field
    for key, standing in firm.table(kind).items():
        change = changed.get((kind, key))
        record = change.record if change else standing
        if record is None or not any(n in lost for _, n in named(record, field)):
            continue
        released = _letting_go(record, field, lost.__contains__)
        if released is None or (
            reference.bounds and not any(True for _ in named(released, field))
        ):
            yield kind, key
        else:
            changed[kind, key] = put(released)


def _letting_go(record: Any, field: str, lost: Callable[[str], bool]) -> Any:
    """Give a record without the lost names in a field; None if it needs them."""
    field, _, deeper = field.partition(".")
    value = getattr(record, field)
    left: Any
    if isinstance(value, str):
        if not _may_be_absent(type(record), field):
            return None
        left = None
    elif isinstance(value, Record):
        left = _letting_go(value, deeper, lost)
    elif isinstance(value, Mapping):
        left = {name: v for name, v in value.items() if not lost(name)}
    else:
        left = tuple(
            _letting_go(each, deeper, lost) if isinstance(each, Record) else each
            for each in value
            if isinstance(each, Record) or not lost(each)
        )
    return replace(record, **{field: left})


def _may_be_absent(kind: type[Record], field: str) -> bool:
    """Tell whether a field of a record may be None."""
    return any(f.name == field and f.default is None for f in fields(kind))
