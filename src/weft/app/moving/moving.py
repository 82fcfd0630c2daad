"""What move is to be simulated on the firm, read from what somebody asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final

from msgspec import Meta

from weft.app.comparing.comparing import with_values
from weft.app.comparing.models import the_models
from weft.app.comparing.past import as_measured, past
from weft.app.permissions import permit
from weft.app.views import look
from weft.core.records import Record
from weft.core.roles import Actor
from weft.core.scalars import Name
from weft.engines.simulation.models import setting_of
from weft.engines.simulation.moving import Ask, Order, check
from weft.errors import InputError, Where
from weft.store.desk import Desk

_MOVE: Final = "move."


class Moving(Record, frozen=True, kw_only=True):
    """A move that is to be simulated: from which model to which, and how often.

    before, after: by name. texts: models of one's own, by the name they are asked for.
    values: other values, such as `move.size`, `people` or `pervasive.coordination`.
    order: whose turn it is first. runs: paired, each on the same demand. years: looked
    at from the first wave on.
    """

    before: Annotated[str, Meta(max_length=400)] = "partnership"
    after: Annotated[str, Meta(max_length=400)] = "pervasive"
    texts: Mapping[str, Annotated[str, Meta(max_length=100_000)]] = {}
    values: Mapping[str, float] = {}
    order: Order = "listed"
    runs: Annotated[int, Meta(ge=2, le=1000)] = 20
    years: Annotated[float, Meta(ge=1, le=10)] = 3.0
    seed: Annotated[int, Meta(ge=0, le=2**53)] = 1
    draft: Name | None = None


def move_asked_for(desk: Desk, actor: Actor, asked: Moving) -> Ask:
    """Give all that a move hangs on, of the firm as it stands.

    Raises InputError for what is no move.
    """
    view = look(desk, actor, draft=asked.draft or "")
    permit(view.firm, actor, "compare")
    if asked.before == asked.after:
        raise InputError(
            "Nobody moves from a model to itself.",
            do="Name two: from partnership to pervasive.",
            where=Where(path="after"),
        )
    named = the_models((asked.before, asked.after), asked.texts)
    of_move = {
        name.removeprefix(_MOVE): value
        for name, value in asked.values.items()
        if name.startswith(_MOVE)
    }
    others = {n: v for n, v in asked.values.items() if not n.startswith(_MOVE)}
    (before, after), setting = with_values(
        as_measured(named, past(desk, view)), others, lambda: setting_of(view.firm)
    )
    ask = Ask(
        before=before,
        after=after,
        setting=setting,
        values=of_move,
        order=asked.order,
        seed=asked.seed,
        runs=asked.runs,
        years=asked.years,
    )
    check(ask)
    return ask
