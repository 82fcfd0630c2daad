"""What in a firm's framework does not fit together, told all at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from weft.core.firm import Firm
from weft.core.guardrails import Guardrail
from weft.core.requests import MANDATE, REQUEST
from weft.core.vocabulary import SPEND, Property
from weft.engines.guardrails.rules.compiled import MOST_GUARDRAILS
from weft.engines.guardrails.rules.fit import fit
from weft.engines.guardrails.rules.kinds import has_currency, reader
from weft.engines.guardrails.rules.tree import Leaf, placed
from weft.engines.guardrails.rules.words import Words
from weft.engines.guardrails.waivers import misfits
from weft.errors import InputError, UnknownName, Where

RESERVED: Final = frozenset({MANDATE, REQUEST})


def problems(firm: Firm) -> tuple[InputError, ...]:
    """Find every guardrail, word, mandate and waiver that does not fit.

    Each names the record as `kind/id`, and the path in it. A guardrail that does not
    fit denies until it is mended, so it is better found here. Those that are retired
    may speak of what is gone. Of waivers, those are told that can never have been
    in order; one that was outlived by its guardrail or its approver is not.
    """
    words = Words(firm.vocabulary, firm.acts)
    found = [*_of_words(firm, words), *_of_mandates(firm, words)]
    judged = [g for g in firm.guardrails.values() if g.phase != "retired"]
    if len(judged) > MOST_GUARDRAILS:
        what = f"There are {len(judged)} guardrails; {MOST_GUARDRAILS} is the most."
        do = "Retire some, or put several into one."
        found.append(InputError(what, do=do, where=Where("guardrails")))
    for guardrail in sorted(judged, key=lambda g: g.id):
        found += _of_guardrail(firm, guardrail, words)
    for key in sorted(firm.waivers):
        waiver = firm.waivers[key]
        of = firm.guardrails.get(waiver.guardrail)
        if of is not None and of.version == waiver.version:
            for why in misfits(waiver, of):
                where = Where(f"waivers/{key}", 0, "$")
                found.append(InputError(why, do="Ask for another.", where=where))
    return tuple(found)


def _of_guardrail(
    firm: Firm, guardrail: Guardrail, words: Words
) -> Iterator[InputError]:
    """Find what is wrong with one guardrail."""
    at = f"guardrails/{guardrail.id}"
    if guardrail.id in RESERVED:
        what = f"The name {guardrail.id} stands for something else in decisions."
        yield InputError(what, do="Give it another.", where=Where(at, 0, "$.id"))
    fitted = fit(guardrail, words, firm.sets)
    yield from fitted.problems
    if fitted.tree is not None:
        for path, leaf in placed(fitted.tree):
            yield from _of_names(firm, leaf, Where(at, 0, f"{path}.{leaf.operator}"))


def _of_names(firm: Firm, leaf: Leaf, at: Where) -> Iterator[InputError]:
    """Find missions and assets that a leaf names and the firm does not have."""
    table = {"mission": "missions", "asset": "assets"}.get(leaf.prop.id)
    if table is None or leaf.operator == "present":
        return
    known = firm.table(table)
    for name in leaf.order:
        if leaf.operator == "starts_with":
            if any(each.startswith(name) for each in known):
                continue
            what = f"No {leaf.prop.id} has a name that begins with {name!r}."
            do = "Begin it as those do that you mean."
            wrong = InputError(what, do=do, where=at)
        elif name in known:
            continue
        else:
            wrong = UnknownName(leaf.prop.id, name, known, at)
        wrong.lacks = table
        yield wrong


def _of_words(firm: Firm, words: Words) -> Iterator[InputError]:
    """Find what is wrong with the vocabulary."""
    for key in sorted(firm.vocabulary):
        prop = firm.vocabulary[key]
        for path, what, do in _of_word(prop, words):
            yield InputError(what, do=do, where=Where(f"vocabulary/{key}", 0, path))


def _of_word(prop: Property, words: Words) -> Iterator[tuple[str, str, str]]:
    """Find what is wrong with one property: the path, what, and what to do."""
    if prop.id in words.given:
        yield "$.id", f"The word {prop.id} is given by Weft.", "Choose another name."
    if prop.type == "money" and not has_currency(prop):
        what = f"The money {prop.id} has no currency."
        yield "$.unit", what, "Give its unit as three capital letters: EUR."
    if prop.id == SPEND and prop.type != "money":
        what = f"{SPEND} is what a mandate limits, and is no money."
        yield "$.type", what, "Make it a money, or choose another name."
    ends = [end for end in (prop.lowest, prop.highest) if end is not None]
    if ends != sorted(ends):
        what = f"The lowest value of {prop.id} is above the highest."
        yield "$.lowest", what, "Give the smaller number first."
    for place, name in enumerate(prop.fields if prop.type == "list" else ()):
        try:
            words.field(prop, name)
        except InputError as problem:
            yield f"$.fields[{place}]", problem.what, problem.do


def _of_mandates(firm: Firm, words: Words) -> Iterator[InputError]:
    """Find limits that no amount of `spend` can be shown to be within."""
    limit = words.given["mandate.limit"]
    for key in sorted(firm.mandates):
        mandate = firm.mandates[key]
        if words.spend and mandate.limit and reader(limit)(mandate.limit) is None:
            yield InputError(
                f"The limit {mandate.limit} cannot be compared with {SPEND}.",
                do=f"Give it in {words.spend.unit}: nothing is converted.",
                where=Where(f"mandates/{key}", 0, "$.limit"),
            )
