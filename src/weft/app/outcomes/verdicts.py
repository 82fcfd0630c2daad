"""What experiments came to, held to their trials: a verdict is not taken on trust.

A record may say that it won, put in by hand or brought in with a folder, without any
trial. Whatever is judged by it goes by what the trials on record show.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from immutables import Map
from msgspec.structs import replace

from weft.core.firm import Firm
from weft.core.kept import kept
from weft.core.outcomes.experiment import Experiment, Observation, Verdict
from weft.engines.outcomes.experiments import Look, State, look
from weft.store.desk import Desk

VERDICTS: Final[dict[State, Verdict]] = {"won": "won", "lost": "lost", "harm": "lost"}
"""What an experiment is called once it is closed; all else is undecided."""


def held(desk: Desk, firm: Firm) -> Firm:
    """Give the firm with each verdict as far as the trials on record bear it."""
    table = firm.experiments
    shown = kept("verdicts", (table,), lambda: _shown(desk, firm))
    return replace(firm, experiments=shown)


def seen(desk: Desk, firm: Firm, experiment: Experiment, on: date) -> Look:
    """Tell how an experiment stands on a day, from its trials."""
    return look(
        experiment,
        desk.facts.of(Observation, {experiment.id}, upto=firm.seq),
        on,
        up=_up(firm, experiment.metric),
        guard_up=_up(firm, experiment.guard),
    )


def _shown(desk: Desk, firm: Firm) -> Map[str, Experiment]:
    borne = {}
    for key, each in firm.experiments.items():
        if each.closed is not None and each.verdict in {"won", "lost"}:
            state = seen(desk, firm, each, each.closed).state
            if VERDICTS.get(state) != each.verdict:
                borne[key] = replace(each, verdict="undecided")
    return firm.experiments.update(borne) if borne else firm.experiments


def _up(firm: Firm, metric: str | None) -> bool:
    """Tell whether more of a metric is better."""
    found = firm.metrics.get(metric or "")
    return found is None or found.direction == "up"
