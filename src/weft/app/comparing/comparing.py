"""What is to be compared on the firm, read from what somebody asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated

from msgspec import Meta
from msgspec.structs import replace

from weft.app.comparing.models import the_models
from weft.app.comparing.past import as_measured, past
from weft.app.permissions import permit
from weft.app.views import look
from weft.core.records import Record
from weft.core.roles import Actor
from weft.core.scalars import Amount, Name, minor
from weft.engines.simulation.comparing import Ask, apart, check
from weft.engines.simulation.fitting import Fit
from weft.engines.simulation.models import FACTS, Model, Setting, setting_of
from weft.errors import InputError, Where
from weft.store.desk import Desk


class Comparing(Record, frozen=True, kw_only=True):
    """What is to be compared: which models, on which firm, how often.

    models: by name; the usual eight where none is named. texts: models of one's own,
    by the name they are asked for. values: other values, such as `people` or
    `pervasive.onboarding`. runs: paired, each on the same demand. deep: find out what
    would turn the verdict too. base: what others are held against; the first by
    default. delay: what a working day of delay of an average change costs; where nobody
    gives it, it is worked out from what missions' outcomes are worth.
    """

    models: tuple[Annotated[str, Meta(max_length=400)], ...] = ()
    texts: Mapping[str, Annotated[str, Meta(max_length=100_000)]] = {}
    values: Mapping[str, float] = {}
    runs: Annotated[int, Meta(ge=2, le=1000)] = 20
    years: Annotated[float, Meta(gt=0, le=20)] = 3.0
    seed: Annotated[int, Meta(ge=0, le=2**53)] = 1
    base: str = ""
    deep: bool = True
    draft: Name | None = None
    delay: Amount | None = None

    def __post_init__(self) -> None:
        """Refuse a price at which delay would cost nothing, or pay."""
        if self.delay is not None and minor(self.delay)[0] <= 0:
            raise InputError(
                f"A day of delay cannot cost {self.delay}.",
                do="Give what it costs, such as 250.00 EUR, or leave it out.",
                where=Where(path="delay"),
            )


def asked_for(desk: Desk, actor: Actor, asked: Comparing) -> Ask:
    """Give all that a comparison hangs on, of the firm as it stands.

    Raises InputError for what cannot be compared.
    """
    view = look(desk, actor, draft=asked.draft or "")
    permit(view.firm, actor, "compare")
    fits = past(desk, view)
    ask = _ask(asked, fits, lambda: setting_of(view.firm))
    check(ask)
    return ask


def _ask(asked: Comparing, fits: Sequence[Fit], read: Callable[[], Setting]) -> Ask:
    """Put measured values in their places, and then others."""
    chosen = as_measured(the_models(asked.models, asked.texts), fits)
    apart([model.id for model in chosen])
    models, setting = with_values(chosen, asked.values, read)
    return Ask(
        models=models,
        setting=replace(setting, delay=asked.delay),
        seed=asked.seed,
        runs=asked.runs,
        years=asked.years,
        base=asked.base,
        deep=asked.deep,
    )


def with_values(
    chosen: Sequence[Model], values: Mapping[str, float], read: Callable[[], Setting]
) -> tuple[tuple[Model, ...], Setting]:
    """Put other values into models and the firm. Raises InputError for no such name."""
    models = {model.id: model for model in chosen}
    facts: dict[str, float] = {}
    for name, value in values.items():
        model, _, parameter = name.rpartition(".")
        if not model and name in FACTS:
            facts[name] = value
        elif model in models:
            models[model] = models[model].with_values({parameter: value})
        else:
            raise InputError(
                f"Nothing is called {name!r}.",
                do=f"Name a fact ({', '.join(FACTS)}), or MODEL.PARAMETER of a model"
                " that is compared.",
                where=Where(path=f"values.{name}"),
            )
    return tuple(models.values()), read().with_values(facts)
