"""Firms, rules and requests to judge, and a second judge written another way.

The second judge follows the definition word by word and shares no code with the
engine: truths are the letters T, U and F, and no fast path is taken anywhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from immutables import Map

from weft.core.firm import Firm
from weft.core.guardrails import Guardrail
from weft.core.missions import Mission
from weft.core.records import Record, read
from weft.core.requests import Request
from weft.core.roles import Role
from weft.core.vocabulary import Act, Property

AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def prop(name: str, kind: str, **more: Any) -> Property:
    """Make a property of the vocabulary."""
    return read(Property, {"id": name, "title": name.title(), "type": kind, **more})


def guardrail(name: str, must: Any, when: Any = (), **more: Any) -> Guardrail:
    """Make a guardrail of level must, unless more is said."""
    plain: dict[str, Any] = {"id": name, "title": f"Title of {name}"}
    plain |= {
        "level": "must",
        "principle": "p",
        "owner": "stewards",
        "must": list(must),
    }
    if more.get("level") == "veto":
        plain["harm"] = "customers"
    return read(Guardrail, {**plain, "when": list(when), **more})


def table(records: Iterable[Record]) -> Map[str, Any]:
    """Make a table of a firm."""
    return Map({record.key: record for record in records})


def firm(
    vocabulary: Iterable[Property],
    guardrails: Iterable[Guardrail],
    *more: Record,
    seq: int = 7,
) -> Firm:
    """Make a firm with two missions, some acts and roles, and what else is given."""
    tables: dict[str, list[Record]] = {}
    plain = (
        *(Mission(id="payments", title="Payments"), Mission(id="cards", title="Cards")),
        *(Act(id=name, title=name.title()) for name in ("deploy", "adopt")),
        Role(id="stewards", title="Stewards", holders=("ada", "bo")),
        Role(id="security", title="Security", holders=("cy", "di")),
    )
    for record in (*plain, *vocabulary, *guardrails, *more):
        tables.setdefault(record.kind, []).append(record)
    known: dict[str, Any] = {kind: table(found) for kind, found in tables.items()}
    return Firm(seq=seq, **known)


def request(properties: Mapping[str, Any] | None = None, **more: Any) -> Request:
    """Make a request of the mission payments to deploy something."""
    plain = {"mission": "payments", "act": "deploy", "properties": properties or {}}
    return read(Request, {**plain, **more})


# The second judge.

ORDER = "FUT"


def least(truths: Iterable[str]) -> str:
    """AND."""
    return min(truths, key=ORDER.index, default="T")


def most(truths: Iterable[str]) -> str:
    """OR."""
    return max(truths, key=ORDER.index, default="F")


def opposite(truth: str) -> str:
    """NOT."""
    return {"T": "F", "F": "T", "U": "U"}[truth]


def known(word: Property, raw: Any) -> Any:
    """Give a value in a form that can be compared; None if it does not fit."""
    read: dict[str, Callable[[], Any]] = {
        "bool": lambda: raw if isinstance(raw, bool) else None,
        "enum": lambda: raw if one_of(word, raw) else None,
        "rank": lambda: word.values.index(raw) if one_of(word, raw) else None,
        "text": lambda: text(raw),
        "set": lambda: members(word, raw),
        "date": lambda: day(raw),
        "list": lambda: raw if isinstance(raw, (tuple, list)) else None,
    }
    return read.get(word.type, lambda: number(word, raw))()


def one_of(word: Property, raw: Any) -> bool:
    """Tell whether a value is one of those that the property lists."""
    return isinstance(raw, str) and raw in word.values


def text(raw: Any) -> str | None:
    """Give a text in its normal form, unless it is blank."""
    fits = isinstance(raw, str) and raw.strip() != ""
    return unicodedata.normalize("NFC", raw) if fits else None


def members(word: Property, raw: Any) -> list[str] | None:
    """Give the members of a set."""
    fits = isinstance(raw, (tuple, list)) and all(one_of(word, m) for m in raw)
    return sorted(set(raw)) if fits else None


def day(raw: Any) -> date | None:
    """Give a day."""
    if not isinstance(raw, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", raw):
        return None
    try:
        return date(*map(int, raw.split("-")))
    except ValueError:
        return None


def number(word: Property, raw: Any) -> Decimal | None:
    """Give a number; of money only in the one currency."""
    kinds: Any = int if word.type == "int" else (int, str)
    told = str(raw)
    if word.type == "money" and isinstance(raw, str):
        told = told.removesuffix(f" {word.unit}")
    number_like = re.fullmatch(r"-?\d+(\.\d+)?", told)
    if isinstance(raw, bool) or not isinstance(raw, kinds) or not number_like:
        return None
    money = 0 if word.unit == "JPY" else 2
    value = Decimal(told)
    if value != round(value, {"int": 0, "money": money}.get(word.type, word.places)):
        return None
    low = word.lowest is None or value >= word.lowest
    return value if low and (word.highest is None or value <= word.highest) else None


def judged_leaf(world: Firm, rule: Guardrail, clause: Any, fields: Any) -> str:
    """Judge one leaf."""
    word = world.vocabulary[clause.path]
    raw = fields.get(clause.path) if isinstance(fields, Mapping) else ...
    value = None if raw is ... else known(word, raw)
    operator, constant = clause.operator, clause.constant
    if operator == "present":
        return "T" if value is not None else ("F" if raw is None else "U")
    if value is None:
        return "U"
    if hasattr(constant, "param"):
        constant = rule.params[constant.param]
    if isinstance(constant, str) and constant.startswith("@"):
        constant = world.sets[constant[1:]].values
    constants = constant if isinstance(constant, tuple) else [constant]
    told = [c if word.type == "set" else known(word, c) for c in constants]
    return "T" if compare(operator, value, told) else "F"


def compare(operator: str, value: Any, told: list[Any]) -> bool:
    """Compare a value with a constant, or several."""
    one = told[0]
    judge: dict[str, Callable[[], Any]] = {
        "is": lambda: value == one,
        "is_not": lambda: value != one,
        "in": lambda: any(value == each for each in told),
        "not_in": lambda: all(value != each for each in told),
        "below": lambda: value < one,
        "at_most": lambda: value <= one,
        "at_least": lambda: value >= one,
        "above": lambda: value > one,
        "between": lambda: one <= value <= told[1],
        "starts_with": lambda: value[: len(one)] == one,
        "has": lambda: one in value,
        "has_not": lambda: one not in value,
        "within": lambda: all(member in told for member in value),
        "has_any": lambda: any(member in told for member in value),
        "has_none": lambda: not any(member in told for member in value),
    }
    return bool(judge[operator]())


def judged_clause(world: Firm, rule: Guardrail, clause: Any, facts: Any) -> str:
    """Judge one clause."""
    if isinstance(clause.path, str):
        return judged_leaf(world, rule, clause, facts)
    if isinstance(clause.any, tuple):
        return most(judged_leaf(world, rule, leaf, facts) for leaf in clause.any)
    forms = ("every", "none", "some")
    name = next(form for form in forms if isinstance(getattr(clause, form), str))
    elements = facts.get(getattr(clause, name))
    if not isinstance(elements, (tuple, list)):
        return "U"
    each = []
    for element in elements:
        where = least(judged_leaf(world, rule, c, element) for c in clause.where)
        must = least(judged_leaf(world, rule, c, element) for c in clause.must)
        each.append((where, must))
    if name == "every":
        return least(most([opposite(where), must]) for where, must in each)
    if name == "none":
        return least(opposite(least(pair)) for pair in each)
    return most(least(pair) for pair in each)


def naive(world: Firm, rule: Guardrail, facts: Mapping[str, Any]) -> tuple[str, str]:
    """Judge `when` and `must` of a guardrail."""
    return (
        least(judged_clause(world, rule, clause, facts) for clause in rule.when),
        least(judged_clause(world, rule, clause, facts) for clause in rule.must),
    )


def state(when: str, must: str) -> str:
    """Give the state that the table of the definition has for the two truths."""
    if when == "F" or must == "T":
        return "holds"
    return "broken" if (when, must) == ("T", "F") else "unproven"
