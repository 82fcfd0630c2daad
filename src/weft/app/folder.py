"""The firm as a folder of text: loaded as one deed, exported to be loaded again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Final

from weft.app.permissions import permit
from weft.app.records import faults, intent, unfit
from weft.app.views import View, whole
from weft.core.entries import Change, Deed, put
from weft.core.firm import KINDS, Firm, change, difference
from weft.core.records import Record
from weft.core.roles import Actor
from weft.engines.guardrails import problems as guardrail_problems
from weft.errors import InputError, Problems
from weft.interop.folder import Folder, read_folder, write_folder
from weft.store.desk import Desk


class Tally(Record, frozen=True, kw_only=True):
    """How many records of a kind a deed adds, changes and drops."""

    table: str
    added: int
    changed: int
    dropped: int


class Loaded(Record, frozen=True, kw_only=True):
    """What a load has changed, or would change.

    entry: the number of the entry it became; nothing where nothing was written.
    """

    tallies: tuple[Tally, ...]
    profiles: int
    entry: int | None = None


def read(path: Path) -> Folder:
    """Read a firm folder; raise everything that is wrong with it at once."""
    folder = read_folder(path)
    if folder.problems:
        found = [*folder.problems, *_misruled(folder)]
        found.sort(key=lambda each: (each.where.file, each.where.line))
        raise Problems(found)
    return folder


def _misruled(folder: Folder) -> Iterator[InputError]:
    """Find what is wrong with the guardrails of a folder that has other mistakes too.

    Nothing that may only follow from those: where not all words could be read, nothing
    is known of guardrails, and of waivers nothing where not all guardrails were.
    """
    if _WORDS & (folder.partly | folder.unsure):
        return
    waivers_too = "guardrails" not in folder.partly | folder.unsure
    for each in guardrail_problems(folder.nearly):
        is_waiver = each.where.file.startswith("waivers/")
        follows = each.lacks in folder.unsure or (is_waiver and not waivers_too)
        if folder.is_read(each.where) and not follows:
            each.where = folder.place(each.where)
            yield each


def plan(firm: Firm, folder: Folder) -> tuple[Change, ...]:
    """Give the changes that make the firm into what the folder says."""
    puts = [Change(r.kind, r.key, r) for r in folder.records]
    wanted = change(Firm(), puts)
    return difference(firm, wanted)


def load(
    desk: Desk,
    actor: Actor,
    folder: Folder,
    at: datetime,
    *,
    dry_run: bool = False,
    on: date | None = None,
    key: str = "",
    note: str = "",
) -> Loaded:
    """Make the firm what the folder says, as one deed; or only show the change."""
    permit(desk.firm(), actor, "load")
    seen = desk.firm()
    changes = plan(seen, folder)
    _check(seen, changes, folder)
    known = desk.profiles()
    profiles = [p for p in folder.profiles if known.get(p.id) != p]
    tallies = tally(seen, changes)
    if dry_run or not (changes or profiles):
        return Loaded(tallies=tallies, profiles=len(profiles))

    def deed(firm: Firm) -> Deed:
        permit(firm, actor, "load")
        if firm.seq != seen.seq:
            _check(firm, changes, folder)
        return Deed(name="load", changes=changes, seen=seen.seq, on=on, note=note)

    entry = desk.write(
        deed,
        at=at,
        actor=actor,
        key=key,
        intent=intent(map(put, folder.records)) if key else b"",
        profiles=profiles,
    )
    return Loaded(tallies=tallies, profiles=len(profiles), entry=entry.seq)


def _check(firm: Firm, changes: Sequence[Change], folder: Folder) -> None:
    """Raise all that would be wrong with the firm after the changes."""
    after = change(firm, changes)
    wrong = [*faults(after), *unfit(firm, after, changes)]
    if wrong:
        for each in wrong:
            each.where = folder.place(each.where)
        raise Problems(wrong)


def export(desk: Desk, view: View, path: Path) -> None:
    """Write the firm as a folder that `load` reads.

    Whether the actor may is judged on the firm as it stands, not on a what-if. It is
    the whole firm, as what is left out would be dropped when it is loaded again.
    """
    permit(desk.firm(), view.actor, "export")
    draft = view.draft.id if view.draft else ""
    firm, _ = whole(desk, as_of=view.as_of, draft=draft)
    write_folder(path, firm, view.profiles)


def tally(firm: Firm, changes: Sequence[Change]) -> tuple[Tally, ...]:
    """Count changes by kind, against the firm they change."""
    counts: dict[str, list[int]] = {}
    for each in changes:
        count = counts.setdefault(each.kind, [0, 0, 0])
        known = each.key in firm.table(each.kind)
        count[2 if each.record is None else 1 if known else 0] += 1
    found: Mapping[str, list[int]] = counts
    return tuple(
        Tally(table=kind, added=n[0], changed=n[1], dropped=n[2])
        for kind in KINDS
        if (n := found.get(kind))
    )


_WORDS: Final = frozenset({"vocabulary", "sets", "acts"})
"""What guardrails are written in."""
