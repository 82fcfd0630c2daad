"""What guardrails cost, as a person reads it in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from weft.cli.printing import print_table

if TYPE_CHECKING:
    from weft.engines.guardrails import Cost, Costs, Spread


def show_costs(told: Costs) -> None:
    """Print a row for each guardrail, the dearest first, and what that is a sign of."""
    click.echo(
        f"{told.requests} requests, {told.refused} refused; {told.by_person} needed a"
        f" person. Freedom ratio: {share(told.freedom)}."
    )
    print_table(
        [
            *("guardrail", "level", "asked", "met", "refused", "unproven", "waived"),
            *("advised", "waivers", "days waited", "missions", "freedom"),
        ],
        [
            [
                *(c.guardrail, c.level, c.asked, c.met, c.refused, c.unproven),
                *(c.waived, c.advised, c.waivers_asked),
                c.waits.total if c.waits.n else "-",
                *(len(c.missions), share(c.freedom)),
            ]
            for c in told.guardrails
        ],
    )
    for cost in told.guardrails:
        for sign in cost.signs:
            click.echo(f"{cost.guardrail}: {sign.why}")


def show_cost(cost: Cost) -> None:
    """Print all figures of one guardrail."""
    click.secho(f"{cost.guardrail}, version {cost.version} ({cost.level})", bold=True)
    for title, text in (
        ("judged", f"{cost.judged} requests while it was in force"),
        ("asked", f"{cost.asked} to which it applied, or may have"),
        ("met", str(cost.met)),
        ("refused", f"{cost.refused}, {cost.turned.n} of them allowed later"),
        ("to a yes", days(cost.turned)),
        ("unproven", f"{cost.unproven} of those not met, for want of a fact"),
        ("waived", str(cost.waived)),
        ("advised", str(cost.advised)),
        ("waivers", _waivers(cost)),
        ("waited", days(cost.waits)),
        ("missions", ", ".join(cost.missions) or "none"),
        ("freedom", f"{share(cost.freedom)}, {cost.by_person} needed a person"),
        ("assets now", _assets(cost)),
        ("objections", f"{cost.challenges}, {cost.challenges_open} not answered"),
    ):
        click.echo(f"{title:>12}  {text}")
    for sign in cost.signs:
        click.echo(f"{'look at':>12}  {sign.why}")


def share(freedom: float | None) -> str:
    """Write a share as a percentage."""
    return "-" if freedom is None else f"{round(freedom * 100, 1):g} %"


def days(spread: Spread) -> str:
    """Write days of several things."""
    if spread.median is None:
        return "-"
    return f"{spread.median:g} days median, {spread.total:g} days in all (n={spread.n})"


def _waivers(cost: Cost) -> str:
    """Write how waivers went."""
    return (
        f"{cost.waivers_asked} asked for, {cost.waivers_granted} granted,"
        f" {cost.waivers_refused} refused, {cost.waivers_live} count now"
    )


def _assets(cost: Cost) -> str:
    """Write how assets stand."""
    return (
        f"{cost.assets_breaking} break it, {cost.assets_waived} are held by a waiver,"
        f" {cost.assets_advised} only told"
    )
