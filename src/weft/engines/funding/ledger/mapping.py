"""Cloud charges told apart by mission: by tags, sub-account or rule of the firm.

Tags come dirty: keys with blanks around them, one key twice with different values, text
that is no JSON. What is not plain is never guessed at: such a charge stays unmapped and
says why.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Literal

import msgspec

from weft.core.money.mapping import CostRule
from weft.core.money.postings import UNMAPPED

Why = Literal["no rule", "no tags", "tags unreadable", "tags clash", "no such mission"]


class Looks(msgspec.Struct, frozen=True):
    """What a charge looks like, as far as rules can tell: charges alike go together."""

    provider: str = ""
    service: str = ""
    sub_account: str = ""
    tags: str = ""


class Mapped(msgspec.Struct, frozen=True):
    """Whose a charge is: the mission and the rule that says so, or why nobody's."""

    mission: str
    rule: str = ""
    why: Why | Literal[""] = ""


class Tags(msgspec.Struct, frozen=True):
    """The tags of a charge, cleaned. clash: keys that came twice and disagree.

    twice: whether any key came twice at all.
    """

    values: Mapping[str, str]
    clash: frozenset[str] = frozenset()
    twice: bool = False
    readable: bool = True


def clean(text: str) -> Tags:
    """Read tags as people meant them: blanks trimmed, empty values left out.

    A key that is there twice once it is trimmed counts if both say the same.
    """
    if not text.strip():
        return Tags({})
    try:
        plain: Any = msgspec.json.decode(text)
    except msgspec.DecodeError:
        plain = None
    if not isinstance(plain, dict):
        return Tags({}, readable=False)
    found: dict[str, str] = {}
    clash: set[str] = set()
    twice = False
    for key, value in plain.items():
        name, said = key.strip().casefold(), _said(value)
        if not said:
            continue
        twice = twice or name in found
        if found.setdefault(name, said).casefold() != said.casefold():
            clash.add(name)
    return Tags(found, frozenset(clash), twice)


def _said(value: object) -> str:
    """Give what a tag says; what only stands for nothing says nothing."""
    text = value if isinstance(value, str) else str(value)
    words = [word.strip() for word in text.split(",")]
    return (
        "" if all(w.casefold() in {"", "null", "none"} for w in words) else text.strip()
    )


class Mapper:
    """The rules of a firm, ready to tell whose charges are.

    missions: the ids there are; a rule that leads elsewhere maps nothing.
    """

    def __init__(self, rules: Iterable[CostRule], missions: Collection[str]) -> None:
        ranked = sorted(rules, key=lambda rule: (rule.rank, rule.id))
        self._rules = [(rule, _folded(rule)) for rule in ranked]
        self._missions = {mission.casefold(): mission for mission in missions}

    @property
    def told_by(self) -> frozenset[str]:
        """Give the fields of Looks that any rule asks for; tags in any case."""
        pairs = zip(*(wanted[:3] for _, wanted in self._rules), strict=True)
        names = ("provider", "service", "sub_account")
        used = {name for name, all_ in zip(names, pairs, strict=False) if any(all_)}
        return frozenset({*used, "tags"})

    def map(self, looks: Looks) -> Mapped:
        """Tell whose a charge is."""
        tags = clean(looks.tags)
        stopped: Why | None = None
        for rule, wanted in self._rules:
            if not _fits(wanted, looks):
                continue
            tag = wanted[3]
            if tag in tags.clash:
                stopped = stopped or "tags clash"
                continue
            said = tags.values.get(tag, "")
            if tag and (not said or (wanted[4] and wanted[4] != said.casefold())):
                continue
            named = rule.mission or ("" if wanted[4] else said.casefold())
            mission = self._missions.get(named.casefold())
            if mission:
                return Mapped(mission, rule.id)
            stopped = stopped or "no such mission"
        return Mapped(UNMAPPED, why=stopped or _no_rule(tags))


def _no_rule(tags: Tags) -> Why:
    if not tags.readable:
        return "tags unreadable"
    return "no rule" if tags.values else "no tags"


def _folded(rule: CostRule) -> tuple[str, str, str, str, str]:
    """Give what a rule wants, with letters and blanks that do not count folded."""
    wanted = (rule.provider, rule.service, rule.sub_account, rule.tag, rule.value)
    provider, service, account, tag, value = (w.strip().casefold() for w in wanted)
    return provider, service, account, tag, value


def _fits(wanted: tuple[str, str, str, str, str], looks: Looks) -> bool:
    """Tell whether a charge is one of those that a rule is about, tags apart."""
    has = (looks.provider, looks.service, looks.sub_account)
    pairs = zip(wanted[:3], has, strict=True)
    return all(not want or want == each.strip().casefold() for want, each in pairs)
