"""How a trajectory is printed for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from weft.core.outcomes.metric import Metric
    from weft.engines.outcomes.trajectory import Trajectory


def show_trajectory(told: Trajectory, metric: Metric) -> None:
    """Print how many readings there are, how fast it moves, and how likely it is."""
    if told.latest is not None:
        click.echo(
            f"{told.readings} readings; the latest is {told.latest:g} {metric.unit}, "
            f"on {told.latest_on}."
        )
    if told.left_out:
        days = ", ".join(map(str, told.left_out))
        click.echo(f"Stands alone and was not counted: {days}.")
    if told.rate is not None:
        rate = told.rate
        click.echo(
            f"It moves by {rate.middle:+.3g} a month, 80 % sure between "
            f"{rate.low:+.3g} and {rate.high:+.3g}."
        )
    if told.probability is not None and told.path:
        end = told.path[-1]
        click.echo(
            f"{told.standing.capitalize()}: {told.probability:.0%} likely. On {end.on} "
            f"it will be about {end.value.middle:.3g}, 80 % sure between "
            f"{end.value.low:.3g} and {end.value.high:.3g}."
        )
    elif told.why:
        click.echo(f"{told.standing.capitalize()}: {told.why}")
