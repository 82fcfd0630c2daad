"""Coverage on the command line: holes, what hangs on one, what leaves with whom."""

from __future__ import annotations

from collections.abc import Sequence

import click

from weft.app.knowing import coverage
from weft.app.knowing.coverage import Covering
from weft.app.views import View
from weft.cli.mirror import month_option, shown
from weft.cli.printing import many, print_json, print_table
from weft.cli.shell import Context, pass_context, reading
from weft.engines.knowledge import Cover, Covered, Leaving
from weft.errors import InputError

_STATES = {"hole": "missing", "single": "hangs on one", "covered": "several"}


@click.command("coverage")
@click.argument("key", required=False, default="", metavar="[MISSION|ASSET]")
@click.option("--without", default="", metavar="WHO", help="Person, partner or unit.")
@month_option
@reading
@pass_context
def coverage_command(
    context: Context,
    *,
    key: str,
    without: str,
    month: str,
    as_of: str,
    draft: str,
    as_json: bool,
) -> None:
    """Show what is needed against who has it: holes, and what hangs on one person.

    Of every mission and asset; of one, skill by skill; or --without WHO, what would
    leave with a person, with a partner's people or with all of a unit.
    """
    if key and without:
        raise InputError(
            "Either one mission or asset, or what leaves with somebody.",
            do="Leave one of the two out.",
        )
    with context.view(as_of, draft) as view:
        at, now = shown(context, view, month), context.now()
        if without:
            left = coverage.leaving(view, now, at, without)
            print_json(left) if as_json else _show_leaving(view, left)
        elif key:
            table: coverage.Table = "missions"
            if key in view.firm.assets and key not in view.firm.missions:
                table = "assets"
            one = coverage.covered(view, now, at, table, key)
            print_json(one) if as_json else _show_one(view, one)
        else:
            every = coverage.coverage(view, now, at)
            print_json(every) if as_json else _show_all(every)


def _show_all(every: Covering) -> None:
    """Print a row for each mission and asset that lacks something."""
    thin = [c for c in every.covered if c.holes or c.singles]
    whole = many(len(every.covered), "mission or asset", "missions and assets")
    lack = f"{len(thin)} with a hole or a skill that hangs on one person"
    click.secho(f"{every.month}: {whole}, {lack}", bold=True)
    print_table(
        ["what", "id", "holes", "hang on one", "bus factor", "people"],
        [
            [c.table[:-1], c.id, c.holes, c.singles, c.bus_factor, c.people]
            for c in thin
        ],
    )
    if every.keepers is not None:
        click.echo(
            f"Without {many(every.keepers, 'person', 'people')} more than half of the"
            " assets that are kept would have no keeper."
        )


def _show_one(view: View, one: Covered) -> None:
    """Print every skill that is needed, and who has it."""
    factor = {None: "nothing is needed", 0: "a skill that is needed is held by nobody"}
    told = factor.get(one.bus_factor, f"bus factor {one.bus_factor}")
    click.secho(f"{one.title}, {one.month}: {told}", bold=True)
    print_table(
        ["skill", "level", "FTE", "for", "state", "who has it", "to be confirmed"],
        [
            [
                cover.skill,
                cover.level,
                f"{cover.share / 100:g}" if cover.share else "",
                ", ".join(cover.assets),
                _STATES[cover.state],
                _names(view, cover.holders),
                _names(view, cover.lapsed),
            ]
            for cover in needed(one)
        ],
    )


def needed(one: Covered) -> list[Cover]:
    """Give the skills that are needed."""
    return [cover for cover in one.skills if cover.needed]


def _show_leaving(view: View, left: Leaving) -> None:
    """Print what leaves with somebody."""
    name = left.title or view.name(left.id)
    people = many(left.people, "person", "people")
    click.secho(f"Without {name} ({people}), {left.month}", bold=True)
    if left.losses:
        print_table(
            ["what", "id", "skill", "level", "had it", "have it", "who is left"],
            [
                [
                    *(x.table[:-1], x.id, x.skill, x.level, x.before, x.after),
                    _names(view, x.left),
                ]
                for x in left.losses
            ],
        )
    else:
        click.echo("Every needed skill would still be held by two people or more.")
    for words, some in (
        ("Assets that nobody would keep", left.unkept),
        ("Assets that it supplies", left.supplied),
        ("Contracts with it", left.contracts),
    ):
        if some:
            click.echo(f"{words}: {', '.join(some)}.")


def _names(view: View, people: Sequence[str]) -> str:
    """Write people by their names."""
    return ", ".join(map(view.name, people))
