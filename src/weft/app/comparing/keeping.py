"""Comparisons on record: put there when made, listed, opened and made again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from importlib.metadata import version

import msgspec
from msgspec.structs import replace

from weft import __version__
from weft.app.comparing.comparing import Comparing
from weft.app.permissions import permit
from weft.core.entries import Deed
from weft.core.firm import Firm
from weft.core.planning.compared import Compared, ComparedReport
from weft.core.records import Record, decode, show
from weft.core.roles import Actor
from weft.core.scalars import Line, Name
from weft.engines.simulation.comparing import Ask, Report
from weft.engines.simulation.models import Model, Setting
from weft.errors import NotFound
from weft.store.desk import Desk


class Kept(Record, frozen=True, kw_only=True):
    """A comparison on record. entry, by: where it is in the journal, and who made it.

    identical: for one that was made again, whether every figure is the one on record;
    none for one that was made for the first time.
    """

    entry: int
    by: Name
    compared: Compared
    identical: bool | None = None


class Listed(Record, frozen=True, kw_only=True):
    """A comparison on record, in short. seq: the entry after which it saw the firm."""

    id: Line
    entry: int
    at: datetime
    by: Name
    seq: int
    draft: str
    models: tuple[Name, ...]
    seed: int
    runs: int
    years: float
    versions: Mapping[str, str]
    digest: str
    verdict: str


class Opened(Record, frozen=True, kw_only=True):
    """A comparison on record with its report, as it was."""

    kept: Kept
    report: Report


class Repeated(Record, frozen=True, kw_only=True):
    """A comparison made again from its record.

    identical: whether every figure is the one on record. before, now: SHA-256 of the
    reports. versions: of what worked it out now.
    """

    id: Line
    identical: bool
    before: str
    now: str
    versions: Mapping[str, str]


def keep(
    desk: Desk,
    actor: Actor,
    ask: Ask,
    report: Report,
    *,
    at: datetime,
    draft: str = "",
) -> Kept:
    """Put a whole comparison on record, once; or tell whether it is as it was."""
    return put(desk, actor, _compared(ask, report, at, draft), show(report))


def put(desk: Desk, actor: Actor, made: Compared, report: str) -> Kept:
    """Put on record what was made, and what came of it, once."""
    before = next((k for k in _every(desk) if k.compared.key == made.key), None)
    if before is not None:
        same = before.compared.digest == made.digest
        return replace(before, identical=same)
    noun = "move" if made.move else "comparison"

    def deed(now: Firm) -> Deed:
        permit(now, actor, "compare")
        body = ComparedReport(digest=made.digest, at=made.at, report=report)
        return Deed(name="compare", facts=(made, body), note=f"{noun} {made.id}")

    entry = desk.write(deed, at=made.at, actor=actor)
    return Kept(entry=entry.seq, by=entry.actor, compared=made)


def _compared(ask: Ask, report: Report, at: datetime, draft: str) -> Compared:
    models = tuple(show(model) for model in ask.models)
    setting = show(ask.setting)
    asked = (setting, models, ask.seed, ask.runs, ask.years, ask.base, ask.deep)
    return Compared(
        id=named(asked),
        at=at,
        seq=ask.setting.seq,
        draft=draft,
        setting=setting,
        names=tuple(model.id for model in ask.models),
        models=models,
        seed=ask.seed,
        runs=ask.runs,
        years=ask.years,
        base=ask.base,
        deep=ask.deep,
        versions=versions(),
        digest=digest(show(report)),
        verdict=" ".join(f.says for f in report.findings if f.about == "verdict"),
    )


def named(asked: object) -> str:
    """Give the id of what was asked: the same for the same ask."""
    return sha256(msgspec.json.encode(asked)).hexdigest()[:12]


def versions() -> dict[str, str]:
    """Give the versions of what works a comparison out."""
    return {"weft": __version__, "numpy": version("numpy")}


def digest(report: str) -> str:
    """Tell equal reports by their SHA-256."""
    return sha256(report.encode()).hexdigest()


def comparisons(desk: Desk, actor: Actor) -> list[Kept]:
    """List the comparisons on record, the newest first."""
    permit(desk.firm(), actor, "compare")
    return [kept for kept in _every(desk) if not kept.compared.move][::-1]


def moves(desk: Desk, actor: Actor) -> list[Kept]:
    """List the moves on record, month by month each, the newest first."""
    permit(desk.firm(), actor, "compare")
    return [kept for kept in _every(desk) if kept.compared.move][::-1]


def _every(desk: Desk) -> Iterator[Kept]:
    for seq, compared in desk.facts.walk(Compared):
        yield Kept(entry=seq, by=desk.entry(seq).actor, compared=compared)


def comparison_called(desk: Desk, actor: Actor, name: str) -> Kept:
    """Give a comparison on record by its id; the latest for none. Raises NotFound."""
    every = comparisons(desk, actor)
    for kept in every:
        if name in {kept.compared.id, ""}:
            return kept
    known = [kept.compared.id for kept in every]
    raise NotFound("comparison", name, known, do="See: weft comparisons.")


def listed(kept: Kept) -> Listed:
    """Tell a comparison on record in short."""
    was = kept.compared
    return Listed(
        id=was.id,
        entry=kept.entry,
        at=was.at,
        by=kept.by,
        seq=was.seq,
        draft=was.draft,
        models=was.names,
        seed=was.seed,
        runs=was.runs,
        years=was.years,
        versions=was.versions,
        digest=was.digest,
        verdict=was.verdict,
    )


def opened(desk: Desk, kept: Kept) -> Opened:
    """Open what came of a comparison, as it was."""
    return Opened(kept=kept, report=decode(Report, body_of(desk, kept)))


def body_of(desk: Desk, kept: Kept) -> bytes:
    """Give the report of what is on record, as JSON."""
    [body] = desk.facts.of(ComparedReport, {kept.compared.digest})
    return body.report.encode()


def repeated(kept: Kept, report: Record) -> Repeated:
    """Hold what came of what was made again against its record."""
    before, now = kept.compared.digest, digest(show(report))
    return Repeated(
        id=kept.compared.id,
        identical=before == now,
        before=before,
        now=now,
        versions=versions(),
    )


def ask_of(kept: Kept) -> Ask:
    """Give what was asked, to the last figure, whatever the firm is now."""
    was = kept.compared
    return Ask(
        models=tuple(decode(Model, text.encode()) for text in was.models),
        setting=decode(Setting, was.setting.encode()),
        seed=was.seed,
        runs=was.runs,
        years=was.years,
        base=was.base,
        deep=was.deep,
    )


def asked_again(kept: Kept) -> Comparing:
    """Give what was asked, as somebody would ask for it."""
    was = kept.compared
    return Comparing(
        models=was.names,
        runs=was.runs,
        years=was.years,
        seed=was.seed,
        base=was.base,
        deep=was.deep,
        draft=was.draft or None,
        delay=ask_of(kept).setting.delay,
    )
