"""Experiments: started with a rule, watched as they run, closed with a lesson."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime

from msgspec.structs import replace

from weft.app.outcomes.board import today
from weft.app.outcomes.tables import facts_of
from weft.app.outcomes.verdicts import VERDICTS, seen
from weft.app.permissions import permit
from weft.app.views import View, look
from weft.core.entries import Deed, put
from weft.core.firm import Firm
from weft.core.outcomes.experiment import Experiment, Observation, Spending
from weft.core.records import Record, show
from weft.core.roles import Actor
from weft.core.scalars import Amount, Text
from weft.engines.outcomes import experiments as engine
from weft.engines.outcomes.experiments import Look
from weft.errors import ConflictError, InputError, NotFound, NothingChanges
from weft.store.desk import Desk

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "trial": ("trial", "id"),
    "arm": ("arm", "group", "variant"),
    "at": ("at", "time"),
    "value": ("value",),
    "guard": ("guard",),
}
"""By which heads each column of a table is known; the last may be absent."""
_NEEDED = ("trial", "arm", "at", "value")


class Tried(Record, frozen=True, kw_only=True):
    """An experiment and how it stands."""

    experiment: Experiment
    look: Look


class Observed(Record, frozen=True, kw_only=True):
    """What became of observations, and how the experiment stands with them."""

    new: int
    repeats: int
    entry: int | None
    look: Look


class Sent(Record, frozen=True, kw_only=True):
    """Observations as they are sent over HTTP."""

    observations: tuple[Observation, ...]


class Ending(Record, frozen=True, kw_only=True):
    """What is said when an experiment is closed: never whose fault it was."""

    learnt: Text = ""
    cost: Amount | None = None


def several(desk: Desk, view: View, now: datetime) -> list[Tried]:
    """List the experiments, those that run first, then the latest."""
    found = [one(desk, view, key, now) for key in sorted(view.firm.experiments)]
    return sorted(found, key=_rank)


def one(desk: Desk, view: View, key: str, now: datetime) -> Tried:
    """Show one experiment and how it stands."""
    firm = view.firm
    if key not in firm.experiments:
        raise NotFound("experiment", key, firm.experiments)
    experiment = firm.experiments[key]
    return Tried(
        experiment=experiment, look=seen(desk, firm, experiment, today(view, now))
    )


def start(desk: Desk, actor: Actor, key: str, at: datetime) -> Experiment:
    """Start an experiment, once what it is judged by and when it stops is set."""

    def started(experiment: Experiment) -> Experiment:
        stop = experiment.stop
        if experiment.started is not None:
            raise ConflictError(
                f"{key} started on {experiment.started}.", do="There is nothing to do."
            )
        if not experiment.hypothesis or experiment.metric is None or stop is None:
            says = engine.look(experiment, (), at.date(), up=True).says
            raise InputError(says, do=f"Put them on it: weft put experiments ({key}).")
        if stop.by < at.date():
            raise InputError(
                f"Its last day was {stop.by}.", do="Set a stop rule with a day to come."
            )
        return replace(experiment, started=at.date())

    return _write(desk, actor, key, "experiment.start", started, at=at)


def observe(
    desk: Desk,
    actor: Actor,
    key: str,
    observations: Sequence[Observation],
    *,
    at: datetime,
    idempotency: str = "",
) -> Observed:
    """Put observations on record, and tell at once what they mean for the rule."""
    if not observations:
        raise InputError("There is no trial in it.", do="Send at least one.")
    for each in observations:
        if each.experiment != key or each.at > at:
            raise InputError(
                f"Trial {each.trial} is of another experiment, or of a time to come.",
                do=f"Send what belongs to {key}, and when it was.",
            )

    def deed(firm: Firm) -> Deed:
        experiment = _found(firm, key)
        permit(firm, actor, "measure", experiment.mission)
        if experiment.started is None or experiment.closed is not None:
            state = "is closed" if experiment.closed else "was not started"
            raise ConflictError(
                f"{key} {state}.", do="Observations count from its start to its end."
            )
        first = min(observations, key=lambda each: each.at)
        if first.at.astimezone(UTC).date() < experiment.started:
            raise InputError(
                f"Trial {first.trial} was at {first.when}, and {key} started on"
                f" {experiment.started}: what was seen before the plan was set cannot"
                " test it.",
                do="Leave out the trials of the days before.",
            )
        return Deed(name="observations", facts=tuple(observations), note=key)

    intent = "\n".join(map(repr, observations)).encode()
    new, entry = 0, None
    with suppress(NothingChanges):
        done = desk.write(deed, at=at, actor=actor, key=idempotency, intent=intent)
        new, entry = done.deed.brought[0].count, done.seq
    found = one(desk, look(desk, actor), key, at)
    return Observed(
        new=new, repeats=len(observations) - new, entry=entry, look=found.look
    )


def spend(
    desk: Desk,
    actor: Actor,
    key: str,
    spending: Spending,
    *,
    at: datetime,
    idempotency: str = "",
) -> Tried:
    """Put on record what an experiment cost, and tell at once what its cap says."""

    def spent(experiment: Experiment) -> Experiment:
        if experiment.started is None or experiment.closed is not None:
            raise ConflictError(
                f"{key} does not run.", do="Only what runs can cost something."
            )
        if spending.on > at.date():
            raise InputError(
                f"{spending.on} has not come yet.", do="Give the day it was spent."
            )
        return replace(experiment, spent=(*experiment.spent, spending))

    intent = show(spending).encode()
    _write(
        desk, actor, key, "experiment.spend", spent, at=at, intent=intent,
        idempotency=idempotency,
    )  # fmt: skip
    return one(desk, look(desk, actor), key, at)


def close(
    desk: Desk, actor: Actor, key: str, ending: Ending, at: datetime
) -> Experiment:
    """Close an experiment: the verdict is what was seen, and what was learnt stays."""
    found = one(desk, look(desk, actor), key, at).look

    def closed(experiment: Experiment) -> Experiment:
        if experiment.started is None or experiment.closed is not None:
            raise ConflictError(
                f"{key} does not run.", do="Only what runs can be closed."
            )
        verdict = VERDICTS.get(found.state, "undecided")
        if verdict != "won" and not ending.learnt.strip():
            raise InputError(
                f"{key} did not win, and nothing is said of what was learnt.",
                do="Say what was learnt: that is what it was for.",
            )
        return replace(
            experiment,
            closed=at.date(),
            verdict=verdict,
            learnt=ending.learnt,
            cost=ending.cost or found.spent,
        )

    return _write(desk, actor, key, "experiment.close", closed, at=at)


def from_file(key: str, name: str, raw: bytes) -> Sequence[Observation]:
    """Read a table of trials: trial, arm, at, value and, where there is one, guard.

    Raises Problems with the row of each that is none.
    """
    rows = facts_of(Observation, name, raw, COLUMNS, _NEEDED, experiment=key)
    rows.check()
    return rows.facts


def _write(
    desk: Desk,
    actor: Actor,
    key: str,
    name: str,
    becomes: Callable[[Experiment], Experiment],
    *,
    at: datetime,
    idempotency: str = "",
    intent: bytes = b"",
) -> Experiment:
    """Write what becomes of an experiment."""

    def deed(firm: Firm) -> Deed:
        experiment = _found(firm, key)
        permit(firm, actor, "measure", experiment.mission)
        after = becomes(experiment)
        return Deed(name=name, changes=(put(after),), note=key)

    entry = desk.write(deed, at=at, actor=actor, key=idempotency, intent=intent)
    return desk.firm(entry.seq).experiments[key]


def _found(firm: Firm, key: str) -> Experiment:
    """Find an experiment."""
    if key not in firm.experiments:
        raise NotFound("experiment", key, firm.experiments)
    return firm.experiments[key]


def _rank(tried: Tried) -> tuple[bool, bool, int, str]:
    """Put what runs first, then what is planned, then the latest."""
    each = tried.experiment
    day = each.closed or each.started
    late = -day.toordinal() if day else 0
    return each.closed is not None, each.started is None, late, each.id
