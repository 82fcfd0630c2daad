"""Moves on record: put there when simulated, opened, and simulated again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from weft.app.comparing.keeping import (
    Kept,
    body_of,
    digest,
    moves,
    named,
    put,
    versions,
)
from weft.app.moving.moving import Moving
from weft.core.planning.compared import Compared
from weft.core.records import Record, decode, show
from weft.core.roles import Actor
from weft.engines.simulation.models import Model, Setting
from weft.engines.simulation.moving import Ask, Order, Transition
from weft.errors import NotFound
from weft.store.desk import Desk


class OpenedMove(Record, frozen=True, kw_only=True):
    """A move on record with its report, as it was."""

    kept: Kept
    report: Transition


class _How(Record, frozen=True, kw_only=True):
    """How a firm moves: what was given of the move, and whose turn it is first."""

    values: Mapping[str, float]
    order: Order


def keep_move(
    desk: Desk,
    actor: Actor,
    ask: Ask,
    report: Transition,
    *,
    at: datetime,
    draft: str = "",
) -> Kept:
    """Put a whole move on record, once; or tell whether it is as it was."""
    models = tuple(show(model) for model in (ask.before, ask.after))
    setting, how = show(ask.setting), show(_How(values=ask.values, order=ask.order))
    made = Compared(
        id=named((setting, models, ask.seed, ask.runs, ask.years, how)),
        at=at,
        seq=ask.setting.seq,
        draft=draft,
        setting=setting,
        names=(ask.before.id, ask.after.id),
        models=models,
        seed=ask.seed,
        runs=ask.runs,
        years=ask.years,
        base=ask.before.id,
        deep=False,
        move=how,
        versions=versions(),
        digest=digest(show(report)),
        verdict=" ".join(f.says for f in report.findings if f.about == "verdict"),
    )
    return put(desk, actor, made, show(report))


def move_called(desk: Desk, actor: Actor, name: str) -> Kept:
    """Give a move on record by its id; the latest for none. Raises NotFound."""
    every = moves(desk, actor)
    for kept in every:
        if name in {kept.compared.id, ""}:
            return kept
    known = [kept.compared.id for kept in every]
    raise NotFound("transition", name, known, do="See: weft transitions.")


def opened_move(desk: Desk, kept: Kept) -> OpenedMove:
    """Open what came of a move, as it was."""
    return OpenedMove(kept=kept, report=decode(Transition, body_of(desk, kept)))


def ask_of_move(kept: Kept) -> Ask:
    """Give what was asked, to the last figure, whatever the firm is now."""
    was = kept.compared
    before, after = (decode(Model, text.encode()) for text in was.models)
    how = decode(_How, was.move.encode())
    return Ask(
        before=before,
        after=after,
        setting=decode(Setting, was.setting.encode()),
        values=how.values,
        order=how.order,
        seed=was.seed,
        runs=was.runs,
        years=was.years,
    )


def moving_again(kept: Kept) -> Moving:
    """Give what was asked, as somebody would ask for it."""
    was, ask = kept.compared, ask_of_move(kept)
    before, after = was.names
    return Moving(
        before=before,
        after=after,
        values={f"move.{name}": value for name, value in ask.values.items()},
        order=ask.order,
        runs=was.runs,
        years=was.years,
        seed=was.seed,
        draft=was.draft or None,
    )
