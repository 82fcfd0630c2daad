"""What does not fit together among the guardrails, told to whoever answers for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec
from litestar import get
from litestar.di import NamedDependency

from weft.app.writing.consistency import Flaw, consistency
from weft.core.firm import Firm
from weft.core.guardrails import Guardrail
from weft.web.context import Html, Page
from weft.web.pages.framework.rules import Said, conditions
from weft.web.pages.wording import path_words, title, value_words

_MEANS: Final = {
    "contradiction": (
        "Contradict each other",
        (
            "Where they apply together nothing satisfies them all: whoever comes there"
            " is refused, whatever they choose. One of them has to give way."
        ),
    ),
    "unreachable": (
        "Applies to nothing",
        (
            "Its conditions rule each other out. It protects nobody; it may have been"
            " written in haste."
        ),
    ),
    "misfit": (
        "Does not fit the vocabulary",
        "It cannot be judged, so it refuses everything until it is mended.",
    ),
    "evaded": (
        "Can be evaded by saying nothing",
        (
            "It applies only where a fact is known. Whoever leaves the fact out is not"
            " bound by it."
        ),
    ),
    "implied": (
        "Is needless beside another",
        (
            "Whatever it refuses is refused already. Who needs an exception has to ask"
            " for one more than needed."
        ),
    ),
    "equal": (
        "Is there twice",
        "Both refuse exactly the same. Who needs an exception has to ask for two.",
    ),
    "idle": ("Asks for nothing", "It holds whatever is told, so it changes nothing."),
    "asks-to-know": (
        "Is met by every value",
        (
            "It refuses only what is not known. If that is what it is for, say so in"
            " its title."
        ),
    ),
    "idle-condition": (
        "Has a condition without effect",
        "One of its conditions is the same for every value.",
    ),
    "unused-param": (
        "Has a threshold that nothing reads",
        "Moving it would change nothing.",
    ),
    "unused-set": (
        "A named set that no guardrail names",
        "It can go, or a guardrail was meant to use it.",
    ),
    "unused-member": (
        "Allows what it never lets pass",
        "A set names the value, and other conditions of the guardrail rule it out.",
    ),
    "unsupplied": (
        "Reads what nobody tells",
        "No form asks for it and no asset has it, so it can never be shown to hold.",
    ),
    "ban": (
        "Is a ban",
        (
            "Nothing meets it where it applies. That may be meant; then its title"
            " should say so."
        ),
    ),
    "two-way-param": (
        "Has a threshold that works both ways",
        "Moving it frees some and binds others, so no curve can be drawn.",
    ),
    "unread-property": (
        "Asked or kept, and read by no guardrail",
        "It may serve people. If it does not, nobody needs to be asked for it.",
    ),
}


class Side(msgspec.Struct, frozen=True):
    """A guardrail of a flaw, in words."""

    guardrail: Guardrail
    when: Sequence[Said]
    must: Sequence[Said]


class Shown(msgspec.Struct, frozen=True):
    """A flaw as the page tells it: what it means, about what, and an example."""

    flaw: Flaw
    title: str
    means: str
    about: str
    sides: Sequence[Side]
    example: Sequence[tuple[str, Sequence[str]]]


def shown(firm: Firm, flaws: Sequence[Flaw]) -> Iterator[Shown]:
    """Put flaws into the firm's words."""
    for flaw in flaws:
        name, means = _MEANS[flaw.flaw]
        found = (firm.guardrails[key] for key in flaw.guardrails)
        sides = [
            Side(
                each,
                conditions(firm, each, each.when),
                conditions(firm, each, each.must),
            )
            for each in found
        ]
        yield Shown(flaw, name, means, _about(firm, flaw), sides, _example(firm, flaw))


def _about(firm: Firm, flaw: Flaw) -> str:
    """Say in the firm's words what a flaw is about, beside its guardrails."""
    if flaw.flaw in {"unused-set", "unused-member"}:
        named = firm.sets.get(flaw.about)
        return named.title or flaw.about if named else flaw.about
    if flaw.flaw in {"unread-property", "unsupplied"}:
        whole = flaw.about in firm.vocabulary
        if whole:
            return title(firm, flaw.about)
        for prop in firm.vocabulary.values():
            inside = flaw.about.removeprefix(f"{prop.id}.")
            if inside in prop.fields and inside != flaw.about:
                return f"{prop.title}: {title(firm, inside)}"
    return ""


def _example(firm: Firm, flaw: Flaw) -> list[tuple[str, Sequence[str]]]:
    """Write the facts of an example, each with its title."""
    return [
        (path_words(firm, name), [*_values(firm, name, value)])
        for name, value in flaw.example.items()
    ]


def _values(firm: Firm, name: str, value: Any) -> Iterator[str]:
    """Write a value; of a list each of its elements."""
    if value is None or value == "":
        yield "not known" if value is None else "there, and cannot be read"
    elif isinstance(value, tuple) and any(isinstance(v, Mapping) for v in value):
        yield from (value_words(firm, name, each) or "nothing known" for each in value)
    else:
        yield value_words(firm, name, value)


@get("/guardrails/consistency", sync_to_thread=True, operation="look")
def all_of_it(page: NamedDependency[Page]) -> Html:
    """Show all that does not fit together, what is to be mended first."""
    found = consistency(page.view, page.now)
    flaws = [*shown(page.view.firm, found.flaws)]
    return page.show(
        "consistency.html",
        found=found,
        mend=[each for each in flaws if each.flaw.to_mend],
        look=[each for each in flaws if not each.flaw.to_mend],
    )


HANDLERS = [all_of_it]
