"""A decision record written as MADR 4 has it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from weft.core.framework.adrs import ADR
from weft.interop.madr.sections import MISSION
from weft.interop.yaml import write_yaml


def write_madr(record: ADR) -> str:
    """Write a record as one Markdown file, which `read_madr` reads again."""
    return "\n".join(_lines(record)).rstrip() + "\n"


def _lines(record: ADR) -> Iterator[str]:
    """Write a record line by line."""
    heir = record.superseded_by
    front = {
        "status": f"superseded by {heir}" if heir else record.status,
        "date": record.date.isoformat() if record.date else None,
        "decision-makers": [
            *record.deciders,
            *(f"{MISSION}{m}" for m in record.missions),
        ],
        "principles": list(record.principles),
    }
    told = write_yaml({name: value for name, value in front.items() if value})
    yield from ("---", told.rstrip(), "---", "", f"# {record.title}", "")
    yield from _prose("## Context and Problem Statement", record.context)
    yield from _list("## Decision Drivers", record.drivers)
    yield from _list("## Considered Options", (o.title for o in record.options))
    if record.chosen or record.outcome or record.consequences or record.confirmation:
        chosen = f'Chosen option: "{record.chosen}"' if record.chosen else ""
        because = ", because " if chosen and record.outcome else ""
        yield from ("## Decision Outcome", "")
        yield from (_escaped(f"{chosen}{because}{record.outcome}"), "")
    yield from _list("### Consequences", record.consequences)
    yield from _prose("### Confirmation", record.confirmation)
    if any(option.summary or option.arguments for option in record.options):
        yield from ("## Pros and Cons of the Options", "")
        for option in record.options:
            if option.summary or option.arguments:
                yield from (f"### {option.title}", "")
                summary = re.sub(r"(?m)^([-*+])", r"\\\1", _escaped(option.summary))
                yield from ((summary, "") if summary else ())
                yield from _list("", option.arguments)
    yield from _prose("## More Information", record.more)


def _prose(heading: str, text: str) -> Iterator[str]:
    if text:
        yield from (heading, "", _escaped(text), "")


def _list(heading: str, several: Iterable[str]) -> Iterator[str]:
    found = list(several)
    if found:
        yield from ((heading, "") if heading else ())
        yield from ("- " + each.replace("\n", "\n  ") for each in found)
        yield ""


def _escaped(text: str) -> str:
    """Write lines that begin like a heading so that they are none."""
    return re.sub(r"(?m)^#", r"\\#", text)
