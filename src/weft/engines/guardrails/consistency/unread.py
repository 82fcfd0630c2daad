"""Words that no guardrail reads, sets that none names, facts that nobody supplies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from weft.core.firm import Firm
from weft.core.guardrails import Clause, Guardrail
from weft.core.vocabulary import SPEND
from weft.engines.guardrails.consistency.flaws import Flaw
from weft.engines.guardrails.consistency.saying import named
from weft.engines.guardrails.consistency.space import Says, Space
from weft.engines.guardrails.rules.tree import Leaf, Quantified, all_leaves
from weft.engines.guardrails.rules.words import Words, word_of


def unread(
    firm: Firm, of: Sequence[Says], guardrails: Iterable[Guardrail]
) -> Iterator[Flaw]:
    """Find what the firm has words for and no guardrail speaks about."""
    yield from _properties(firm, of)
    named_sets = {name for each in guardrails for name in _sets(each)}
    for key in sorted(firm.sets):
        if key not in named_sets:
            what = f"No guardrail names the set @{key}."
            yield Flaw(flaw="unused-set", about=key, what=what)


def members(space: Space, says: Says) -> Iterator[Flaw]:
    """Find members of a set that a guardrail allows and rules out all the same."""
    guardrail = says.guardrail
    for clause, branch in zip(guardrail.must, says.tree.must, strict=True):
        name = _set_of(clause)
        if name is None or not isinstance(branch, Leaf) or branch.operator != "in":
            continue
        at = word_of(space.words.slots, branch.slot), -1, -1
        field = space.world.fields[at]
        for value in branch.order:
            cell = next((lit for c, lit in field.kinds if field.has(c, value)), None)
            if cell is not None and not space.possible([says], says.met, cell):
                what = (
                    f"{named(guardrail)} allows {value} by the set @{name}, and never"
                    " lets it pass: its other conditions rule it out."
                )
                ids = (guardrail.id,)
                yield Flaw(flaw="unused-member", guardrails=ids, about=name, what=what)


def unsupplied(firm: Firm, words: Words, of: Sequence[Says]) -> Iterator[Flaw]:
    """Find guardrails that read what no act asks for and no asset tells."""
    supplied = {name for act in firm.acts.values() for name in act.asks}
    supplied |= words.given.keys()
    for asset in firm.assets.values():
        supplied |= asset.properties.keys()
    for says in of:
        for name in sorted(_tops(says) - supplied):
            what = (
                f"{named(says.guardrail)} reads {name}, which no act asks for and no"
                " asset tells: it can never be proved."
            )
            ids = (says.guardrail.id,)
            yield Flaw(flaw="unsupplied", guardrails=ids, about=name, what=what)


def _tops(says: Says) -> set[str]:
    """Name the words that a guardrail reads: of what is in a list, the list."""
    lists = (*says.tree.when, *says.tree.must)
    names = {branch.prop.id for branch in lists if isinstance(branch, Quantified)}
    return names | {x.prop.id for x in all_leaves(says.tree) if not x.within}


def _properties(firm: Firm, of: Sequence[Says]) -> Iterator[Flaw]:
    """Find properties, and fields of lists, that no guardrail reads."""
    read = {SPEND} | {name for says in of for name in _tops(says)}
    inside = {
        (leaf.within, leaf.prop.id)
        for says in of
        for leaf in all_leaves(says.tree)
        if leaf.within
    }
    fields = {name for prop in firm.vocabulary.values() for name in prop.fields}
    for key in sorted(firm.vocabulary):
        prop = firm.vocabulary[key]
        asking = [act.id for act in firm.acts.values() if key in act.asks]
        if key not in read and (key not in fields or asking):
            asked = f", though {', '.join(sorted(asking))} asks for it" * bool(asking)
            what = f"No guardrail reads {key}{asked}."
            yield Flaw(flaw="unread-property", about=key, what=what)
        for name in prop.fields if key in read else ():
            if (key, name) not in inside:
                what = f"No guardrail reads {name} of the elements of {key}."
                yield Flaw(flaw="unread-property", about=f"{key}.{name}", what=what)


def _set_of(clause: Clause) -> str | None:
    """Name the set that a leaf compares with."""
    told = clause.constant if isinstance(clause.path, str) else None
    named_one = isinstance(told, str) and told.startswith("@")
    return str(told)[1:] if named_one else None


def _sets(guardrail: Guardrail) -> Iterator[str]:
    """Name the sets that a guardrail compares with."""
    for clause in (*guardrail.when, *guardrail.must):
        for each in (clause, *(clause.any or ()), *clause.where, *clause.must):
            if (name := _set_of(each)) is not None:
                yield name
