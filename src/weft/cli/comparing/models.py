"""Operating models on the command line: listed, shown, held against each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from weft.cli.printing import print_json, print_table
from weft.cli.shell import Context, json_option, pass_context

if TYPE_CHECKING:
    from weft.app.comparing.models import Shown


class Listing(click.Group):
    """A group that lists where no word is given."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the word in that was left out."""
        if not args or args == ["--json"]:
            args = ["list", *args]
        return super().parse_args(ctx, args)


@click.group("models", cls=Listing)
def models_command() -> None:
    """List operating models, show one, or hold two against each other."""


@models_command.command("list")
@json_option
def list_models(*, as_json: bool) -> None:
    """List the operating models that come with Weft."""
    from weft.app.comparing.models import every_model

    found = list(every_model().values())
    if as_json:
        print_json(found)
        return
    print_table(
        ["model", "title", "people sit in", "source"],
        [[model.id, model.title, model.shape, model.source] for model in found],
    )


@models_command.command("show")
@click.argument("model")
@click.option("--text", is_flag=True, help="As it is written, to start one's own from.")
@click.option("--every", is_flag=True, help="Parameters it does not use, too.")
@json_option
@pass_context
def show(
    context: Context, *, model: str, text: bool, every: bool, as_json: bool
) -> None:
    """Show a model with all its parameters, each with its unit and its source.

    MODEL is one of the library, or a file of one's own.
    """
    from weft.app.comparing.models import shown, the_models
    from weft.errors import NoStore
    from weft.interop.models import library_text, write_model

    names, texts = named([model])
    [found] = the_models(names, texts)
    if text:
        written = library_text(model) if model not in texts else write_model(found)
        click.echo(written, nl=False)
        return
    try:
        with context.view() as view:
            told = shown(found, view.firm)
    except NoStore:
        told = shown(found)
    if as_json:
        print_json(told)
        return
    _show(told, every=every)


def _show(told: Shown, *, every: bool) -> None:
    click.secho(told.title, bold=True)
    click.echo(f"{told.summary}\nSource: {told.source}")
    print_table(
        ["parameter", "value", "unit", "means", "from", "to", "source"],
        [
            [
                p.name,
                f"{p.value:g}",
                p.unit,
                p.means,
                _end(p.low),
                _end(p.high),
                p.source,
            ]
            for p in told.parameters
            if every or p.source != "not used"
        ],
    )
    decay = ", ".join(f"{share:.0%} after {m}" for m, share in told.decay.items())
    click.echo(f"Of what was foreseen no longer holds: {decay}.")
    if told.claims:
        click.echo(
            f"In this firm {told.inside:,} of {told.claims:,} claims of technology"
            f" skills ({(told.inside or 0) / told.claims:.0%}) lie in IT boxes."
        )


@models_command.command("compare")
@click.argument("one")
@click.argument("other")
@json_option
def compare_two(*, one: str, other: str, as_json: bool) -> None:
    """Tell in which parameters two models differ; nothing is simulated."""
    from weft.app.comparing.models import apart, the_models

    names, texts = named([one, other])
    first, second = the_models(names, texts)
    found = apart(first, second)
    if as_json:
        print_json(found)
        return
    print_table(
        ["parameter", first.title, second.title, "unit", "means"],
        [[a.name, f"{a.one:g}", f"{a.other:g}", a.unit, a.means] for a in found],
    )


def named(words: list[str]) -> tuple[list[str], dict[str, str]]:
    """Give the names of models, and the texts of those that are files."""
    return words, {word: _text(word) for word in words if word.endswith(".toml")}


def _text(file: str) -> str:
    from weft.cli.shell import a_file
    from weft.errors import Malformed, Where

    try:
        return a_file(file).read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        do = "Save the model as text in UTF-8."
        what = "This is no text in UTF-8."
        raise Malformed(what, do=do, where=Where(file)) from error


def _end(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
