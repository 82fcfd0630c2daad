"""What the controls bring, put into the plain data of a guardrail's text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any, Final

from weft.core.firm import Firm
from weft.core.guardrails import QUANTIFIERS, Guardrail
from weft.core.scalars import slug
from weft.core.vocabulary import Property
from weft.engines.guardrails import FITTING, MANY, words_of
from weft.web.pages.framework.writing.controls import text_of

Told = Mapping[str, Sequence[str]]
FIELDS: Final = (
    *("id", "title", "level", "phase", "harm", "principle", "owner"),
    *("reason", "remedy", "duty", "starts", "binds", "ends"),
)
TERMS: Final = ("max_days", "approver")
_NEW: Final = {"path": ""}


def plain_of(firm: Firm, told: Told, before: Mapping[str, Any]) -> dict[str, Any]:
    """Give the data that controls say; what has no control stays as it was before."""
    reading = _Reading(firm, told)
    found = dict(before)
    for name in FIELDS:
        if name in told:
            found[name] = told[name][-1].strip().replace("\r\n", "\n")
    if "phase" not in before and found.get("phase") == "enforced":
        del found["phase"]  # it is so without being said
    if not found.get("id"):
        found["id"] = slug(str(found.get("title", "")))
    for word in ("when", "must"):
        found[word] = _as_before(reading.clauses(word), before.get(word))
    limits = _as_before(reading.params, before.get("params"))
    found["params"] = {**_mapping(before, "params"), **limits}
    used = str([found["when"], found["must"]])
    found["params"] = {
        name: value
        for name, value in found["params"].items()
        if f"'param': {name!r}" in used
    }
    if any(name in told for name in TERMS):
        found["waiver"] = {**_mapping(before, "waiver"), **reading.terms()}
    order = {name: place for place, name in enumerate(Guardrail.__struct_fields__)}
    kept = {
        name: value
        for name, value in found.items()
        if value not in ("", None, [], {})
        or name in {"title", "must"}
        or (name in before and before[name] == value)
    }
    return dict(sorted(kept.items(), key=lambda each: order.get(each[0], len(order))))


def changed(plain: dict[str, Any], deed: str) -> None:
    """Add a condition or take one away: `add:when`, `add:must.0.where`, `drop:when.1`.

    A place that is not there is left alone: the page was of another text.
    """
    verb, _, place = deed.partition(":")
    form = ""
    if verb == "add":
        place, _, form = place.partition("/")
    *way, last = place.split(".")
    here: Any = plain
    for step in way:
        here = _inside(here, step)
    if verb == "add" and isinstance(here, dict):
        here.setdefault(last, []).append(_new(form))
    elif verb == "drop" and isinstance(here, list) and last.isdecimal():
        del here[int(last) : int(last) + 1]


def _new(form: str) -> dict[str, Any]:
    """Give a condition in which nothing is chosen yet."""
    if form == "any":
        return {"any": [dict(_NEW), dict(_NEW)]}
    if form in QUANTIFIERS:
        return {form: "", "must": [dict(_NEW)]}
    return dict(_NEW)


def _inside(here: Any, step: str) -> Any:
    if isinstance(here, dict):
        return here.get(step)
    there = isinstance(here, list) and step.isdecimal() and int(step) < len(here)
    return here[int(step)] if there else None


def _as_before(new: Any, old: Any) -> Any:
    """Give new data as the old has it, where that says the same.

    A page has a box for each value, in an order of its own; and money that is a whole
    number may be written with quotes or without.
    """
    if isinstance(new, dict) and isinstance(old, dict):
        return {key: _as_before(value, old.get(key)) for key, value in new.items()}
    if not isinstance(new, list) or not isinstance(old, list):
        return old if text_of(new) == text_of(old) != "" else new
    if any(isinstance(each, dict) for each in new):
        pairs = zip_longest(new, old[: len(new)])
        return [_as_before(*pair) for pair in pairs]
    return [*(each for each in old if each in new), *(n for n in new if n not in old)]


def _mapping(plain: Mapping[str, Any], name: str) -> dict[str, Any]:
    found = plain.get(name)
    return found if isinstance(found, dict) else {}


class _Reading:
    """Controls while they are read; params: the limits that were given a name."""

    def __init__(self, firm: Firm, told: Told) -> None:
        self.words, self.told = words_of(firm), told
        self.params: dict[str, Any] = {}

    def one(self, name: str) -> str:
        """Give the text of a control."""
        return self.told.get(name, ("",))[-1].strip()

    def terms(self) -> dict[str, Any]:
        """Give the terms of exceptions."""
        days, approver = self.one("max_days"), self.one("approver")
        whole = int(days) if days.isascii() and days.isdecimal() else days
        return {
            **({"max_days": whole} if days else {}),
            **({"approver": approver} if approver else {}),
        }

    def clauses(self, word: str) -> list[dict[str, Any]]:
        """Give the conditions of `when` or of `must`."""
        return [self.clause(f"{word}.{n}") for n in self.numbers(word)]

    def numbers(self, place: str) -> list[int]:
        """Give which conditions have controls, in their order."""
        starts = (n[len(place) + 1 :] for n in self.told if n.startswith(f"{place}."))
        firsts = {start.partition(".")[0] for start in starts}
        return sorted(int(n) for n in firsts if n.isascii() and n.isdecimal())

    def clause(self, at: str) -> dict[str, Any]:
        """Give one condition."""
        form = self.one(f"{at}.form")
        if form == "any":
            return {"any": self.leaves(f"{at}.any")}
        if form not in QUANTIFIERS:
            return self.leaf(at)
        where = self.leaves(f"{at}.where")
        return {
            form: self.one(f"{at}.list"),
            **({"where": where} if where else {}),
            "must": self.leaves(f"{at}.must"),
        }

    def leaves(self, place: str) -> list[dict[str, Any]]:
        """Give the leaves inside a condition."""
        return [self.leaf(f"{place}.{n}") for n in self.numbers(place)]

    def leaf(self, at: str) -> dict[str, Any]:
        """Give one leaf; where its word was changed, with an operator that fits."""
        name = self.one(f"{at}.path")
        prop = self.words.get(name)
        if prop is None:
            return {"path": name}
        fitting = FITTING[prop.type]
        operator = self.one(f"{at}.operator")
        operator = operator if operator in fitting else fitting[0]
        return {"path": name, operator: self.constant(prop, operator, at)}

    def constant(self, prop: Property, operator: str, at: str) -> Any:
        """Give the constant of a leaf."""
        texts = [text.strip() for text in self.told.get(f"{at}.value", ())]
        if operator == "present":
            return True
        if operator in MANY:
            if chosen := self.one(f"{at}.set"):
                return chosen
            if prop.type == "text":
                texts = [part.strip() for text in texts for part in text.split(",")]
            return [typed(prop, text) for text in texts if text]
        first = typed(prop, texts[0] if texts else "")
        if operator == "between":
            return [first, typed(prop, self.one(f"{at}.to"))]
        if param := slug(self.one(f"{at}.param")):
            self.params[param] = first
            return {"param": param}
        return first


def typed(prop: Property, text: str) -> Any:
    """Turn a text into a value as a guardrail has it, where it can be."""
    if prop.type == "bool" and text in {"true", "false"}:
        return text == "true"
    digits = text.removeprefix("-")
    whole = prop.type in {"int", "money"} and digits.isascii() and digits.isdecimal()
    return int(text) if whole and len(digits) <= _MOST_DIGITS else text


_MOST_DIGITS: Final = 18
