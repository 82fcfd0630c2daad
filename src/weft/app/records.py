"""Records one by one: looked up, put in their place, taken out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from weft.app.knowing.skills import canonical
from weft.app.permissions import outside, permit, permit_change
from weft.app.views import View, whole
from weft.core.checks import Touched, check, touched_by
from weft.core.entries import Change, Deed, Entry
from weft.core.firm import KINDS, Firm, change
from weft.core.framework.adrs import ADR, rewritten
from weft.core.guardrails import Guardrail
from weft.core.outcomes.experiment import SET_BEFORE, Experiment
from weft.core.records import Record
from weft.core.roles import Actor
from weft.engines.guardrails import grown, judges_alike
from weft.engines.guardrails import problems as guardrail_problems
from weft.engines.guardrails.effect import ineffective, unheld
from weft.engines.guardrails.grounds import doubts
from weft.errors import InputError, NotFound, Problems, Where
from weft.store.desk import Desk

_SAID: Final = {
    "baselines": "A baseline stays as it was frozen: see `weft baseline`.",
    "decision-records": "Did you mean adrs?",
    "properties": "Did you mean vocabulary?",
    "decisions": "See the decision on a request by `weft answer NUMBER`.",
    "requests": "See a request and its decision by `weft answer NUMBER`.",
}
"""What is called otherwise on pages, or is no record, and what was meant by it."""


def kind(name: str) -> type[Record]:
    """Find a kind of record by the name of its table."""
    if name not in KINDS:
        said = name.casefold().replace(" ", "-")
        raise NotFound("kind", name, KINDS, do=_SAID.get(said, ""))
    return KINDS[name]


def record(view: View, kind_name: str, key: str) -> Record:
    """Find one record."""
    noun = kind(kind_name).__name__.lower()
    table = view.firm.table(kind_name)
    if key not in table:
        raise NotFound(noun, key, table)
    found: Record = table[key]
    return found


def records(view: View, kind_name: str) -> list[Record]:
    """List the records of a kind in the order of their keys."""
    kind(kind_name)
    table = view.firm.table(kind_name)
    return [table[key] for key in sorted(table)]


def write(
    desk: Desk,
    actor: Actor,
    changes: Iterable[Change],
    *,
    name: str,
    at: datetime,
    seen: int | None = None,
    key: str = "",
    note: str = "",
) -> Entry:
    """Write changes as one deed, if the actor may and the firm stays whole.

    seen: the sequence they were thought out on; whatever they touch must not
    have changed since.
    """
    wanted = tuple(changes)

    def deed(firm: Firm) -> Deed:
        permit(firm, actor, "change")
        real = effective(firm, canonical(firm, wanted))
        for each in real:
            permit_change(firm, actor, each)
        stays_whole(firm, real)
        return Deed(name=name, changes=real, seen=seen, note=note)

    return desk.write(deed, at=at, actor=actor, key=key, intent=intent(wanted))


def load(
    desk: Desk,
    view: View,
    changes: Sequence[Change],
    *,
    at: datetime,
    dry_run: bool = False,
    key: str = "",
) -> int | None:
    """Write what was thought out on a view, as one deed, and give its sequence.

    None where nothing was to be written, or nothing would change.
    """
    if dry_run or not changes:
        return None
    seen = view.firm.seq
    entry = write(desk, view.actor, changes, name="load", at=at, seen=seen, key=key)
    return entry.seq


def effective(firm: Firm, changes: Iterable[Change]) -> tuple[Change, ...]:
    """Leave out the changes that change nothing."""
    return tuple(c for c in changes if firm.table(c.kind).get(c.key) != c.record)


def intent(changes: Iterable[Change]) -> bytes:
    """Give what tells two writes apart that come under one key."""
    return b"\n".join(repr(c).encode() for c in changes)


def stays_whole(firm: Firm, changes: Iterable[Change]) -> Firm:
    """Give the firm after changes; raise what they would break, all at once.

    What was wrong before is not held against who changes something else.
    """
    changes = tuple(changes)
    after, touched = change(firm, changes), touched_by(changes)
    wrong = faults(after, touched)
    if wrong:
        before = {(p.what, str(p.where)) for p in faults(firm, touched)}
        wrong = [p for p in wrong if (p.what, str(p.where)) not in before]
    if wrong := [*wrong, *unfit(firm, after, changes)]:
        raise Problems(wrong)
    return after


def unfit(firm: Firm, after: Firm, changes: Sequence[Change]) -> Iterator[InputError]:
    """Find what must not be written, though it fits together with the rest.

    A guardrail that cannot take effect. What would say something else under the
    version, or the name, that it has: a waiver is for one version of a guardrail and
    must not go on for a rule that nobody waived; a decision record that was accepted
    is replaced, not edited; what an experiment is judged by stays once it has started;
    a baseline does not grow.
    """
    roles = (each.key for each in changes if each.kind == "roles")
    brought = {name for name in roles if name not in firm.roles}
    for each in changes:
        if isinstance(each.record, Guardrail):
            yield from ineffective(after, each.record, brought)
            yield from _unversioned(firm.guardrails.get(each.key), each.record)
        elif each.kind == "adrs":
            yield from _edited(firm.adrs.get(each.key), each.record)
        elif isinstance(each.record, Experiment):
            yield from _replanned(firm.experiments.get(each.key), each.record)
    yield from grown(firm, changes)


def _unversioned(old: Guardrail | None, new: Guardrail) -> Iterator[InputError]:
    """Find that a guardrail judges otherwise under a version, or takes an old one.

    What was waived for the old version would count again, for a rule nobody waived.
    """
    if old and new.version < old.version and judges_alike(old, new):
        yield InputError(
            f"{new.id} is at version {old.version}, and this is version {new.version}.",
            do=f"Give it version {old.version}: a version never comes back.",
            where=Where(f"guardrails/{new.id}", 0, "$.version"),
        )
    elif old and not judges_alike(old, new) and new.version <= old.version:
        yield InputError(
            f"{new.id} judges otherwise than its version {old.version}.",
            do=f"Give it version {old.version + 1}; waivers are then asked anew.",
            where=Where(f"guardrails/{new.id}", 0, "$.version"),
        )


def _edited(old: ADR | None, new: Record | None) -> Iterator[InputError]:
    """Find what is edited in a decision record that was accepted."""
    if old is not None and isinstance(new, ADR):
        for field in rewritten(old, new):
            yield InputError(
                f"{old.id} is {old.status}, and its {field} would change.",
                do="Write another record, and say here: superseded_by.",
                where=Where(f"adrs/{old.id}", 0, f"$.{field}"),
            )


def _replanned(old: Experiment | None, new: Experiment) -> Iterator[InputError]:
    """Find what was set before an experiment started and would be another now."""
    if old is not None and old.started is not None:
        for field in SET_BEFORE:
            if getattr(old, field) != getattr(new, field):
                yield InputError(
                    f"{old.id} started on {old.started}, and its {field} would change.",
                    do="Leave it as it was set before the start, or plan another one.",
                    where=Where(f"experiments/{old.id}", 0, f"$.{field}"),
                )


def misfits(desk: Desk, view: View) -> list[InputError]:
    """List what does not fit together in the firm that an actor sees.

    And which guardrails rest on a decision that does not hold. A name that is there
    and only not shared with the actor is no fault.
    """
    found, doubtful = faults(view.firm), [*doubts(view.firm), *unheld(view.firm)]
    if not found or not outside(desk.firm(), view.actor):
        return found + doubtful
    draft = view.draft.id if view.draft else ""
    firm, _ = whole(desk, as_of=view.as_of, draft=draft)
    real = {(fault.what, str(fault.where)) for fault in faults(firm)}
    found = [fault for fault in found if (fault.what, str(fault.where)) in real]
    return found + doubtful


def faults(firm: Firm, touched: Touched | None = None) -> list[InputError]:
    """List everything in the firm that does not fit together.

    touched: where it is given, of the records only what has to do with those.
    """
    return [*check(firm, touched), *guardrail_problems(firm)]
