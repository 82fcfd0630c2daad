"""A ready set against a firm: what is added, what the firm has already, what clashes.

Nothing that the firm has is overwritten. What it lacks is added; an act asks for more,
a list has more fields; a named set or a guardrail of the firm's own stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec.structs import replace

from weft.core.entries import Change, put
from weft.core.firm import Firm
from weft.core.guardrails import Clause, Guardrail, Param
from weft.core.records import Record
from weft.core.vocabulary import Act, NamedSet, Property
from weft.errors import InputError, Where
from weft.ready.renaming import Renames, uses
from weft.ready.texts import ReadySet
from weft.ready.walking import MANY, constants, named_set, rewritten
from weft.ready.walking import with_constant as compared

_CHOSEN = frozenset({"enum", "rank", "set"})
_FREE = ("phase", "starts", "binds", "ends", "version", "controls", "rests_on")
"""What of a guardrail a firm settles for itself, so that it is still the same one."""


class Note(Record, frozen=True, kw_only=True):
    """A record of the set that is not simply added: which one, and what is done."""

    table: str
    key: str
    says: str


class Clash(msgspec.Struct, frozen=True):
    """What stands against a set, and the word that a firm may settle it by.

    word: what to name otherwise, such as `vocabulary/data.class:personal`; choices:
    the firm's own words, one of which may mean the same.
    """

    error: InputError
    word: str
    choices: tuple[str, ...] = ()


class Fit(msgspec.Struct, frozen=True):
    """What loading a set would change in a firm, and what stands against it."""

    ready: ReadySet
    changes: tuple[Change, ...]
    notes: tuple[Note, ...]
    clashes: tuple[Clash, ...]


def fitted(firm: Firm, ready: ReadySet, renames: Renames) -> Fit:
    """Fit a set, its words renamed already, to a firm.

    renames: a value that is renamed to itself is one that the firm is to learn.
    """
    fitting = _Fitting(firm, ready, renames)
    fitting.everything()
    return Fit(
        ready,
        tuple(fitting.changes),
        tuple(fitting.notes),
        tuple(fitting.clashes),
    )


class _Fitting:
    """One set while it is fitted to a firm."""

    def __init__(self, firm: Firm, ready: ReadySet, renames: Renames) -> None:
        self.firm, self.ready, self.renames = firm, ready, renames
        self.changes: list[Change] = []
        self.notes: list[Note] = []
        self.clashes: list[Clash] = []
        self.known: dict[str, Property] = {}

    def everything(self) -> None:
        """Go through the set in the order in which its records build on another."""
        for record in (*self.ready.roles, *self.ready.principles):
            if record.key not in self.firm.table(record.kind):
                self.changes.append(put(record))
        for act in self.ready.acts:
            self.act(act)
        for prop in self.ready.vocabulary:
            self.property(prop)
        for named in self.ready.sets:
            self.set(named)
        for guardrail in self.ready.guardrails:
            self.guardrail(guardrail)

    def act(self, act: Act) -> None:
        """Add an act, or let the firm's own ask for more."""
        held = self.firm.acts.get(act.id)
        more = [each for each in act.asks if held and each not in held.asks]
        if held is None:
            self.changes.append(put(act))
        elif more:
            self.changes.append(put(replace(held, asks=(*held.asks, *more))))
            self.note(held, f"asks for more: {', '.join(more)}")

    def property(self, prop: Property) -> None:
        """Add a property, or use the firm's own where it can be used."""
        held = self.firm.vocabulary.get(prop.id)
        if held is None or held.type != prop.type:
            self.known[prop.id] = prop
            if held is None:
                self.changes.append(put(prop))
            else:
                self.clash(
                    prop.id,
                    f"Yours is of type {held.type}, that of the set of type "
                    f"{prop.type}.",
                    f"Keep both: --map vocabulary/{prop.id}=another-name.",
                )
            return
        self.order(prop, held)
        fields = [f for f in prop.fields if f not in held.fields]
        learnt = [v for v in prop.values if self.is_learnt(prop, held, v)]
        changed = replace(
            held,
            fields=(*held.fields, *fields),
            values=(*held.values, *learnt),
            labels={**held.labels, **{v: prop.labels.get(v, v) for v in learnt}},
        )
        self.known[prop.id] = changed
        if fields or learnt:
            self.changes.append(put(changed))
            self.note(held, f"gets: {', '.join((*fields, *learnt))}")

    def is_learnt(self, prop: Property, held: Property, value: str) -> bool:
        """Tell whether the firm was told to take a value into a property of its own."""
        told = self.renames.get(f"vocabulary/{prop.id}:{value}") == value
        if told and value not in held.values and held.type == "rank":
            self.clash(
                prop.id,
                f"Where {value} stands among {', '.join(held.values)} is not known.",
                f"Put it into its place first: weft put vocabulary {prop.id}.",
            )
        return told and value not in held.values and held.type != "rank"

    def set(self, named: NamedSet) -> None:
        """Add a named set, without what the firm cannot say; or leave its own."""
        held = self.firm.sets.get(named.id)
        if held is not None:
            if held != named:
                self.note(held, "stays as it is")
            return
        among = [self.known[p] for p in uses(self.ready, named.id) if p in self.known]
        values = tuple(v for v in named.values if all(_has(p, v) for p in among))
        if not values:
            self.apart(named, among)
        self.left_out(named.kind, named.id, named.values, values)
        self.changes.append(put(replace(named, values=values)))

    def apart(self, named: NamedSet, among: list[Property]) -> None:
        """Tell of a named set no value of which all its properties can have."""
        for prop in among:
            if not any(_has(prop, value) for value in named.values):
                self.lacking(prop, named.values[0])
                return
        new = [p for p in among if p.id not in self.firm.vocabulary] or among
        prop = new[-1]
        word = next(str(v) for v in named.values if _has(prop, v))
        other = next(str(v) for v in named.values if not _has(prop, v))
        names = ", ".join(dict.fromkeys(p.id for p in among))
        self.clash(
            prop.id,
            f"{named.id} is compared with {names}, which do not call it alike: "
            f"{word} here is {other} there.",
            f"Call it the same: --map vocabulary/{prop.id}:{word}={other}.",
            (f"vocabulary/{prop.id}:{word}", (other,)),
        )

    def guardrail(self, guardrail: Guardrail) -> None:
        """Add a guardrail; where the firm has one of this name, that stays."""
        controls = self.ready.controls.get(guardrail.id, ())
        known = tuple(c for c in controls if c in self.firm.controls)
        wanted = replace(self.narrowed(guardrail), controls=known)
        held = self.firm.guardrails.get(guardrail.id)
        if held is None:
            self.changes.append(put(wanted))
            return
        more = tuple(c for c in known if c not in held.controls)
        if more:
            self.changes.append(put(replace(held, controls=(*held.controls, *more))))
            self.note(held, f"works towards {', '.join(more)}")
        if any(getattr(held, f) != getattr(wanted, f) for f in _fixed()):
            name = f"--map guardrails/{held.id}=another-name"
            self.note(held, f"is yours and stays as it is; to have both: {name}")

    def narrowed(self, guardrail: Guardrail) -> Guardrail:
        """Leave out of lists what the firm's own properties cannot be."""
        return rewritten(
            guardrail, lambda leaf: self.leaf(guardrail, leaf), lambda name: name
        )

    def leaf(self, guardrail: Guardrail, leaf: Clause) -> Clause:
        """Check one leaf against the property that it reads."""
        prop = self.known.get(str(leaf.path))
        if prop is None or prop.type not in _CHOSEN or named_set(leaf):
            return leaf
        told = constants(guardrail, leaf)
        if leaf.operator == "present" or all(_has(prop, each) for each in told):
            return leaf
        left = tuple(each for each in told if _has(prop, each))
        if leaf.operator not in MANY or not left or isinstance(leaf.constant, Param):
            self.lacking(prop, next(each for each in told if each not in left))
            return leaf
        self.left_out("guardrails", guardrail.id, told, left)
        return compared(leaf, left)

    def order(self, prop: Property, held: Property) -> None:
        """Tell of a rank whose values stand in another order than in the set."""
        here = [v for v in held.values if v in prop.values]
        if prop.type == "rank" and here != [v for v in prop.values if v in here]:
            self.clash(
                prop.id,
                f"Your order is {', '.join(here)}, that of the set is another.",
                f"Keep both: --map vocabulary/{prop.id}=another-name.",
            )

    def lacking(self, prop: Property, value: Any) -> None:
        """Tell of a value that the set needs and the firm's property does not have."""
        word = f"vocabulary/{prop.id}:{value}"
        also = f", take it in: --map {word}={value}" if prop.type != "rank" else ""
        new = () if prop.type == "rank" else (str(value),)
        self.clash(
            prop.id,
            f"It has no value {value!r}; yours are {', '.join(prop.values)}.",
            f"Say which of yours it is: --map {word}=YOURS{also}, or keep both "
            f"apart: --map vocabulary/{prop.id}=another-name.",
            (word, (*prop.values, *new)),
        )

    def clash(
        self,
        prop: str,
        what: str,
        do: str,
        settled_by: tuple[str, tuple[str, ...]] | None = None,
    ) -> None:
        """Tell of a clash, once."""
        where = Where(f"vocabulary/{prop}")
        told = (what, where)
        if all((c.error.what, c.error.where) != told for c in self.clashes):
            word, choices = settled_by or (f"vocabulary/{prop}", ())
            error = InputError(what, do=do, where=where)
            self.clashes.append(Clash(error, word, choices))

    def note(self, held: Record, says: str) -> None:
        """Tell what becomes of a record that the firm has."""
        self.notes.append(Note(table=held.kind, key=held.key, says=says))

    def left_out(
        self, table: str, key: str, told: tuple[Any, ...], left: tuple[Any, ...]
    ) -> None:
        """Tell which values are left out, as nothing in this firm can have them."""
        gone = ", ".join(str(each) for each in told if each not in left)
        if gone and left:
            says = f"without {gone}, which your vocabulary does not know"
            self.notes.append(Note(table=table, key=key, says=says))


def _has(prop: Property, value: Any) -> bool:
    """Tell whether a property can have a value."""
    return prop.type not in _CHOSEN or value in prop.values


def _fixed() -> Iterator[str]:
    """Name the fields by which two guardrails are told apart."""
    return (f for f in Guardrail.__struct_fields__ if f not in _FREE)
