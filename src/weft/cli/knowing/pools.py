"""Pools of expertise on the command line, and the seats of a month added up."""

from __future__ import annotations

from pathlib import Path

import click

from weft.app.knowing import pools
from weft.app.knowing.pools import Pools
from weft.app.views import View
from weft.cli.mirror import month_option, shown
from weft.cli.printing import many, print_json, print_table
from weft.cli.shell import FILE, Context, pass_context, reading
from weft.engines.knowledge import BYS, AddedUp, Pooled
from weft.errors import InputError


@click.command("pools")
@click.argument("key", required=False, default="", metavar="[POOL]")
@month_option
@reading
@pass_context
def pools_command(
    context: Context, *, key: str, month: str, as_of: str, draft: str, as_json: bool
) -> None:
    """Show the pools of expertise: who leads, the load and what is free.

    Of one POOL: who is in it, in which missions they sit, and what is left of each.
    """
    with context.view(as_of, draft) as view:
        at, now = shown(context, view, month), context.now()
        if key:
            one = pools.pooled(view, now, at, key)
            print_json(one) if as_json else _show_one(view, one)
        else:
            every = pools.pools(view, now, at)
            print_json(every) if as_json else _show_all(view, every)


def _show_all(view: View, every: Pools) -> None:
    """Print a row for each pool."""
    click.secho(f"{every.month}: {many(len(every.pools), 'pool')}", bold=True)
    if not every.pools:
        click.echo("Make one with `weft put pools FILE`: a title, skills, a lead.")
        return
    print_table(
        ["pool", "id", "lead", "people", "load (FTE)", "free (FTE)", "missions"],
        [
            [
                *(p.title, p.id, view.name(p.lead), len(p.members)),
                *(_fte(p.load), _fte(p.free), len(p.missions)),
            ]
            for p in every.pools
        ],
    )


def _show_one(view: View, one: Pooled) -> None:
    """Print who is in a pool, and where they sit."""
    lead = view.name(one.lead) or "nobody"
    people = many(len(one.members), "person", "people")
    head = f"{one.title}, {one.month}: {people}, lead {lead}"
    click.secho(head, bold=True)
    print_table(
        ["who", "in it by", "missions", "load (FTE)", "free (FTE)"],
        [
            [
                view.name(member.person),
                ", ".join(member.skills) or "the role",
                ", ".join(f"{s.mission} {s.share} %" for s in member.seats),
                _fte(member.load),
                _fte(member.free),
            ]
            for member in one.members
        ],
    )
    over = many(one.over, "person", "people") if one.over else ""
    above = f"; {over} asked for more than they have to give" if over else ""
    told = f"load {_fte(one.load)}, free {_fte(one.free)} full-time people{above}"
    click.echo(f"{told}. Part time and absences are counted.")


@click.command("seats")
@click.option("--by", type=click.Choice(BYS), default=None, help="In this way only.")
@click.option("--out", type=FILE, default=None, help="Write it: .xlsx or .csv.")
@month_option
@reading
@pass_context
def seats_command(
    context: Context,
    *,
    by: str | None,
    out: Path | None,
    month: str,
    as_of: str,
    draft: str,
    as_json: bool,
) -> None:
    """Add the seats of a month up by discipline, pool, mission and unit.

    It is the same seats each time, so the four totals are equal.
    """
    if out and out.suffix not in {".xlsx", ".csv"}:
        raise InputError(
            f"{out.name} is neither .xlsx nor .csv.", do="Name it so, by what you want."
        )
    with context.view(as_of, draft) as view:
        found = pools.added_up(view, context.now(), shown(context, view, month))
    if out:
        write = pools.as_csv if out.suffix == ".csv" else pools.as_workbook
        out.write_bytes(write(found))
    print_json(found) if as_json else _show_sums(found, by)


def _show_sums(found: AddedUp, by: str | None) -> None:
    """Print the sums, way by way."""
    people = many(found.people, "person", "people")
    head = f"{found.month}: {many(found.seats, 'seat')} of {people}"
    click.secho(head, bold=True)
    for way in found.ways:
        if by in {None, way.by}:
            total = ["total", "", f"{way.fte:.2f}", f"{way.technology:.2f}"]
            print_table(
                [way.by, "people", "FTE", "of it technology"],
                [
                    *(
                        [x.title, x.people, f"{x.fte:.2f}", f"{x.technology:.2f}"]
                        for x in way.lines
                    ),
                    total,
                ],
            )


def _fte(hundredths: int) -> str:
    """Write hundredths of a person as full-time people."""
    return f"{hundredths / 100:.2f}"
