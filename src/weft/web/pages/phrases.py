"""The words for Weft's own short names, where a page shows them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from weft.core.firm import Firm
from weft.core.guardrails import OPERATOR_WORDS
from weft.core.requests import Request
from weft.core.skills import Skill
from weft.web.pages.wording import kind, path_words, told, value_words

_PHASES = {
    "draft": "Draft: not judged yet",
    "trial": "On trial: shown, does not count yet",
    "enforced": "Holds",
    "retired": "Retired",
}
_HARMS = {
    "customers": "customers",
    "employees": "the people who work here",
    "business": "the business as a whole",
}
_LEVELS = {
    1: "has heard of it",
    2: "does it with help",
    3: "works alone",
    4: "others ask",
    5: "teaches it",
}
_EVIDENCE = {
    "self": "their own",
    "lead": "their lead's",
    "work": "seen in their work",
}
_PROPERTIES = {
    "bool": "yes or no",
    "enum": "one of several",
    "rank": "one of several, in order",
    "int": "a whole number",
    "decimal": "a number",
    "money": "an amount of money",
    "date": "a day",
    "text": "words",
    "set": "several of several",
    "list": "a list",
}
_WAIVERS = {
    "asked": "Waiting",
    "live": "Holding now",
    "scheduled": "Beginning later",
    "expired": "Ended",
    "revoked": "Ended early",
    "refused": "Refused",
    "outdated": "For an old version",
    "orphaned": "Without a subject",
    "invalid": "Not valid",
}
_CHALLENGES = {
    "asked": "Waiting",
    "due": "Due soon",
    "lapsed": "Not answered in time",
    "answered": "Answered",
    "withdrawn": "Withdrawn",
}
_ANSWERS = {
    "keep": "kept as it is",
    "change": "changed",
    "try": "tried without its force",
    "retire": "ended",
}
_FATES = {
    "needed": "holds something",
    "idle": "holds nothing",
    "drifted": "holds nothing, as something else offends",
    "asked": "waits for a decision",
    "scheduled": "begins later",
    "outdated": "no longer counts, as it is for an old version",
    "orphaned": "no longer counts, as the guardrail is gone",
    "invalid": "no longer counts, as its terms are not met",
}
_DEEDS = {
    "load": "Loaded a firm folder",
    "import": "Imported a table",
    "log.import": "Imported a log of tickets",
    "set.load": "Took a set of ready-made guardrails",
    "oscal.import": "Brought in a catalogue of controls",
    "ask": "Asked “may we?”",
    "waiver.ask": "Asked for a waiver",
    "waiver.grant": "Granted a waiver",
    "waiver.refuse": "Refused a waiver",
    "waiver.revoke": "Ended a waiver early",
    "challenge.raise": "Objected to a guardrail",
    "challenge.join": "Joined an objection",
    "challenge.answer": "Answered an objection",
    "challenge.withdraw": "Stepped back from an objection",
    "draft.apply": "Applied a draft",
    "mandate.sign": "Signed a mandate",
    "put": "Changed a record",
    "claim.contest": "Put their own word in the place of a claim",
    "claim.share": "Said who may see a claim",
    "drop": "Took a record out",
    "readings": "Brought in readings",
    "past_work": "Brought in past work",
    "observations": "Brought in what trials gave",
    "experiment.start": "Started an experiment",
    "experiment.spend": "Put on record what an experiment cost",
    "experiment.close": "Closed an experiment",
    "outcome.sign": "Signed an outcome",
    "metric.confirm": "Confirmed what a metric tells",
    "erase": "Erased what is personal about somebody",
}
_TABLES = {
    "about": "the firm itself",
    "vocabulary": "properties",
    "sets": "named sets",
}
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight")


def so_many(number: int, table: str) -> str:
    """Write how many records of a table there are: `1 property`, `3 properties`."""
    more = _TABLES.get(table, table)
    one = f"{more[:-3]}y" if more.endswith("ies") else more.removesuffix("s")
    return f"{number:,} {one if number == 1 else more}"


def number_words(number: int) -> str:
    """Write a small number in words, a larger one in digits."""
    return _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"


def lower_first(text: str) -> str:
    """Begin with a small letter, unless the word is written in capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def asked(request: Request, firm: Firm) -> str:
    """Say in a line who asks for what."""
    mission = firm.missions.get(request.mission)
    asset = firm.assets.get(request.asset or "")
    thing = request.title or (asset.title if asset else "")
    who = mission.title if mission else request.mission
    what = act_words(request.act, firm)
    return f"{who}: {what}{f': {thing}' if thing else ''}"


def act_words(act: str, firm: Firm) -> str:
    """Give the title of an act, to stand inside a sentence."""
    known = firm.acts.get(act)
    return lower_first(known.title) if known else act


def camp_of(skill: Skill | None, firm: Firm) -> str:
    """Tell whether a skill is business or technology; empty where that is unknown."""
    known = firm.disciplines.get(skill.discipline) if skill else None
    return known.camp if known else ""


def around(month: str) -> tuple[str, str]:
    """Give the months before and after a month."""
    year, number = int(month[:4]), int(month[5:])
    months = (year * 12 + number - 2, year * 12 + number)
    before, after = (f"{at // 12:04}-{at % 12 + 1:02}" for at in months)
    return before, after


def control_of(path: str) -> str:
    """Give the id of the control that a path in a guardrail leads to."""
    names: list[str] = _STEPS.findall(path)
    if len(names) == 1 or not {"when", "must"}.intersection(names[:1]):
        return f"w-{names[0]}" if names else "rule"
    inside = names[2:4] if len(names) > _OF_A_LEAF else []
    return "-".join([*names[:2], *inside])


def place_words(path: str) -> str:
    """Say which control a path in a guardrail leads to."""
    names: list[str] = _STEPS.findall(path)
    if not names:
        return "The rule"
    if names[0] not in {"when", "must"} or len(names) == 1:
        return _CONTROLS.get(names[0], names[0])
    return f"{_CONTROLS[names[0]]}, condition {int(names[1]) + 1}"


_STEPS = re.compile(r"[^$.\[\]]+")
_OF_A_LEAF = 3
_CONTROLS = {
    "when": "Whom it concerns",
    "must": "What has to hold",
    "id": "Its short name",
    "title": "What it asks",
    "level": "Strength",
    "harm": "Protects",
    "waiver": "Terms of exceptions",
}


def _from(table: Mapping[Any, str]) -> Callable[[Any], str]:
    """Make a filter of a table; a name that is not in it is shown as it is."""
    return lambda name: table.get(name, str(name).replace("-", " ").replace("_", " "))


FILTERS: Mapping[str, Callable[..., Any]] = {
    "kind": kind,
    "phase": _from(_PHASES),
    "harm": _from(_HARMS),
    "level_name": _from(_LEVELS),
    "evidence": _from(_EVIDENCE),
    "operator_words": _from(OPERATOR_WORDS),
    "property_type": _from(_PROPERTIES),
    "waiver_word": _from(_WAIVERS),
    "challenge_word": _from(_CHALLENGES),
    "answer_word": _from(_ANSWERS),
    "fate": _from(_FATES),
    "deed": _from(_DEEDS),
    "table": _from(_TABLES),
    "control": lambda at: at.replace(".", "-"),
    "control_of": control_of,
    "place_words": place_words,
    "so_many": so_many,
    "number_words": number_words,
    "lower_first": lower_first,
    "asked": asked,
    "act_words": act_words,
    "camp_of": camp_of,
    "around": around,
    "path_words": lambda path, firm: path_words(firm, path),
    "value_words": lambda value, firm, name: value_words(firm, name, value),
    "told": lambda text, firm, path: told(firm, path, text),
}
