"""Seats that somebody tries, as words typed and as text."""

from __future__ import annotations

import click

from weft.app.rounds.arranging import Arrangement, MissionWeighed, Weighing
from weft.app.views import View
from weft.cli.printing import print_table
from weft.cli.rounds.shown import parts
from weft.engines.allocation import Points, Standing


def show_weighing(view: View, found: Weighing, asked: Arrangement) -> None:
    """Print what seats that are tried would do, beside what is and what is proposed."""
    people = [p for p in found.people if p.person in asked.shares]
    touched = {part.mission for p in people for part in (*p.proposed, *p.tried)}
    click.secho(f"{found.month} alone, by these seats; nothing is written.", bold=True)
    print_table(
        ["", "now", "as proposed", "as tried"],
        [
            ["costs the firm, in points"]
            + [f"{p.cost:,}" for p in (found.now, found.proposed, found.tried)],
            ["from the best possible, at most"]
            + [_gap(p) for p in (found.now, found.proposed, found.tried)],
        ],
    )
    rows = [
        row
        for each in found.missions
        if each.mission in touched
        for row in _rows(view, each)
    ]
    if rows:
        print_table(["mission", "", "now", "as proposed", "as tried"], rows)
    if people:
        table = [
            [view.name(p.person), parts(view, p.tried) or "as now", p.lacks]
            for p in people
        ]
        print_table(["who", "move", "why it is not yours to put"], table)
    for doubt in found.doubts:
        click.echo(f"{view.name(doubt.person)}{_of(view, doubt.mission)}: {doubt.what}")


def _gap(points: Points) -> str:
    return "a rule is broken" if points.gap is None else f"{points.gap:g} %"


def _of(view: View, mission: str | None) -> str:
    return f", {view.firm.missions[mission].title}" if mission else ""


def _rows(view: View, each: MissionWeighed) -> list[list[str]]:
    three = (each.now, each.proposed, each.tried)
    title = view.firm.missions[each.mission].title
    return [
        [title, "given of what is asked"]
        + [f"{s.given} of {s.asked} %" for s in three],
        ["", "people, and cost"] + [_people(s) for s in three],
        ["", "business / technology"]
        + [f"{s.business} / {s.technology} %" for s in three],
    ]


def _people(standing: Standing) -> str:
    told = f"{standing.people}, {standing.share} %"
    return f"{told}, {standing.cost}" if standing.cost else told
