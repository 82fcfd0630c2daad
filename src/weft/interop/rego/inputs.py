"""Facts as the `input` document of a module in Rego."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from weft.engines.guardrails.rules.kinds import normal


def plain_input(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Give facts as JSON holds them: by their name, without those that are missing.

    Texts are in Unicode's normal form C, as Rego compares them as they are.
    """
    return {name: _plain(told) for name, told in facts.items() if told is not None}


def write_input(facts: Mapping[str, Any]) -> str:
    """Write facts as JSON, for an engine."""
    return json.dumps(plain_input(facts), ensure_ascii=False)


def _plain(told: Any) -> Any:
    """Give a value as JSON holds it."""
    if isinstance(told, str):
        return normal(told)
    if isinstance(told, Mapping):
        return {name: _plain(each) for name, each in told.items()}
    if isinstance(told, tuple | list):
        return [_plain(each) for each in told]
    return told
