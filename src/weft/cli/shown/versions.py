"""The versions of a guardrail, as a person reads them in a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

import click

from weft.app.framework.versions import Difference, Version
from weft.app.views import View
from weft.interop.yaml import write_yaml


def show_versions(found: Sequence[Version], view: View) -> None:
    """Print versions, the newest first."""
    click.secho(found[0].title, bold=True)
    for each in found:
        name = "taken out" if each.taken_out else f"version {each.version}"
        who = view.name(each.actor)
        click.echo(f"\n{each.at:%Y-%m-%d}  {name}, by {who}  (entry {each.seq})")
        for difference in each.differences:
            for line in _lines(difference):
                click.echo(f"    {line}")
        if not each.taken_out:
            click.echo(f"  {_counts(each)}")


def _counts(version: Version) -> str:
    """Say how often a version was asked under and waived."""
    decisions, waivers = version.decisions, version.waivers or 0
    return (
        f"{decisions} decision{'' if decisions == 1 else 's'} while it stood, "
        f"{waivers} waiver{'' if waivers == 1 else 's'} for this version."
    )


def _lines(difference: Difference) -> Iterator[str]:
    """Write one field as it was and as it is: of long ones the lines that differ."""
    was, now = (_text(difference.field, v) for v in (difference.was, difference.now))
    if was[:1] == now[:1]:  # a list of lines under the name of its field
        yield f"  {difference.field}:"
    for tag, a, b, c, d in SequenceMatcher(None, was, now).get_opcodes():
        if tag != "equal":
            yield from (f"- {line}" for line in was[a:b])
            yield from (f"+ {line}" for line in now[c:d])


def _text(field: str, value: Any) -> list[str]:
    """Write a field as the firm folder does; nothing where it is not set."""
    if value in (None, [], {}):
        return []
    return write_yaml({field: value}).splitlines()
