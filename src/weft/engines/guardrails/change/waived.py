"""The values that live waivers name: a change to one of them can turn a no too."""

from __future__ import annotations

import re
from typing import Any

from weft.engines.guardrails.judging import Case, subject_waivers
from weft.engines.guardrails.rules.board import Field
from weft.engines.guardrails.rules.rule import Rule
from weft.engines.guardrails.rules.wording import typed_of
from weft.engines.guardrails.waivers import items_of, waived, waiver_state

_INSIDE = re.compile(r"^(.+)\[\d+\]\.(.+)$")


def waived_values(case: Case) -> tuple[dict[Field, list[Any]], frozenset[int]]:
    """Give the values by field, and the rules that such waivers are about."""
    values: dict[Field, list[Any]] = {}
    watchful = set()
    for guardrail in _exempted(case):
        rule = case.rules.by_id.get(guardrail)
        if rule is None or not rule.blocks:
            continue
        for waiver in subject_waivers(case, rule.guardrail.id):
            if waiver_state(case.firm, waiver, case.at).state != "live":
                continue
            watchful.add(id(rule))
            for cover in waiver.covers:
                _note(case, rule, cover.path, cover.value, values)
    return values, frozenset(watchful)


def _exempted(case: Case) -> set[str]:
    """Name the guardrails from which something could exempt the subject."""
    mission, asset = case.facts.get("mission"), case.facts.get("asset")
    items = items_of(case.firm, mission, asset)
    return {*waived(case.firm, mission), *(item.guardrail for item in items)}


def _note(
    case: Case,
    rule: Rule,
    path: str,
    value: str | None,
    values: dict[Field, list[Any]],
) -> None:
    """Note one value that a waiver names, if it is one that the field can have."""
    inside = _INSIDE.match(path)
    names = inside.groups() if inside else (path, "")
    for field in case.rules.board.fields[id(rule)]:
        slot = case.rules.words.slots[field[0]]
        prop = slot.prop if field[1] < 0 else slot.fields[field[1]].prop
        here = (slot.prop.id, prop.id if field[1] >= 0 else "")
        typed = typed_of(prop, value) if here == names and value else None
        if typed is not None:
            values.setdefault(field, []).append(typed)
