"""Facts read again: what was so, as it was known at an entry."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TypeVar, cast

import sqlalchemy as sa

from weft.core.facts.fact import Fact
from weft.store.database import Database
from weft.store.facts.rows import PAGE, Row, fact_of
from weft.store.journal.rows import BEYOND
from weft.store.schema import facts, facts_there

F = TypeVar("F", bound=Fact)


class Facts:
    """Reads the facts of a store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(
        self,
        kind: type[F],
        subjects: Collection[str] | None = None,
        *,
        upto: int = BEYOND,
        since: str = "",
        until: str = "",
    ) -> list[F]:
        """Give facts in the order of their time; of corrected ones the last word.

        subjects: what they are about; anything where None. upto: as it was known after
        this entry. since, until: days or instants, both included; empty for all.
        """
        if subjects is not None and len(subjects) > _MANY:
            wanted = frozenset(subjects)
            found = self.of(kind, upto=upto, since=since, until=until)
            return [fact for fact in found if fact.subject in wanted]
        column = facts.c
        asked = sa.select(column.key, column.body).where(
            column.kind == kind.kind, column.seq <= upto
        )
        if subjects is not None:
            asked = asked.where(column.subject.in_(sorted(subjects)))
        if since:
            asked = asked.where(column.when >= since)
        if until:
            asked = asked.where(column.when <= until)
        asked = asked.order_by(column.when, column.seq, column.n)
        told: dict[str | int, bytes] = {}
        with self._database.reading() as db:
            if facts_there(db):
                for place, (key, body) in enumerate(db.execute(asked)):
                    told[key or place] = body
        return [cast("F", fact_of(kind.kind, body)) for body in told.values()]

    def walk(
        self, kind: type[F], after: int = 0, upto: int = BEYOND
    ) -> Iterator[tuple[int, F]]:
        """Give the facts of entries past `after` and to `upto`, each with its entry.

        In the order in which they came, a page at a time; corrected ones and what
        corrects them are both among them.
        """
        column = facts.c
        n = BEYOND
        asked = sa.select(facts).where(column.kind == kind.kind, column.seq <= upto)
        asked = asked.order_by(column.seq, column.n).limit(PAGE)
        while True:
            past = sa.tuple_(column.seq, column.n) > sa.tuple_(after, n)
            with self._database.reading() as db:
                page = db.execute(asked.where(past)).all() if facts_there(db) else []
            for row in map(Row._make, page):
                yield row.seq, cast("F", fact_of(row.kind, row.body))
            if len(page) < PAGE:
                return
            after, n = page[-1].seq, page[-1].n


_MANY = 500
"""Subjects that are asked for by name; of more, all are read and some are kept."""
