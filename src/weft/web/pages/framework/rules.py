"""A guardrail's conditions as sentences, in the firm's own words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import UNSET

from weft.core.firm import Firm
from weft.core.guardrails import Clause, Guardrail, Param
from weft.core.vocabulary import Scalar
from weft.web.pages.wording import title, value_words

_SAYS = {
    "is": "is “{}”",
    "is_not": "is not “{}”",
    "in": "is one of: {}",
    "not_in": "is none of: {}",
    "below": "is below {}",
    "at_most": "is at most {}",
    "at_least": "is at least {}",
    "above": "is above {}",
    "between": "is between {}",
    "starts_with": "begins with “{}”",
    "has": "includes “{}”",
    "has_not": "does not include “{}”",
    "within": "has nothing but: {}",
    "has_any": "includes one of: {}",
    "has_none": "includes none of: {}",
    "present": "is known",
}


class Said(msgspec.Struct, frozen=True):
    """A condition in words: of what it speaks and what it says of it.

    lead: for a group, how its inner conditions belong together.
    """

    what: str = ""
    says: str = ""
    lead: str = ""
    inner: tuple[Said, ...] = ()


def conditions(
    firm: Firm, guardrail: Guardrail, clauses: tuple[Clause, ...]
) -> list[Said]:
    """Give the conditions of a guardrail in words."""
    return [_said(firm, guardrail.params, clause) for clause in clauses]


def _said(firm: Firm, params: Mapping[str, Scalar], clause: Clause) -> Said:
    """Put one condition into words."""
    if clause.path is not UNSET:
        value = _constant(firm, params, clause, clause.path)
        says = _SAYS[clause.operator].format(value)
        return Said(what=title(firm, clause.path), says=says)
    if clause.any is not UNSET:
        inner = tuple(_said(firm, params, each) for each in clause.any)
        return Said(lead="At least one of these holds:", inner=inner)
    return Said(
        lead=_lead(firm, params, clause),
        inner=tuple(_said(firm, params, each) for each in clause.must),
    )


def _lead(firm: Firm, params: Mapping[str, Scalar], clause: Clause) -> str:
    """Say of which elements of a list a condition speaks."""
    for form, words in (
        (clause.every, "For each of “{}”{}:"),
        (clause.none, "None of “{}”{} is such that:"),
        (clause.some, "At least one of “{}”{} is such that:"),
    ):
        if form is not UNSET:
            narrowed = [_said(firm, params, each) for each in clause.where]
            where = " and ".join(f"{s.what.lower()} {s.says}" for s in narrowed)
            return words.format(title(firm, form), f" where {where}" if where else "")
    raise AssertionError("a clause has one of its forms")


def _constant(
    firm: Firm, params: Mapping[str, Scalar], clause: Clause, path: str
) -> str:
    """Write what a leaf compares with: thresholds and named sets looked up."""
    constant: Any = clause.constant
    if isinstance(constant, Param):
        constant = params.get(constant.param, constant.param)
    if isinstance(constant, str) and constant.startswith("@"):
        named = firm.sets.get(constant[1:])
        constant = named.values if named else constant
    if clause.operator == "between" and isinstance(constant, tuple):
        ends = (value_words(firm, path, each) for each in constant)
        return " and ".join(ends)
    if isinstance(constant, tuple):
        return "; ".join(value_words(firm, path, each) for each in constant)
    return value_words(firm, path, constant)
