"""The ledger on the command line: looked into, closed by month, taken along."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from weft.cli.money.statements import money, month_options, print_twice
from weft.cli.printing import apart, many, print_end, print_json, print_table
from weft.cli.shell import (
    FILE,
    Context,
    json_option,
    key_option,
    pass_context,
    reading,
)

if TYPE_CHECKING:
    from weft.app.money.closing import Closing
    from weft.engines.funding.ledger import Flow


@click.group("money")
def money_command() -> None:
    """Look into the ledger, close a month, take it along; the P&L is `weft pl`."""


@money_command.command("close")
@click.argument("month", metavar="YYYY-MM")
@click.option("--dry-run", is_flag=True, help="Only show what it would post.")
@key_option
@json_option
@pass_context
def close(
    context: Context, *, month: str, dry_run: bool, key: str, as_json: bool
) -> None:
    """Post what a month cost: people from seats, contracts, shared services.

    Again at any time: what came late takes the place of what was posted before.
    """
    from weft.app.money import closing
    from weft.app.money.asking import month_of

    with context.desk(writes=not dry_run) as desk:
        told = closing.close(
            desk,
            context.actor,
            month_of(month),
            context.now(),
            dry_run=dry_run,
            key=key,
        )
    print_json(told) if as_json else _show_closing(told, dry_run=dry_run)


def _show_closing(told: Closing, *, dry_run: bool) -> None:
    print_table(
        ["what", "postings", "total", "instead of"],
        [
            [
                part.source,
                part.postings,
                ", ".join(part.total) or "nothing",
                ", ".join(part.replaces) or "nothing",
            ]
            for part in told.parts
        ],
    )
    for part in told.parts:
        for note in part.notes:
            click.echo(f"{part.source}: {note}")
    print_twice(told.twice)
    done(told.entry, dry_run=dry_run)


def done(entry: int | None, *, dry_run: bool) -> None:
    """Say what became of it."""
    print_end(
        entry,
        "Nothing changes: all of it stands in the ledger already.",
        dry_run=dry_run,
    )


@money_command.command("behind")
@click.argument("account")
@click.argument("month", metavar="YYYY-MM")
@click.option("--rows", is_flag=True, help="The rows of bills, the first 200.")
@reading
@pass_context
def behind(
    context: Context,
    *,
    account: str,
    month: str,
    rows: bool,
    as_of: str,
    draft: str,
    as_json: bool,
) -> None:
    """Show the postings of ACCOUNT in a month, such as expense:cloud:payments."""
    from weft.app.money import looking
    from weft.app.money.asking import month_of
    from weft.app.views import look

    with context.desk() as desk:
        view = look(desk, context.actor, as_of=as_of, draft=draft)
        asked = month_of(month)
        if rows:
            lines = looking.source_rows(desk, view, account, asked)
            head = ["file", "row", "cost", "service", "what it was"]
            table = [[x.file, x.row, x.cost, x.service, x.says] for x in lines]
            print_json(lines) if as_json else print_table(head, table)
            return
        found = looking.behind(desk, view, account, asked)
    if as_json:
        print_json(found)
        return
    print_table(
        ["booking", "what for", "amount", "source rows"],
        [
            [
                each.booking.key,
                each.posting.says or each.says,
                money(each.posting.units, each.posting.currency),
                each.posting.rows,
            ]
            for each in found
        ],
    )
    click.echo(f"{many(len(found), 'posting')}; --rows shows rows of bills.")


@money_command.command("unmapped")
@reading
@pass_context
def unmapped(context: Context, *, as_of: str, draft: str, as_json: bool) -> None:
    """Show the costs that no mission has yet; rules and contracts map them."""
    from weft.app.money import looking

    with context.view(as_of, draft) as view:
        found = looking.unmapped(view)
    if as_json:
        print_json(found)
        return
    print_table(
        ["booking", "total", "of no mission", "from"],
        [
            [each.key, ", ".join(each.total), ", ".join(each.unmapped), each.file]
            for each in found
        ],
    )
    if not found:
        click.echo("Every cost that is posted has a mission.")


@money_command.command("redundancies")
@reading
@pass_context
def redundancies(context: Context, *, as_of: str, draft: str, as_json: bool) -> None:
    """Show what is bought or built more than once, priced, accepted or not."""
    from weft.app.money import looking
    from weft.engines.funding.ledger import in_all

    with context.view(as_of, draft) as view:
        found = looking.redundancies(view, context.now())
        whole = in_all(found, looking.currency(view))
    if as_json:
        print_json(found)
        return
    print_table(
        ["id", "why", "things", "all but the dearest, a year", "standing", "limit"],
        [
            [
                each.id,
                each.why,
                ", ".join(twin.id for twin in each.twins),
                each.price if each.priced else "not known",
                each.standing,
                each.accepted.limit if each.accepted else "",
            ]
            for each in found
        ],
    )
    if not found:
        click.echo("Nothing is there twice.")
        return
    told = f"{whole.price} a year: {whole.accepted} is accepted, {whole.open} is not."
    click.echo(apart(f"All but the dearest of each come to {told}"))
    if whole.unpriced:
        things = "their costs are not on record, or no dated rate converts them"
        click.echo(f"Of {whole.unpriced} more it is not known: {things}.")


@money_command.command("accept")
@click.argument("redundancy", metavar="ID")
@click.argument("limit", metavar="AMOUNT")
@click.option("--role", required=True, help="Which role answers for it.")
@click.option("--until", required=True, metavar="DAY", help="Then it is asked again.")
@click.option("--why", required=True, help="In a sentence.")
@key_option
@json_option
@pass_context
def accept(context: Context, /, *, key: str, as_json: bool, **said: str) -> None:
    """Accept what is there twice, up to AMOUNT a year, such as "45000.00 EUR"."""
    from weft.app.money import accepting
    from weft.app.money.accepting import Accepting
    from weft.core.records import read_texts

    said["accepted_by"] = said.pop("role")
    wanted = read_texts(Accepting, said)
    with context.desk(writes=True) as desk:
        found = accepting.accept(desk, context.actor, wanted, context.now(), key)
    if as_json:
        print_json(found)
        return
    click.echo(apart(f"{found.id}: {found.standing}, up to {wanted.limit} a year."))


@money_command.command("purpose")
@click.argument("mission")
@click.option("--running", default="0", help="Hundredths that keep things as they are.")
@click.option("--efficiency", default="0", help="Hundredths for the same for less.")
@click.option("--innovation", default="0", help="Hundredths for what is new.")
@click.option(
    "--cost",
    metavar="COST",
    help="Of people, cloud, contracts or shared alone; else of all costs.",
)
@click.option("--start", required=True, metavar="YYYY-MM", help="From this month on.")
@click.option("--why", required=True, help="How you know, in a sentence.")
@key_option
@json_option
@pass_context
def purpose(
    context: Context, /, *, key: str, as_json: bool, **said: str | None
) -> None:
    """Say what the spending of MISSION is for, in three shares that come to 100."""
    from weft.app.money import purposes
    from weft.core.money.purpose import Purpose
    from weft.core.records import read_texts

    wanted = read_texts(Purpose, {k: v for k, v in said.items() if v is not None})
    with context.desk(writes=True) as desk:
        found = purposes.say(desk, context.actor, wanted, context.now(), key)
    if as_json:
        print_json(found)
        return
    shares = f"{found.running} to keep running, {found.efficiency} for efficiency"
    told = f"{found.mission}, {found.cost or 'all costs'} from {found.start} on"
    click.echo(f"{told}: {shares}, {found.innovation} for innovation.")


@money_command.command("flow")
@month_options
@reading
@pass_context
def flow(
    context: Context,
    *,
    month: str,
    months: int,
    as_of: str,
    draft: str,
    as_json: bool,
) -> None:
    """Show where money goes: from funds through missions to what it bought."""
    from weft.app.money import looking
    from weft.app.views import look

    with context.desk() as desk:
        view = look(desk, context.actor, as_of=as_of, draft=draft)
        found = looking.flow(desk, view, looking.months_to(view, month, months))
    print_json(found) if as_json else _show_flow(found)


def _show_flow(found: Flow) -> None:
    streams = [*found.funded, *found.spent]
    print_table(
        ["from", "to", "amount"],
        [[s.source, s.target, money(s.units, found.currency)] for s in streams],
    )
    for currency, units in found.left_out:
        click.echo(f"Left out, as no dated rate converts it: {money(units, currency)}.")


@money_command.command("trial")
@reading
@pass_context
def trial(context: Context, *, as_of: str, draft: str, as_json: bool) -> None:
    """Show the trial balance, and prove that the ledger adds up to zero."""
    from weft.app.money import looking
    from weft.app.views import look

    with context.desk() as desk:
        view = look(desk, context.actor, as_of=as_of, draft=draft)
        found = looking.trial(desk, view)
    if as_json:
        print_json(found)
    else:
        print_table(
            ["account", "amount", "postings"],
            [
                [x.account, money(x.units, x.currency), x.postings]
                for x in found.accounts
            ],
        )
        click.echo(
            f"{many(found.postings, 'posting')}; they add up to zero."
            if not found.off
            else f"They do not add up: {found.off}."
        )
    if found.off:
        raise SystemExit(1)


@money_command.command("year")
@click.argument("year", metavar="YYYY")
@reading
@pass_context
def year(context: Context, *, year: str, as_of: str, draft: str, as_json: bool) -> None:
    """Derive the yearly view of costs, for those who must have one."""
    from weft.app.money import looking
    from weft.app.views import look

    with context.desk() as desk:
        view = look(desk, context.actor, as_of=as_of, draft=draft)
        found = looking.year(desk, view, year)
    if as_json:
        print_json(found)
        return
    print_table(
        ["cost", "amount", "postings"],
        [[x.title, money(x.units, x.currency), x.postings] for x in found.costs],
    )
    told = [money(units, of) for of, units in found.total.items()]
    click.echo(f"{year}, {many(len(found.months), 'month')}: {', '.join(told) or 0}")


@money_command.command("export")
@click.argument("file", type=FILE)
@click.option("--as-of", default="", metavar="DATE|SEQ", help="Look back.")
@json_option
@pass_context
def export(context: Context, *, file: Path, as_of: str, as_json: bool) -> None:
    """Write the ledger to FILE: .beancount, .csv or .xlsx."""
    from weft.app.money import exporting
    from weft.app.money.asking import form_of
    from weft.app.views import look

    with context.desk() as desk:
        view = look(desk, context.actor, as_of=as_of)
        form = form_of(file.name)
        if form == "beancount":
            raw = exporting.as_beancount(desk, view).encode()
        elif form == "csv":
            raw = exporting.as_csv(desk, view)
        else:
            raw = exporting.as_workbook(desk, view)
    file.write_bytes(raw)
    if as_json:
        print_json({"file": str(file), "form": form})
    else:
        click.echo(f"{file} written.")
