"""The firm while a table is brought into it: what was put, what was found."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, Literal

from weft.core.entries import Change, put
from weft.core.firm import Firm, change
from weft.core.records import Record
from weft.core.references import without
from weft.core.scalars import slug
from weft.errors import Where
from weft.interop.sheets import Finding

Sort = Literal["lost", "joined", "guess", "note"]


class Work:
    """One import on its way: the firm as it was, as it is by now, the findings.

    on: the day the table speaks of. partial: what the table does not name stays.
    """

    def __init__(self, firm: Firm, on: date, *, partial: bool) -> None:
        self.before = self.firm = firm
        self.on, self.partial = on, partial
        self.findings: list[Finding] = []
        self._names: dict[str, dict[str, int]] = {}  # how far each was counted

    @property
    def month(self) -> str:
        """The month the table speaks of."""
        return f"{self.on:%Y-%m}"

    def put(self, records: Iterable[Record]) -> None:
        """Put records in their places; what is there just so stays untouched."""
        self.change(put(record) for record in records)

    def change(self, changes: Iterable[Change]) -> None:
        """Make changes."""
        self.firm = change(
            self.firm,
            [c for c in changes if self.firm.table(c.kind).get(c.key) != c.record],
        )

    def drop(self, kind: str, keys: Collection[str]) -> list[Change]:
        """Take records out, and every mention of them; give all that changed."""
        changes = without(self.firm, kind, keys)
        self.change(changes)
        return changes

    def tell(self, sort: Sort, what: str, done: str, at: Where) -> None:
        """Note what was not read just as it stands, at a sheet, row and column."""
        self.findings.append(
            Finding(
                sort=sort,
                what=what,
                done=done,
                sheet=at.file,
                row=at.line,
                column=at.path,
            )
        )

    def new_name(self, kind: str, *texts: str) -> str:
        """Give a free id for a new record, made of the first text that gives one."""
        if kind not in self._names:
            self._names[kind] = dict.fromkeys(self.firm.table(kind), 1)
        taken = self._names[kind]
        made = next(filter(None, map(slug, texts)), kind.rstrip("s"))
        name, count = made, taken.get(made, 1)
        while name in taken:
            count += 1
            name = f"{made}-{count}"
        taken[made] = count  # the next one of that name need not try those before
        taken[name] = 1
        return name

    def by_title(self, kind: str) -> dict[str, Any]:
        """Give the records of a kind by their titles, however those are written."""
        table = self.firm.table(kind)
        return {
            fold(table[key].title): table[key] for key in sorted(table, reverse=True)
        }


def fold(text: str) -> str:
    """Give a text as it is compared: without case and doubled spaces."""
    return " ".join(text.casefold().split())
