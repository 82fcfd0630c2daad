"""One guardrail, ready to judge by.

A fault never lets anything pass: a guardrail that does not fit the vocabulary, or
whose code fails, does not hold, with the fault as its reason.
"""

from __future__ import annotations

from collections.abc import Mapping

from weft.core.guardrails import Guardrail
from weft.core.vocabulary import NamedSet
from weft.engines.guardrails.rules.code import Code, Offence, Question, Row, about
from weft.engines.guardrails.rules.fit import Fitted, fit
from weft.engines.guardrails.rules.tree import slots
from weft.engines.guardrails.rules.wording import line
from weft.engines.guardrails.rules.words import Words
from weft.errors import InputError


class Rule:
    """A guardrail and the code that judges by it alone, generated when needed.

    tree: none where it does not fit, and `error` says why; it then never holds.
    blocks: it turns an answer into a no where it does not hold. reads: the slots
    that it reads.
    """

    def __init__(self, guardrail: Guardrail, fitted: Fitted) -> None:
        """Take a guardrail as it was fitted."""
        self.guardrail, self.tree = guardrail, fitted.tree
        problems = fitted.problems
        self.error = line(str(problems[0]), 380) if problems else ""
        self.reads = slots(fitted.tree) if fitted.tree else frozenset[int]()
        enforced = guardrail.phase == "enforced"
        self.blocks = enforced and guardrail.level != "advise"
        self._code: dict[Question, Code] = {}

    def code(self, question: Question) -> Code:
        """Give the code that answers a question about it; one that fits has it."""
        if question not in self._code:
            if self.tree is None:
                raise InputError(self.error, do="Mend the guardrail.")
            self._code[question] = about(self.tree, question)
        return self._code[question]

    def holds(self, row: Row) -> bool:
        """Tell whether it surely holds; a fault means that it does not."""
        return self.judged(row)[0]

    def judged(self, row: Row) -> tuple[bool, str]:
        """Tell whether it surely holds, and which fault there was, if any."""
        try:
            return self.code("holds").call(row), ""
        except Exception as error:  # noqa: BLE001 # a fault is a no, on record
            return False, self.error or f"{type(error).__name__} while judging."

    def spares(self, row: Row) -> bool:
        """Tell whether it surely does not apply; a fault means that it may."""
        try:
            return bool(self.code("spared").call(row))
        except Exception:  # noqa: BLE001 # a duty told for nothing does no harm
            return False

    def is_broken(self, row: Row) -> bool:
        """Tell whether it surely applies and is surely not met."""
        return bool(self.code("broken").call(row))

    def why(self, row: Row) -> list[Offence]:
        """Give the leaves that offend, once it is known not to hold."""
        found: list[Offence] = self.code("why").call(row)
        return found


def rule_of(guardrail: Guardrail, words: Words, sets: Mapping[str, NamedSet]) -> Rule:
    """Make a rule of a guardrail; whatever goes wrong is a fault of this one alone."""
    try:
        return Rule(guardrail, fit(guardrail, words, sets))
    except Exception as error:  # noqa: BLE001 # a fault is a no, and spares no other
        fault = InputError(f"{type(error).__name__} while reading it.", do="Mend it.")
        return Rule(guardrail, Fitted(None, (fault,)))
