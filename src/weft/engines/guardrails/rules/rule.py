"""One guardrail, ready to judge by.

A fault never lets anything pass: a guardrail that does not fit the vocabulary, or
whose code fails, does not hold, with the fault as its reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from weft.core.guardrails import Guardrail
from weft.core.requests import Reason
from weft.core.vocabulary import NamedSet
from weft.engines.guardrails.rules.code import Code, Question, about
from weft.engines.guardrails.rules.fit import Fitted, fit
from weft.engines.guardrails.rules.levels import Rest, level_on, rest_on
from weft.engines.guardrails.rules.tree import slots
from weft.engines.guardrails.rules.unreadable import cleaned
from weft.engines.guardrails.rules.wording import line
from weft.engines.guardrails.rules.words import Slot, Words
from weft.errors import InputError

Facts = Mapping[str, Any]


class Rule:
    """A guardrail and the code that judges by it alone, generated when needed.

    tree: none where it does not fit, and `error` says why; it then never holds.
    level: the one that counts on the day; its own where no day is given. rest: what
    takes its force from it then, where an objection does. blocks: it turns an answer
    into a no where it does not hold. is_duty: it brings a duty where it holds. reads:
    the slots that it reads.
    """

    def __init__(
        self,
        guardrail: Guardrail,
        fitted: Fitted,
        words: Sequence[Slot],
        day: date | None = None,
        among: Sequence[Rest] = (),
    ) -> None:
        """Take a guardrail as it was fitted to some words, and counts on a day."""
        self.guardrail, self.tree, self.words = guardrail, fitted.tree, words
        problems = fitted.problems
        self.error = line(str(problems[0]), 380) if problems else ""
        self.reads = slots(fitted.tree) if fitted.tree else frozenset[int]()
        enforced = guardrail.phase == "enforced"
        self.rest = rest_on(guardrail, day, among) if day else None
        self.level = level_on(guardrail, day, among) if day else guardrail.level
        self.blocks = enforced and self.level != "advise"
        self.is_duty = enforced and bool(guardrail.duty)
        self._code: dict[Question, Code] = {}

    def code(self, question: Question) -> Code:
        """Give the code that answers a question about it; one that fits has it."""
        if question not in self._code:
            if self.tree is None:
                raise InputError(self.error, do="Mend the guardrail.")
            self._code[question] = about(self.words, self.tree, question)
        return self._code[question]

    def ask(self, question: Question, facts: Facts) -> Any:
        """Answer a question; raise whatever fault there is.

        What cannot even be compared is an error in Python: it is then made unknown.
        """
        code = self._code.get(question) or self.code(question)
        try:
            return code.call(facts)
        except Exception:  # noqa: BLE001 # if it was not the facts, it raises again
            return code.call(cleaned(facts, self.words))

    def holds(self, facts: Facts) -> bool:
        """Tell whether it surely holds; a fault means that it does not."""
        try:
            return bool(self.ask("holds", facts))
        except Exception:  # noqa: BLE001 # a fault is a no
            return False

    def fault(self, facts: Facts) -> str:
        """Say which fault there is in judging by it, if any."""
        try:
            self.ask("holds", facts)
        except Exception as error:  # noqa: BLE001 # it is told, on record
            return self.error or f"{type(error).__name__} while judging."
        return ""

    def spares(self, facts: Facts) -> bool:
        """Tell whether it surely does not apply; a fault means that it may."""
        try:
            return bool(self.ask("spared", facts))
        except Exception:  # noqa: BLE001 # a duty told for nothing does no harm
            return False

    def is_broken(self, facts: Facts) -> bool:
        """Tell whether it surely applies and is surely not met."""
        return bool(self.ask("broken", facts))

    def why(self, facts: Facts) -> list[Reason]:
        """Give the reasons, leaf by leaf, once it is known not to hold."""
        found: list[Reason] = self.ask("why", facts)
        return found


def rule_of(
    guardrail: Guardrail,
    words: Words,
    sets: Mapping[str, NamedSet],
    day: date | None = None,
    among: Sequence[Rest] = (),
) -> Rule:
    """Make a rule of a guardrail; whatever goes wrong is a fault of this one alone."""
    try:
        return Rule(guardrail, fit(guardrail, words, sets), words.slots, day, among)
    except Exception as error:  # noqa: BLE001 # a fault is a no, and spares no other
        fault = InputError(f"{type(error).__name__} while reading it.", do="Mend it.")
        return Rule(guardrail, Fitted(None, (fault,)), words.slots, day, among)
