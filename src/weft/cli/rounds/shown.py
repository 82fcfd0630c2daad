"""A round as text: how good it is, who moves and why, what stays open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import click

from weft.app.rounds.lending import Lending
from weft.app.views import View
from weft.cli.printing import many, print_table
from weft.core.rounds.round import Move, Part
from weft.engines.allocation import (
    Ability,
    OpenNeed,
    Proposal,
    Proposed,
    RoundKept,
    money,
)

_MOST = 30
"""So many moves and open needs are printed; --json has them all."""
_ENDED = {
    "proven": "no better plan is possible",
    "done": "the search has tried what it can",
    "time": "the time was up: a longer --limit may find a better one",
    "cancelled": "it was stopped",
}
_CAUSES = {
    "open": "work left open",
    "misfit": "seats that fit less well",
    "joining": "finding one's way in",
    "missing": "second people and sides missing",
}
_STATES = {"asked": "waits", "taken": "taken", "refused": "refused"}


def show_proposal(view: View, found: Proposal) -> None:
    """Print a whole proposal."""
    click.secho(
        f"Round of {found.month}, {many(found.months, 'month')} ahead:"
        f" {many(found.people, 'person', 'people')}, {many(found.missions, 'mission')},"
        f" {many(found.needs, 'need')}",
        bold=True,
    )
    click.echo(
        f"At most {found.gap:g} % from the best possible; {_ENDED[found.ended]}."
    )
    named = ", ".join(f"{_CAUSES[c]} {points:,}" for c, points in found.points.items())
    click.echo(f"It costs {found.cost:,} points: {named}. {_points(found)}")
    later = sum(list(found.begin.values())[1:])
    click.echo(
        f"{many(len(found.moves), 'move')};"
        f" {many(later, 'seat')} would begin in later months, to be decided then."
    )
    if found.liked:
        click.echo(
            f"Wishes met in {found.month}: {found.liked[0] or 'fewer than 5'} of"
            f" {found.liked[1]}."
        )
    show_proposed(view, found.moves, found)
    show_open(view, found.open, found)
    for note in found.notes:
        click.echo(f"{note.where}: {note.what}\n  {note.do}")


def _points(found: Proposal) -> str:
    rate = f", at a blended {found.rate} a month" if found.rate else ""
    return f"1,000 points are worth a full-time month{rate}."


def show_proposed(
    view: View, moves: Iterable[Proposed], found: Proposal | None
) -> None:
    """Print who would move, why, and what a refusal costs."""
    every = tuple(moves)
    if not every:
        return
    print_table(
        ["who", "move", "why", "a refusal costs", "is asked too"],
        [
            [
                view.name(move.person),
                parts(view, move.parts),
                " ".join(move.why),
                _worth(move.price, found),
                ", ".join(map(view.name, move.asked)),
            ]
            for move in every[:_MOST]
        ],
    )
    _rest(len(every))


def show_open(view: View, needs: Iterable[OpenNeed], found: Proposal | None) -> None:
    """Print what stays open, why, and what can be done."""
    every = tuple(needs)
    for need in every[:_MOST]:
        skill = view.firm.skills[need.skill].title
        months = ", ".join(f"{month} {share} %" for month, share in need.open.items())
        title = view.firm.missions[need.mission].title
        click.secho(f"\n{title} lacks {skill} at level {need.level}", bold=True)
        click.echo(f"    {months}")
        click.echo(f"    {need.cause}: {need.why}")
        if need.price is not None:
            click.echo(
                f"    One more is worth about {_worth(need.price, found)} a month."
            )
        for way in need.ways:
            named = ", ".join(map(view.name, way.people))
            cost = (
                "" if way.points is None else f", {_worth(way.points, found)} a month"
            )
            click.echo(f"    - {way.what}{f' ({named})' if named else ''}{cost}")
    _rest(len(every))


def _rest(number: int) -> None:
    if number > _MOST:
        click.echo(f"... and {number - _MOST} more; --json has them all.")


def _worth(points: int, found: Proposal | None) -> str:
    told = money(points, found.rate) if found else None
    return f"{points:,} points" + (f" ({told})" if told else "")


def parts(view: View, several: Iterable[Part]) -> str:
    """Write the parts of a move."""
    told = []
    for part in several:
        mission = view.firm.missions.get(part.mission)
        title = mission.title if mission else part.mission
        until = f" until {part.until}" if part.until else ""
        told.append(f"{title} {part.before} -> {part.after} %{until}")
    return "; ".join(told)


def show_moves(view: View, found: Sequence[Move]) -> None:
    """Print the moves of a round, and how each stands."""
    if not found:
        click.echo("No move was put before people for that month.")
        return
    print_table(
        ["who", "id", "move", "why", "stands", "said"],
        [
            [
                view.name(move.person),
                move.person,
                parts(view, move.parts),
                move.why,
                _STATES[move.state],
                ", ".join(
                    f"{view.name(r.by)}: {r.answer}{f', {r.why}' if r.why else ''}"
                    for r in move.last
                ),
            ]
            for move in found
        ],
    )


def show_lending(view: View, found: Lending) -> None:
    """Print what missions lend each other, and who lends how much in all."""
    if not found.loans:
        click.echo(f"Nothing is lent from {found.month} on.")
        return
    months = list(found.loans[0].months)
    titles = view.firm.missions
    print_table(
        ["lends", "to", "who", "", *months],
        [
            [
                titles[loan.lender].title,
                titles[loan.borrower].title,
                view.name(loan.person),
                "" if loan.agreed else "waits",
                *(f"{loan.months[month]} %" for month in months),
            ]
            for loan in found.loans[:_MOST]
        ],
    )
    _rest(len(found.loans))
    if found.given:
        print_table(
            ["lends in all", *months],
            [
                [titles[mission].title, *(f"{row[month]} %" for month in months)]
                for mission, row in sorted(found.given.items())
            ],
        )


_CAME = {
    "kept": "as planned",
    "refused": "refused",
    "unanswered": "not all have said yes",
    "changed": "changed since",
    "beside": "beside the round",
}


def show_kept(view: View, found: RoundKept) -> None:
    """Print what came of a round, by mission and by person."""
    told = ", ".join(f"{_CAME[came]} {n}" for came, n in found.counts.items())
    click.secho(f"Round of {found.month}, seats: {told or 'none to change'}", bold=True)
    if found.whys:
        whys = ", ".join(f"{why} {n}" for why, n in found.whys.items())
        click.echo(f"Refused for: {whys}")
    if not found.seats:
        return
    titles = {key: mission.title for key, mission in view.firm.missions.items()}
    print_table(
        ["mission", "before", "planned", "really"],
        [
            [titles.get(each.mission, each.mission)]
            + [f"{share} %" for share in (each.before, each.planned, each.really)]
            for each in found.missions[:_MOST]
        ],
    )
    print_table(
        ["who", "mission", "before", "planned", "really", "what came"],
        [
            [
                view.name(seat.person),
                titles.get(seat.mission, seat.mission),
                *(f"{share} %" for share in (seat.before, seat.planned, seat.really)),
                _CAME[seat.came]
                + (f", {seat.why}" if seat.why else "")
                + (f" (entry {seat.entry}, {seat.deed})" if seat.entry else ""),
            ]
            for seat in found.seats[:_MOST]
        ],
    )
    _rest(len(found.seats))


def show_ability(view: View, found: Ability) -> None:
    """Print whether it can be taken on, and what must give."""
    words = {
        "yes": "Yes.",
        "later": f"From {found.since} on.",
        "no": "No.",
    }
    gap = f"  (the plan is at most {found.gap:g} % from the best possible)"
    click.secho(words[found.verdict] + gap, bold=True)
    show_proposed(view, found.moves, None)
    if found.gives:
        click.echo("What must give:")
    for gives in found.gives:
        skill = view.firm.skills[gives.skill].title
        title = view.firm.missions[gives.mission].title
        months = ", ".join(f"{month} {share} %" for month, share in gives.open.items())
        click.echo(f"    {title} then lacks {skill}: {months}")
    if found.open:
        show_open(view, [found.open], None)
