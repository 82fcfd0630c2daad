"""The example firms: told step by step into an empty store."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date

from weft.app.moving.baseline import freeze
from weft.errors import ConflictError, InputError, NothingChanges
from weft.examples import Story, make
from weft.store.desk import Desk


def tell(
    desk: Desk,
    name: str,
    today: date,
    *,
    people: int | None = None,
    seed: int = 7,
    progress: Callable[[int, int], None] | None = None,
) -> Story:
    """Write an example firm with its history into a store that is still empty.

    progress: called after each step with the steps done and their number.
    """
    if desk.firm().seq:
        raise ConflictError(
            "This store holds a firm already.",
            do="Name another store with --db, such as sqlite:///example.db.",
        )
    story = make(name, people=people, seed=seed, today=today)
    frozen = next(n for n, step in enumerate(story.steps) if step.at > story.frozen)
    for number, step in enumerate(story.steps):
        if number == frozen:
            with suppress(InputError):  # a small firm has too little on record by then
                freeze(desk, story.steps[0].actor, story.frozen)
        with suppress(NothingChanges):  # such as a month in which nobody moved
            desk.write(
                step.decide,
                at=step.at,
                actor=step.actor,
                profiles=story.profiles if number == 0 else (),
            )
        if progress:
            progress(number + 1, len(story.steps))
    return story
