"""One request followed from end to end, on the command line."""

from __future__ import annotations

from pathlib import Path

import click

from weft.app.working.replays import Followed, replay
from weft.cli.mirror import shown
from weft.cli.printing import many, print_json, width
from weft.cli.shell import FILE, Context, pass_context, reading
from weft.engines.work.lane import Lane, Piece
from weft.engines.work.picture import SAYS, picture

_SIGNS = {"wait": "░", "held": "▒", "work": "█"}
_COLOURS = {"wait": "red", "held": "yellow", "work": "green"}
_LABEL, _NARROW, _MOST = 26, 20, 100


@click.command("replay")
@click.argument("case")
@click.option("--log", default="", help="Its name, where there are several.")
@click.option(
    "--models", default="", metavar="A,B", help="Beside it, a request under models."
)
@click.option("--svg", type=FILE, default=None, help="Draw it into a file.")
@reading
@pass_context
def replay_command(
    context: Context,
    *,
    case: str,
    log: str,
    models: str,
    svg: Path | None,
    as_of: str,
    draft: str,
    as_json: bool,
) -> None:
    """Follow one request from asking to done: every wait and handoff, to scale."""
    from weft.app.views import look

    with context.desk() as desk:
        view = look(desk, context.actor, as_of=as_of, draft=draft)
        found = replay(
            desk,
            view,
            shown(context, view, ""),
            case,
            log,
            models=[name.strip() for name in models.split(",") if name.strip()],
        )
    if svg:
        svg.write_text(picture(found.lanes, f"Request {found.case}"), "utf-8")
    print_json(found) if as_json else _show(found)


def _show(found: Followed) -> None:
    """Print each lane on one scale of days."""
    about = f": {found.about}" if found.about else ""
    click.secho(f"Request {found.case} of {found.log}{about}", bold=True)
    longest = max((lane.days for lane in found.lanes), default=0) or 1
    room = max(_NARROW, min(_MOST, width() - _LABEL - 14))
    for lane in found.lanes:
        _lane(lane, longest, room)
    if found.withheld:
        click.echo(f"No model beside it. {found.withheld}")
    tones = {piece.tone for lane in found.lanes for piece in lane.pieces}
    for tone, says in SAYS.items():
        if tone in tones:
            click.echo(f"{click.style(_SIGNS[tone], fg=_COLOURS[tone])} {says}")


def _lane(lane: Lane, longest: float, room: int) -> None:
    """Print a lane: what it comes to, then a row for each who had it."""
    end = "to done" if lane.done else "so far; it is open"
    click.secho(f"\n{lane.title}: {lane.days:.2f} days {end}", bold=True)
    click.echo(lane.short)
    crossed = ""
    if lane.crossings is not None:
        crossed = f", {lane.crossings} over the edge of the IT unit"
    hands = (
        f", {many(lane.relayed, 'person', 'people')} in turn" if lane.relayed else ""
    )
    click.echo(
        f"{many(lane.handoffs, 'handoff')}{crossed}; asked back"
        f" {many(lane.asked_back, 'time')}{hands}"
    )
    for who, pieces in lane.rows:
        days = sum(piece.days for piece in pieces)
        name = who if len(who) < _LABEL else f"{who[: _LABEL - 2]}…"
        bars = "".join(_bar(pieces, longest, room))
        click.echo(f"{name:<{_LABEL}}{bars} {days:>7.2f} d")
    parts = [("waiting", lane.wait), ("held", lane.held), ("work", lane.work)]
    told = ", ".join(
        f"{title} {days:.2f} ({days / lane.days * 100:.0f} %)"
        for title, days in parts
        if days and lane.days
    )
    if told:
        click.echo(f"Days: {told}")
    click.echo(f"Source: {lane.source}.")


def _bar(pieces: tuple[Piece, ...], longest: float, room: int) -> list[str]:
    """Draw the pieces of a row; each is seen, however short it is."""
    cells = [" "] * room
    for piece in pieces:
        first = min(room - 1, int(piece.since / longest * room))
        last = max(first + 1, round((piece.since + piece.days) / longest * room))
        sign = click.style(_SIGNS[piece.tone], fg=_COLOURS[piece.tone])
        cells[first : min(last, room)] = [sign] * (min(last, room) - first)
    return cells
