"""Can we take this on? Asked on the command line, from the seats there really are."""

from __future__ import annotations

import re
from collections.abc import Mapping

import click
from msgspec.structs import replace

from weft.app.views import View
from weft.cli.printing import print_json
from weft.cli.rounds.rounds import ask_of, patience
from weft.cli.shell import Context, a_file, json_option, pass_context
from weft.core.missions import Need
from weft.errors import InputError, Problems

_EXITS = {"yes": 0, "later": 1, "no": 5}


class _Can(click.Command):
    """Takes -50 for a share, to say what one may be, and not for an option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words that were typed."""
        ctx.ignore_unknown_options = any(re.fullmatch(r"-[0-9.]+", a) for a in args)
        return super().parse_args(ctx, args)


@click.command("can", cls=_Can)
@click.argument("mission", metavar="MISSION|FILE.csv")
@click.argument("skill", required=False)
@click.argument("share", metavar="[PERCENT]", required=False)
@click.argument("month", metavar="[YYYY-MM]", required=False)
@click.option("--until", default="", metavar="YYYY-MM", help="The last month of it.")
@click.option("--level", type=click.IntRange(1, 5), default=3, show_default=True)
@click.option("--months", default=6, show_default=True, help="To look ahead.")
@click.option("--limit", default=60, show_default=True, help="Seconds, for each half.")
@click.option("--draft", default="", metavar="NAME", help="On a what-if.")
@json_option
@pass_context
def can_command(
    context: Context,
    *,
    mission: str,
    skill: str | None,
    share: str | None,
    month: str | None,
    until: str,
    level: int,
    months: int,
    limit: int,
    draft: str,
    as_json: bool,
) -> None:
    """Tell whether MISSION can have PERCENT of a person with SKILL from a month on.

    Yes (exit 0), from a later month on (1) or no (5): with who would move, what must
    give, and on a no why and what can be done. FILE.csv holds needs, as a firm folder
    writes them: each is answered by itself, and the worst answer is the exit code.
    """
    from weft.app.rounds.working_out import can_take_on
    from weft.app.views import look
    from weft.cli.rounds.shown import show_ability

    told = {"skill": skill, "share": share, "month": month, "level": level}
    with context.desk() as desk:
        view = look(desk, context.actor, draft=draft)
        needs = _asked(view, mission, {**told, "until": until})
        found = [
            can_take_on(
                desk,
                context.actor,
                need,
                ask_of(need.month, months, limit, draft),
                now=context.now(),
                patience=patience(limit * 2),
            )
            for need in needs
        ]
    if as_json:
        print_json(found[0] if skill else found)
    for need, each in zip(needs, () if as_json else found, strict=False):
        if not skill:
            click.echo(f"{need.key}, {need.share} %")
        show_ability(view, each)
    raise click.exceptions.Exit(max(_EXITS[each.verdict] for each in found))


def _asked(view: View, mission: str, told: Mapping[str, object]) -> list[Need]:
    """Give the needs that are asked about, each with the id of its skill."""
    from weft.app.knowing.skills import the_skill
    from weft.core.records import read_texts

    if told["skill"] and told["share"] and told["month"]:
        skill = the_skill(view, str(told["skill"])).id
        given = {key: str(value) for key, value in told.items() if value}
        return [read_texts(Need, {"mission": mission, **given, "skill": skill}, "need")]
    return [
        replace(each, skill=the_skill(view, each.skill).id) for each in _needs(mission)
    ]


def _needs(name: str) -> list[Need]:
    """Read the needs that a file holds, or say how they are given."""
    from weft.interop.folder.tables import read_table

    if not name.casefold().endswith(".csv"):
        do = "Give MISSION SKILL PERCENT YYYY-MM, or a file of needs that ends in .csv."
        raise InputError(f"{name} alone is no need.", do=do)
    rows = [row for _, row in read_table(Need, a_file(name).read_bytes(), name)]
    wrong = [row for row in rows if isinstance(row, InputError)]
    if wrong:
        raise wrong[0] if len(wrong) == 1 else Problems(wrong)
    needs = [row for row in rows if isinstance(row, Need)]
    if not needs:
        raise InputError(f"{name} holds no need.", do="Write one in each line.")
    return needs
