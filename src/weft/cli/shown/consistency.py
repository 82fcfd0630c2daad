"""What does not fit together, as a person reads it in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import click

from weft.app.writing.consistency import Consistency, Flaw

_TITLES = {
    "contradiction": "Contradict each other",
    "unreachable": "Applies to nothing",
    "misfit": "Does not fit the vocabulary",
    "evaded": "Is evaded by leaving a fact out",
    "implied": "Made needless by another",
    "equal": "The same twice",
    "idle": "Asks for nothing",
    "asks-to-know": "Met by every value",
    "idle-condition": "A condition without effect",
    "unused-param": "A threshold that nothing reads",
    "unused-set": "A set that nothing names",
    "unused-member": "A value that never passes",
    "unsupplied": "A fact that nobody supplies",
    "ban": "A ban",
    "two-way-param": "A threshold that works both ways",
    "unread-property": "Read by no guardrail",
}


def show(found: Consistency) -> None:
    """Print all that was found."""
    mend = [flaw for flaw in found.flaws if flaw.to_mend]
    look = [flaw for flaw in found.flaws if not flaw.to_mend]
    if mend:
        show_flaws(mend)
    if look:
        click.secho("\nMay well be meant:", bold=True)
        show_flaws(look)
    said = "Nothing else" if mend else "Nothing"
    looked = f"{found.guardrails} guardrails were looked at"
    click.echo(f"\n{looked}. {said} has to be mended.")
    if not found.whole:
        click.echo("The search for more than two that contradict each other was cut.")


def show_flaws(flaws: Iterable[Flaw]) -> None:
    """Print flaws one by one, each with its example and what each side asks for."""
    for flaw in flaws:
        click.secho(f"\n{_TITLES[flaw.flaw]}", bold=True, nl=False)
        click.echo(f": {flaw.what}")
        if flaw.example:
            click.echo(f"    for example {_facts(flaw.example)}")
        for want in flaw.wants if flaw.wants[1:] else ():
            click.echo(f"    {want.guardrail} ({want.level}) asks: {want.asks}")


def _facts(example: Mapping[str, Any]) -> str:
    """Write down facts in a line."""
    return ", ".join(f"{name}: {_value(value)}" for name, value in example.items())


def _value(value: Any) -> str:
    """Write down a value of an example."""
    if value is None or value == "":
        return "not known" if value is None else "unreadable"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_value, value))}]"
    return f"{{{_facts(value)}}}" if isinstance(value, Mapping) else str(value)
