"""The two sides that are compared: a guardrail as it is, and as it would be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from weft.core.assets import Asset
from weft.core.entries import put
from weft.core.firm import Firm, change
from weft.core.guardrails import Guardrail
from weft.core.requests import Finding, Stand, State
from weft.engines.guardrails.blast.uses import Uses
from weft.engines.guardrails.curve.catalogue import Catalogue
from weft.engines.guardrails.curve.critical import breaking, holding
from weft.engines.guardrails.facts import standing_facts
from weft.engines.guardrails.judging import Case, subject_waivers, unwaived, waived
from weft.engines.guardrails.rules.compiled import Facts, Rules
from weft.engines.guardrails.rules.framework import rests_of
from weft.engines.guardrails.rules.levels import is_in_force, rest_on
from weft.engines.guardrails.rules.rule import Rule, rule_of
from weft.engines.guardrails.rules.words import Words
from weft.engines.guardrails.waivers import instant

JUDGED: Final = ("level", "when", "must", "params", "harm")
"""What of a guardrail decides how it judges: changed, it needs a new version."""


def judges_alike(one: Guardrail, other: Guardrail) -> bool:
    """Tell whether two versions of a guardrail judge in the same way."""
    return all(getattr(one, field) == getattr(other, field) for field in JUDGED)


def as_tried(firm: Firm, draft: Guardrail) -> Guardrail:
    """Give a drafted guardrail as it would be once it holds.

    One that is still called a draft is tried as if it were enforced.
    """
    if draft.phase == "draft":
        draft = replace(draft, phase="enforced")
    return numbered(firm, draft)


def numbered(firm: Firm, draft: Guardrail) -> Guardrail:
    """Give a guardrail under a version that is not behind: the next if it is another.

    A waiver is for one version, so it does not go on for a rule that nobody waived.
    """
    held = firm.guardrails.get(draft.id)
    if held is None or draft.version > held.version:
        return draft
    version = held.version + (not judges_alike(held, draft))
    return draft if draft.version == version else replace(draft, version=version)


def first_instant(firm: Firm, draft: Guardrail, at: datetime) -> datetime:
    """Give the instant to try it for: now, or the day from which it binds.

    Of one that only begins to be judged later, or to bind, nobody wants to know that
    it does nothing yet.
    """
    days = [day for day in (draft.starts, draft.binds) if day is not None]
    starts = [datetime.combine(day, time(), UTC) for day in days]
    return max(instant(firm, at), *starts) if starts else instant(firm, at)


class Everywhere(msgspec.Struct, frozen=True):
    """How a guardrail stands to each asset of a catalogue, by number, without waivers.

    otherwise: what it is where it does not hold. open: the state of what is not
    surely broken.
    """

    holds: list[bool]
    broken: list[bool]
    otherwise: Stand
    open: State

    def stand(self, number: int) -> Stand:
        """Tell how it stands to an asset."""
        return "holds" if self.holds[number] else self.otherwise

    def state(self, number: int) -> State:
        """Tell in what state an asset is."""
        if self.holds[number]:
            return "holds"
        return "broken" if self.broken[number] else self.open


class Side:
    """The guardrail on one of the two sides, and what its waivers do there.

    rule: nothing where it is not in force there.
    """

    def __init__(self, firm: Firm, rule: Rule | None, now: datetime) -> None:
        """Take the firm of this side."""
        self.firm, self.rule, self.now = firm, rule, now
        self.uses = Uses(firm, now)

    def stand(self, rules: Rules, facts: Facts) -> tuple[Stand, Finding | None]:
        """Tell how it stands to some facts; and why, where that was looked into.

        Each waiver about them is noted as needed or not. Where there is none, and
        where it blocks nothing, the reasons are left to whoever asks for them.
        """
        rule = self.rule
        if rule is None or rule.holds(facts):
            return "holds", None
        if not rule.blocks:
            return "told", None
        case = Case(self.firm, self.now, rules, facts)
        found = subject_waivers(case, rule.guardrail.id)
        if not found:
            return "breaks", None
        told = unwaived(case, rule, facts)
        if told.state == "error":
            return "breaks", told
        whole = waived(case, told, found)
        for each in found:
            fewer = [other for other in found if other is not each]
            self.uses.note(each, whole, waived(case, told, fewer))
        return ("breaks" if whole.blocks else "waived"), whole

    def everywhere(self, catalogue: Catalogue) -> Everywhere:
        """Judge all assets at once, whatever waivers there are."""
        size = len(catalogue.assets)
        if self.rule is None:
            return Everywhere([True] * size, [False] * size, "holds", "holds")
        otherwise: Stand = "breaks" if self.rule.blocks else "told"
        if self.rule.tree is None:
            return Everywhere([False] * size, [False] * size, otherwise, "error")
        holds = holding(catalogue, self.rule.tree).tolist()
        broken = breaking(catalogue, self.rule.tree).tolist()
        return Everywhere(holds, broken, otherwise, "unproven")

    def state(self, facts: Facts) -> State:
        """Tell whether it is broken, or not proved, where it does not hold."""
        if self.rule is None or self.rule.tree is None:
            return "error" if self.rule else "holds"
        try:
            return "broken" if self.rule.is_broken(facts) else "unproven"
        except Exception:  # noqa: BLE001 # a fault is told, and is a no
            return "error"

    def why(self, rules: Rules, facts: Facts) -> Finding | None:
        """Give the reasons why it does not hold, whatever waivers there are."""
        if self.rule is None:
            return None
        return unwaived(Case(self.firm, self.now, rules, facts), self.rule, facts)


class Sides:
    """Both sides, and the facts that both are judged by.

    rules: the two versions of the guardrail alone, so that facts have a place for
    each word that one of them reads.
    """

    def __init__(self, firm: Firm, draft: Guardrail, now: datetime) -> None:
        """Put the draft in its place, on the second side."""
        changed = change(firm, [put(draft)])
        held = firm.guardrails.get(draft.id)
        versions = [each for each in (held, draft) if each is not None]
        words = Words(firm.vocabulary, firm.acts)
        self.firm, self.now, self.held = firm, now, held
        self.rules = Rules(words, firm.sets, versions, now.date())
        by_version = {id(rule.guardrail): rule for rule in self.rules.all}
        self.before = Side(firm, self._in_force(by_version, held), now)
        self.after = Side(changed, self._in_force(by_version, draft), now)

    def _in_force(
        self, rules: Mapping[int, Rule], guardrail: Guardrail | None
    ) -> Rule | None:
        """Give the rule of a version, if it is judged by at this instant.

        What is held may only advise for an objection. What is drafted is tried as if
        every objection were answered: whom it would bind is what its owner asks.
        """
        if guardrail is None or not is_in_force(guardrail, self.now.date()):
            return None
        day, among = self.now.date(), rests_of(self.firm)
        if guardrail is self.held and rest_on(guardrail, day, among):
            words = Words(self.firm.vocabulary, self.firm.acts)
            return rule_of(guardrail, words, self.firm.sets, day, among)
        return rules[id(guardrail)]

    def standing(self, asset: Asset) -> dict[str, Any]:
        """Give the facts of an asset as it stands."""
        return standing_facts(self.firm, asset, self.rules)
