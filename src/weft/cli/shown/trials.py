"""What a drafted guardrail would change, as a person reads it in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from weft.app.guardrails import Tried
from weft.cli.printing import many, print_table
from weft.core.firm import Firm
from weft.engines.guardrails import Curve, Radius, Tally, Touched

MOST = 10
"""So many assets and requests are told one by one."""
_COUNTS = (
    ("newly break", "breaks"),
    ("freed", "freed"),
    ("still break", "still"),
    ("by a waiver", "waived"),
    ("only told", "told"),
    ("newly refused", "refused"),
    ("newly allowed", "allowed"),
    ("no longer tolerated", "lapsed"),
)


def show(tried: Tried, firm: Firm) -> None:
    """Print what was found out."""
    radius = tried.radius
    guardrail, total = radius.guardrail, radius.total
    held = firm.guardrails.get(guardrail.id)
    what = f"version {guardrail.version}" if held else "new"
    click.secho(f"{guardrail.title}  ({guardrail.id}, {what})", bold=True)
    click.echo(f"As on {radius.at:%Y-%m-%d}; nothing is written.\n")
    for line in lines(radius):
        click.echo(line)
    if radius.missions:
        _by_mission(total, radius.missions)
    _newly(radius.touched)
    _again(radius)
    for curve in tried.curves:
        click.echo(f"\n{told(curve)}")


def lines(radius: Radius) -> Iterator[str]:
    """Sum up in a few lines."""
    total = radius.total
    missing = f", {total.unproven} of them for what is missing" * bool(total.unproven)
    yield (
        f"Of {many(radius.assets, 'asset')} {total.breaks} would newly break{missing};"
        f" {total.freed} would be freed, {total.still} break as they do."
    )
    if total.waived or total.told:
        yield f"{total.waived} are held by a waiver, {total.told} only told."
    yield (
        f"Of {many(radius.decisions, 'past request')} {total.refused} would newly be"
        f" refused, {total.allowed} newly allowed."
    )
    if radius.waivers:
        yield (
            f"Of its waivers {total.needed} would go on holding something,"
            f" {total.lost} would no longer count, {total.idle} hold nothing;"
            f" {total.ending} end within {radius.days} days."
        )
    if total.lapsed:
        items = many(total.lapsed, "item")
        yield f"Of its baseline {items} would no longer be tolerated."


def told(curve: Curve) -> str:
    """Tell a limit: how many break where it stands, where it is drafted, and around."""
    limit = curve.limit
    parts = [f"{limit.prop.title}, {limit.place}: at {limit.text(limit.typed)}"]
    parts.append(f"{curve.at(limit.typed)} break")
    if curve.present is not None and curve.present != limit.typed:
        parts.append(f"(now {limit.text(curve.present)}: {curve.at(curve.present)})")
    near = [
        f"{breaks} from {limit.text(start)}"
        for start, breaks in _around(curve, limit.typed)
    ]
    return f"{' '.join(parts)}; {', '.join(near)}."


def _around(curve: Curve, value: int) -> list[tuple[int, int]]:
    """Give the steps of a curve that lie nearest to a value, in their order."""
    steps = list(zip(curve.starts, curve.breaks, strict=True))
    nearest = sorted(steps, key=lambda step: abs(step[0] - value))[:6]
    return sorted(nearest)


def _by_mission(total: Tally, missions: Iterable[Tally]) -> None:
    """Print the counts of each mission, without columns that are empty."""
    shown = [(title, name) for title, name in _COUNTS if getattr(total, name)]
    if shown:
        click.echo()
        head = ["mission", *(title for title, _ in shown)]
        rows = [
            [each.mission or "(nobody's)", *(getattr(each, n) for _, n in shown)]
            for each in missions
        ]
        print_table(head, rows)


def _newly(touched: Iterable[Touched]) -> None:
    """Print the first assets that newly break, each with its reasons."""
    newly = [each for each in touched if each.effect == "breaks"]
    for each in newly[:MOST]:
        click.echo(
            f"  {each.asset}: {'; '.join(reason.said for reason in each.reasons)}"
        )
    if len(newly) > MOST:
        click.echo(f"  ... and {len(newly) - MOST} more; --json has all.")


def _again(radius: Radius) -> None:
    """Print the first requests that would be decided otherwise."""
    for each in radius.redecided[:MOST]:
        what = f"{each.mission}, {each.act} {each.title}".rstrip()
        click.echo(f"  request {each.number} ({what}): {each.becomes}")
