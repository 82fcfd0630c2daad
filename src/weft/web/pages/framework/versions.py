"""The versions of what holds for all: what changed from each to the next, in words."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal

import msgspec
from litestar import get
from litestar.di import NamedDependency
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from weft.app.framework.versions import VERSIONED, Stood, Then, Version, versions
from weft.app.texts import as_text
from weft.core.firm import Firm
from weft.core.guardrails import Guardrail
from weft.core.records import Record
from weft.web.context import Html, Page
from weft.web.pages.framework.rules import Said, conditions
from weft.web.pages.phrases import FILTERS

_LEVELS = {"veto": "Veto", "must": "Must", "advise": "Advice"}


class Line(msgspec.Struct, frozen=True):
    """A line of a version: one that was taken out, or one that came in."""

    sign: Literal["was", "now"]
    text: str


class Told(msgspec.Struct, frozen=True):
    """A version, with what changed from the one before."""

    version: Version
    lines: tuple[Line, ...]


def changed(firm: Firm, old: Record, new: Record) -> tuple[Line, ...]:
    """Give the lines in which two versions differ, in the order of the newer one."""
    was, now = [*_lines(firm, old)], [*_lines(firm, new)]
    found: list[Line] = []
    for tag, a, b, c, d in SequenceMatcher(
        None, was, now, autojunk=False
    ).get_opcodes():
        if tag != "equal":
            found += [Line("was", text) for text in was[a:b]]
            found += [Line("now", text) for text in now[c:d]]
    return tuple(found)


def since(then: Then) -> tuple[Line, ...]:
    """Give what changed in a guardrail since a decision was taken under it."""
    return changed(then.firm, then.guardrail, then.now) if then.now else ()


def _lines(firm: Firm, record: Record) -> Iterator[str]:
    """Write a version line by line: a guardrail in words, all else as in the folder."""
    if not isinstance(record, Guardrail):
        yield from as_text(record).splitlines()
        return
    yield f"Title: {record.title}"
    yield f"Strength: {_LEVELS[record.level]}"
    yield f"State: {FILTERS['phase'](record.phase)}"
    for name in ("principle", "rests_on", "owner", "harm", "starts", "ends", "binds"):
        value = getattr(record, name)
        if value:
            shown = ", ".join(value) if isinstance(value, tuple) else value
            yield f"{name.replace('_', ' ').capitalize()}: {shown}"
    yield from _said("Where", conditions(firm, record, record.when))
    yield from _said("Has to hold", conditions(firm, record, record.must))
    if record.waiver:
        yield f"Exceptions: for {record.waiver.max_days} days at most"
    for name in ("duty", "reason", "remedy"):
        if value := getattr(record, name):
            yield f"{name.capitalize()}: {value}"


def _said(lead: str, several: list[Said]) -> Iterator[str]:
    """Write conditions in words, each on a line, with all that stands around it."""
    for each in several:
        if each.lead:
            yield from _said(f"{lead}: {each.lead.removesuffix(':')}", [*each.inner])
        else:
            yield f"{lead}: {each.what} {each.says}"


def _told(firm: Firm, stood: Stood) -> Told:
    """Give a version with what changed."""
    both = stood.before is not None and stood.record is not None
    lines = changed(firm, stood.before, stood.record) if both else ()  # type: ignore[arg-type]
    return Told(stood.version, lines)


def _handler(kind: str) -> HTTPRouteHandler:
    """Give the page with the versions of a record of one kind."""

    @get(
        f"/{kind}/{{key:str}}/versions",
        sync_to_thread=True,
        operation="journal",
        name=f"page.{kind}.versions",
    )
    def history(page: NamedDependency[Page], key: FromPath[str]) -> Html:
        found = versions(page.desk, page.view, kind, key)
        back = f"/{kind}/{key}" if kind != "sets" else "/vocabulary"
        return page.show(
            "versions.html",
            title=found[0].version.title or key,
            back=back,
            versions=[_told(page.view.firm, each) for each in found],
        )

    return history


HANDLERS = [_handler(kind) for kind in VERSIONED]
