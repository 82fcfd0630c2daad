"""Roll-outs on the command line: a guardrail brought into force, with dates."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

from weft.cli.printing import many, print_json, print_table
from weft.cli.shell import (
    DAY,
    Context,
    a_file,
    json_option,
    key_option,
    pass_context,
    reading,
)
from weft.errors import InputError

if TYPE_CHECKING:
    from weft.app.framework.rollouts import Campaign, CampaignItems, Plan, Preview
    from weft.core.sources import Source

F = TypeVar("F", bound=Callable[..., Any])
MOST = 20
"""So many items are told one by one."""


@click.group("rollout")
def rollout_command() -> None:
    """Bring a guardrail into force, and see what broke it mended by a date."""


def planning(command: F) -> F:
    """Give a command what a roll-out is planned with."""
    options = [
        click.argument("file"),
        click.option(
            "--until", required=True, type=DAY, help="The day before which to mend."
        ),
        click.option(
            "--for",
            "dates",
            multiple=True,
            metavar="MISSION=DATE",
            help="Another day for a mission; repeatable.",
        ),
        click.option("--reason", default="", help="Why now; never about a person."),
        click.option("--id", "rollout_id", default=None, help="What to call it."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


@rollout_command.command("preview")
@planning
@reading
@pass_context
def preview(
    context: Context, /, *, as_of: str, draft: str, as_json: bool, **plan: Any
) -> None:
    """Tell what rolling out the guardrail in FILE would do; nothing is written.

    Its blast radius, what would be tolerated, and who gets which day.
    """
    from weft.app.framework.rollouts import preview as previewed
    from weft.app.views import look

    with context.desk() as desk:
        view = look(desk, context.actor, as_of=as_of, draft=draft)
        with _planned(plan) as planned:
            found = previewed(desk, view, planned, context.now())
    print_json(found) if as_json else _previewed(found)


@rollout_command.command("start")
@planning
@key_option
@json_option
@pass_context
def start(context: Context, /, *, key: str, as_json: bool, **plan: Any) -> None:
    """Bring the guardrail in FILE into force, and record what breaks it today.

    --as PERSON has to hold the role that owns it.
    """
    from weft.app.framework.rollouts import start as started

    with _planned(plan) as planned, context.desk(writes=True) as desk:
        rollout = started(desk, context.actor, planned, context.now(), key)
    if as_json:
        print_json(rollout)
        return
    click.echo(
        f"{rollout.guardrail} is rolled out as {rollout.id}: "
        f"{many(rollout.recorded, 'item')} to mend before {rollout.until}."
    )


@rollout_command.command("list")
@reading
@pass_context
def list_(context: Context, *, as_of: str, draft: str, as_json: bool) -> None:
    """List the roll-outs, the newest first."""
    from weft.app.framework.rollouts import campaigns

    with context.view(as_of, draft) as view:
        found = campaigns(view, context.now())
    if as_json:
        print_json(found)
        return
    head = ["roll-out", "guardrail", "since", "before", "recorded", "open", "overdue"]
    print_table(
        head,
        [
            [
                *[
                    c.rollout.id,
                    c.rollout.guardrail,
                    c.total.steps[0].day,
                ],
                *[c.rollout.until, c.total.recorded, c.total.open, c.total.overdue],
            ]
            for c in found
        ],
    )


@rollout_command.command("show")
@click.argument("rollout_id", metavar="ROLLOUT")
@click.option("--mission", default="", metavar="ID", help="Only its items.")
@reading
@pass_context
def show(
    context: Context,
    *,
    rollout_id: str,
    mission: str,
    as_of: str,
    draft: str,
    as_json: bool,
) -> None:
    """Show how far a roll-out is: its burn-down, and what is still to be mended."""
    from msgspec.structs import replace

    from weft.app.framework.rollouts import campaign

    with context.view(as_of, draft) as view:
        found = campaign(view, rollout_id, context.now())
    if mission:
        kept = tuple(each for each in found.items if each.mission == mission)
        found = replace(found, items=kept)
    print_json(found) if as_json else _shown(found)


@rollout_command.command("prune")
@click.argument("rollout_id", metavar="ROLLOUT")
@key_option
@json_option
@pass_context
def prune(context: Context, *, rollout_id: str, key: str, as_json: bool) -> None:
    """Close what no longer offends and was loaded as if it did.

    What is mended here closes by itself, with the deed that mends it.
    """
    from weft.app.framework.rollouts import prune as pruned

    with context.desk(writes=True) as desk:
        closed = pruned(desk, context.actor, rollout_id, context.now(), key)
    if as_json:
        print_json(closed)
    elif closed:
        for item in closed:
            click.echo(f"{item.id}: {item.asset}, {item.path} {item.value}")
    else:
        click.echo("Nothing to close: all that is open still offends.")


@contextmanager
def _planned(told: Mapping[str, Any]) -> Iterator[Plan]:
    """Read a plan; tell on which line of its file it is refused for something."""
    from weft.app.texts import in_file

    plan, source = _plan(**told)
    try:
        yield plan
    except InputError as error:
        in_file(error, plan.guardrail, source)
        raise


def _plan(
    *,
    file: str,
    until: datetime,
    dates: tuple[str, ...],
    reason: str,
    rollout_id: str | None,
) -> tuple[Plan, Source]:
    """Read a plan: the guardrail from its file, the days from the options."""
    import json

    from weft.app.framework.rollouts import Plan
    from weft.app.texts import from_file
    from weft.core.records import read
    from weft.core.records import show as shown
    from weft.core.sources import Source

    days = {}
    for text in dates:
        mission, equals, day = text.partition("=")
        if not equals:
            raise InputError(f"{text!r} names no day.", do="Write MISSION=2027-03-31.")
        days[mission] = day
    guardrail, source = from_file("guardrails", a_file(file).read_bytes(), file)
    plain = {
        "guardrail": json.loads(shown(guardrail)),
        "until": until.date().isoformat(),
        "dates": days,
        "reason": reason,
        "id": rollout_id,
    }
    return read(Plan, plain, Source("argv")), source


def _previewed(found: Preview) -> None:
    """Print what a roll-out would do."""
    from weft.cli.shown.trials import lines

    guardrail = found.radius.guardrail
    head = f"{guardrail.title}  ({guardrail.id}, version {guardrail.version})"
    click.secho(head, bold=True)
    click.echo(f"Judged as on {found.radius.at:%Y-%m-%d}; nothing is written.\n")
    for line in lines(found.radius):
        click.echo(line)
    if guardrail.binds:
        click.echo(f"Until {guardrail.binds} it only advises.")
    count = many(len(found.items), "item")
    click.echo(f"\n{found.rollout.id} would tolerate {count}, until mended:\n")
    print_table(
        ["mission", "to mend before", "items", "assets"],
        [
            [each.mission or "(nobody's)", each.until, each.items, each.assets]
            for each in found.missions
        ],
    )
    if found.uncovered:
        click.echo(f"Not tolerated, and so to break: {', '.join(found.uncovered)}.")


def _shown(found: CampaignItems) -> None:
    """Print how far a roll-out is."""
    campaign, rollout = found.campaign, found.campaign.rollout
    click.secho(f"{campaign.title}  ({rollout.id})", bold=True)
    click.echo(
        f"{rollout.guardrail}, version {rollout.version}, since "
        f"{rollout.started_at:%Y-%m-%d}, to be mended before {rollout.until}."
    )
    click.echo(_left(campaign) + "\n")
    print_table(
        ["mission", "before", "recorded", "open", "overdue"],
        [
            [b.mission or "(nobody's)", b.until, b.recorded, b.open, b.overdue]
            for b in campaign.missions
        ],
    )
    click.echo("Open at the end of the day: ", nl=False)
    click.echo(", ".join(f"{s.day} {s.open}" for s in campaign.total.steps) + ".\n")
    still = [each for each in found.items if each.open]
    print_table(
        ["item", "mission", "asset", "what", "is", "before", "tolerated"],
        [
            [
                *[each.item.id, each.mission, each.item.asset, each.item.path],
                *[each.item.value, f"{each.item.until:%Y-%m-%d}"],
                "yes" if each.counts else f"no: {each.why}",
            ]
            for each in still[:MOST]
        ],
    )
    if len(still) > MOST:
        click.echo(f"... and {len(still) - MOST} more; --json has all.")


def _left(campaign: Campaign) -> str:
    """Sum a roll-out up in a sentence."""
    total = campaign.total
    late = f", {total.overdue} of them not tolerated any more" * bool(total.overdue)
    gone = total.recorded - total.open
    return f"Of {many(total.recorded, 'item')} {gone} mended, {total.open} open{late}."
