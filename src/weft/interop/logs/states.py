"""What the states of a log mean: waiting, held, done; by the words of many trackers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import get_args

from weft.core.work.cases import Holding, Meaning
from weft.errors import InputError
from weft.interop.layouts.words import plain

_WAITS = re.compile(
    r"\b(a?wait\w*|pending|on hold|hold|suspend\w*|block\w*|parked|require"
    r"|wartet|warten|wartend|zuruckgestellt|en attente|attente|espera|en espera"
    r"|aguardando|in attesa)\b"
)
_ASKER = re.compile(
    r"\b(user|users|customer|caller|requester|requestor|client|reporter|end user|asker"
    r"|(user )?info\w*|anwender|kunde|kunden|melder|usuario|cliente|utilisateur"
    r"|demandeur|utente)\b"
)
_PLACING = re.compile(
    r"\b(assign\w*|support|triage|dispatch|pick ?up|queue|agent|implementation"
    r"|zuweisung|bearbeiter)\b"
)
_ELSEWHERE = re.compile(r"\b(ruckfrage|vendor|supplier|lieferant|external)\b")
_NOT_YET = re.compile(r"\bnot (yet )?(done|resolved|solved|closed|fixed)\b")
_CLOSED = re.compile(
    r"\b(closed?|closure|cancel\w*|archiv\w*|invalid|abgeschlossen|geschlossen"
    r"|storniert|ferme|cloture|annule|cerrad\w+|cancelad\w+|chius\w+)\b"
)
_DONE = re.compile(
    r"\b(resolved?|resolution|solved?|fixed|completed?|done|finished|fulfilled"
    r"|delivered|erledigt|gelost|behoben|resolu|termine|resuelt\w+|risolt\w+)\b"
)
_QUEUE = re.compile(
    r"\b(new|open|opened|reopen\w*|registered|register|created?|queued?|assign\w*"
    r"|re ?assign\w*|to ?do|backlog|unassigned|submitted|schedule\w*|logged"
    r"|received|neu|offen|eingang|zugewiesen|nouveau|ouvert|nuevo|abiert\w+"
    r"|asignad\w+|nuov\w+|apert\w+)\b"
)
_HELD = re.compile(
    r"\b(active|accepted|in progress|progress|in process|working|started?|resume"
    r"|take in charge|in charge|update\w*|analy\w+|diagnos\w+|in call|test\w*"
    r"|review\w*|communication|develop\w*|in bearbeitung|bearbeitung|en cours"
    r"|en curso|in corso|in arbeit)\b"
)
_SAME = re.compile(
    r"(un)?(label|assignee note|subscrib|mention|pinn?|lock)(l?ed|ed)?"
    r"|(added|removed) (to|from) (project|milestone).*|(de)?milestoned|renamed"
    r"|(cross )?referenced|comment(ed)?|note|work note|service change"
    r"|(impact|urgency|priority|contact|description|affected ci) (change|update)"
    r"|vendor reference( change)?|quality indicator.*|caused by ci|alert stage \d+"
)
"""Notes of which nobody takes a case up, hands it on or ends it."""
_LIGHT = re.compile(r"\b(update\w*|communication|mail|e mail|call\w*|analysis\w*)\b")
"""Work on a case that does not open it again once it is done."""
_WORDS: Mapping[Holding, re.Pattern[str]] = {
    "closed": _CLOSED,
    "done": _DONE,
    "queue": _QUEUE,
    "held": _HELD,
}
"""The first that fits counts."""
_STEPS: Mapping[str, Holding | None] = {
    "schedule": "queue",
    "assign": "queue",
    "reassign": "queue",
    "start": "held",
    "resume": "held",
    "suspend": "other",
    "complete": None,
    "autoskip": None,
    "manualskip": None,
    "withdraw": None,
    "ate abort": None,
    "pi abort": None,
    "unknown": None,
    "": None,
}
"""The steps that the standard of event logs (IEEE 1849) names."""
HOLDINGS: tuple[Meaning, ...] = (*get_args(Holding), "same")


def by_words(state: str) -> Meaning | None:
    """Tell what a state means by its words; None where they tell nothing."""
    told = plain(state)
    if _SAME.fullmatch(told):
        return "same"
    if _WAITS.search(told):
        if _ASKER.search(told):
            return "asker"
        return "queue" if _PLACING.search(told) else "other"
    if _ELSEWHERE.search(told):
        return "asker" if "ruckfrage" in told else "other"
    if _NOT_YET.search(told):
        return "queue"
    return next((kind for kind, words in _WORDS.items() if words.search(told)), None)


class States:
    """The states of one log: each taken for something once, as said or by its words.

    said: a state of the log, or a state and its step as `Accepted / Wait`, to what it
    means. steps: all steps that occur; those of the standard are read as such.
    """

    def __init__(self, said: Mapping[str, str], steps: frozenset[str]) -> None:
        for state, meant in said.items():
            if meant not in HOLDINGS:
                raise InputError(
                    f"A state cannot mean {meant!r}: {state}.",
                    do=f"Use one of: {', '.join(HOLDINGS)}.",
                )
        self.said = {plain(state): meant for state, meant in said.items()}
        self.unused = dict.fromkeys(said)
        told = {plain(step) for step in steps}
        self.standard = told <= _STEPS.keys()
        self.spans = self.standard and {"start", "complete"} <= told
        self.taken: dict[tuple[str, str], tuple[str, Meaning, bool]] = {}

    def reopens(self, state: str, step: str) -> bool:
        """Tell whether a case that is done comes back with this state.

        Not by a note or a call about it, nor by a word that nobody explained.
        """
        label, meant, sure = self.of(state, step)
        if plain(label) in self.said or plain(state) in self.said:
            return meant != "same"
        return sure and meant != "same" and not _LIGHT.search(plain(label))

    def of(self, state: str, step: str) -> tuple[str, Meaning, bool]:
        """Give how a state is called, what it means, and whether that is sure."""
        found = self.taken.get((state, step))
        if found is None:
            found = self.taken[state, step] = self._of(state, step)
        return found

    def _of(self, state: str, step: str) -> tuple[str, Meaning, bool]:
        """Tell what a state means."""
        hidden = not step or (self.standard and not self.spans)
        label = state if hidden or not state else f"{state} / {step}"
        label = label or step
        for word in (label, state):
            if meant := self.said.get(plain(word)):
                self.unused = {k: v for k, v in self.unused.items() if k != word}
                return label, meant, True  # type: ignore[return-value]
        outer = by_words(state)
        if self.standard:
            inner: Meaning | None = None if hidden else _STEPS[plain(step)]
            if not hidden and inner is None and outer not in {"done", "closed"}:
                return label, "queue", True  # over with this step, waits for the next
            if inner == "held" and outer in {"asker", "other"}:
                inner = outer  # a step that is a wait
        else:
            inner = by_words(step) if step else None
        if outer in {"done", "closed"} and not (self.standard and inner):
            return label, "closed" if inner == "closed" else outer, True
        found = inner or outer
        return label, found or "held", found is not None
