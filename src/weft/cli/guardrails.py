"""Guardrails on the command line: tried before they hold, and what they cost."""

from __future__ import annotations

import click

from weft.cli.printing import print_json
from weft.cli.shell import Context, a_file, pass_context, reading

BREAKS = 1
FLAWS = 1


@click.group("guardrails")
def guardrails_command() -> None:
    """Try a guardrail before it holds; what contradicts, what it costs; look back."""


@guardrails_command.command("try")
@click.argument("file")
@reading
@pass_context
def try_(context: Context, *, file: str, as_of: str, draft: str, as_json: bool) -> None:
    """Tell what the guardrail in FILE (YAML or JSON) would change.

    It may be new, changed or retired: it is compared with the one of the same id
    that the firm has, over all assets, past requests and waivers. Nothing is
    written. It is told, too, which guardrails it would contradict, and which make it
    needless. Exit code 1 if an asset newly breaks, else 0.
    """
    from weft.app.guardrails import try_out
    from weft.app.views import look
    from weft.app.writing.consistency import of_draft
    from weft.app.writing.reading import written_file
    from weft.cli.shown.consistency import show_flaws
    from weft.cli.shown.trials import show

    path = a_file(file)
    with context.desk() as desk:
        view = look(desk, context.actor, as_of=as_of, draft=draft)
        drafted = written_file(view.firm, path.read_bytes(), file).whole()
        tried = try_out(desk, view, drafted, context.now())
        flaws = of_draft(view, drafted, context.now()).flaws
    if as_json:
        print_json(tried.trial(flaws))
    else:
        show(tried, view.firm)
        show_flaws(flaws)
    if tried.radius.total.breaks:
        click.get_current_context().exit(BREAKS)


@guardrails_command.command("consistency")
@reading
@pass_context
def consistency(context: Context, *, as_of: str, draft: str, as_json: bool) -> None:
    """Tell which guardrails contradict each other, or could go, and what is unread.

    Found exactly, over everything that could be asked, each with an example: what
    nothing can satisfy, what applies to nothing, what others refuse as well, and
    words that no guardrail reads. Exit code 1 if there is something to mend, else 0.
    """
    from weft.app.views import look
    from weft.app.writing.consistency import consistency as looked_through
    from weft.cli.shown.consistency import show

    with context.desk() as desk:
        view = look(desk, context.actor, as_of=as_of, draft=draft)
        found = looked_through(view, context.now())
    print_json(found) if as_json else show(found)
    if any(flaw.to_mend for flaw in found.flaws):
        click.get_current_context().exit(FLAWS)


@guardrails_command.command("log")
@click.argument("guardrail")
@reading
@pass_context
def log(
    context: Context, *, guardrail: str, as_of: str, draft: str, as_json: bool
) -> None:
    """Show every version of GUARDRAIL: when, who, what changed, and how often asked."""
    from weft.app.framework.versions import versions
    from weft.app.views import look
    from weft.cli.shown.versions import show_versions

    with context.desk() as desk:
        view = look(desk, context.actor, as_of=as_of, draft=draft)
        found = [each.version for each in versions(desk, view, "guardrails", guardrail)]
    print_json(found) if as_json else show_versions(found, view)


@guardrails_command.command("cost")
@click.argument("guardrail", required=False, metavar="[GUARDRAIL]")
@reading
@pass_context
def cost(
    context: Context, *, guardrail: str | None, as_of: str, draft: str, as_json: bool
) -> None:
    """Tell what guardrails cost the firm: refusals, waivers, days of waiting.

    And the freedom ratio, the share of requests decided without a person. With
    GUARDRAIL, all figures of that one.
    """
    from weft.app.framework import costs
    from weft.app.views import look
    from weft.cli.shown.costs import show_cost, show_costs

    with context.desk() as desk:
        view, now = look(desk, context.actor, as_of=as_of, draft=draft), context.now()
        if guardrail:
            one = costs.cost(desk, view, guardrail, now)
            print_json(one) if as_json else show_cost(one)
        else:
            told = costs.costs(desk, view, now)
            print_json(told) if as_json else show_costs(told)
