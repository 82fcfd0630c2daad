"""Guardrails on the command line: tried before they hold."""

from __future__ import annotations

import click

from weft.cli.printing import print_json
from weft.cli.shell import Context, a_file, pass_context, reading

BREAKS = 1


@click.group("guardrails")
def guardrails_command() -> None:
    """Try a guardrail before it holds."""


@guardrails_command.command("try")
@click.argument("file")
@reading
@pass_context
def try_(context: Context, *, file: str, as_of: str, draft: str, as_json: bool) -> None:
    """Tell what the guardrail in FILE (YAML or JSON) would change.

    It may be new, changed or retired: it is compared with the one of the same id
    that the firm has, over all assets, past requests and waivers. Nothing is
    written. Exit code 1 if an asset newly breaks, else 0.
    """
    from weft.app.guardrails import try_out
    from weft.app.views import look
    from weft.app.writing.reading import written_file
    from weft.cli.trials import show

    path = a_file(file)
    with context.desk() as desk:
        view = look(desk, context.actor, as_of=as_of, draft=draft)
        drafted = written_file(view.firm, path.read_bytes(), file).whole()
        tried = try_out(desk, view, drafted, context.now())
    print_json(tried.trial()) if as_json else show(tried, view.firm)
    if tried.radius.total.breaks:
        click.get_current_context().exit(BREAKS)
