"""A bill as it lies in files: read exactly, told apart by what its charges look like.

DuckDB reads and sorts it, beside the memory of this process and on disk where that is
short. Costs are decimals all the way, as they go down to billionths of a cent.
"""

# ruff: noqa: S608 # no part of these statements comes from outside: values are bound

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from weft.engines.funding.ledger.mapping import Looks, Mapped
from weft.errors import Malformed, Where
from weft.interop.focus.loading import check, load, odd

if TYPE_CHECKING:
    import duckdb

BLOCK: Final = 4096
"""Source rows that are kept together."""
_MEMORY = "1500MB"
_GROUPED = "provider, billing_account, month, currency, mission, category"


class Group(NamedTuple):
    """Charges that become one posting: their exact sum, and how many they are."""

    id: int
    provider: str
    billing_account: str
    month: str
    currency: str
    mission: str
    category: str
    cost: Decimal
    rows: int


SourceLine = tuple[int, str, str, str]
"""A row: its number in the file, its cost as written, the service, what it was."""


class Block(NamedTuple):
    """Rows behind one posting, in the order of their file."""

    group: int
    file: str
    rows: list[SourceLine]


class Bill:
    """Charges of one or more files. notes: what is odd about them, in words."""

    def __init__(self, db: duckdb.DuckDBPyConnection, name: str) -> None:
        self._db = db
        self.name = name
        self.version = ""
        self.notes: list[str] = []
        self._joined = ""

    def looks(self, told_by: Collection[str]) -> list[tuple[Looks, int]]:
        """Give what charges look like, each with the number of those that do.

        told_by: the fields of Looks by which they are told apart; the others are empty.
        """
        fields = [name for name in Looks.__struct_fields__ if name in told_by]
        listed = ", ".join(fields) or "''"
        self._db.execute(f"""
            CREATE TEMP TABLE looks AS SELECT row_number() OVER () AS look, * FROM (
                SELECT {listed}, count(*) AS charges
                FROM charges GROUP BY ALL ORDER BY ALL)
        """)
        self._joined = f"USING ({listed})" if fields else "ON true"
        asked = f"SELECT charges, {listed} FROM looks ORDER BY look"
        return [
            (Looks(**dict(zip(fields, row[1:], strict=False))), row[0])
            for row in self._db.execute(asked).fetchall()
        ]

    def map(self, mapped: Sequence[Mapped]) -> None:
        """Say whose the charges of each look are, in the order of `looks`."""
        self._db.execute(
            "CREATE TEMP TABLE mapped AS SELECT unnest(range(1, len($m) + 1)) AS look,"
            " unnest($m) AS mission",
            {"m": [each.mission for each in mapped]},
        )
        self._db.execute(f"""
            CREATE TEMP TABLE groups AS SELECT row_number() OVER () AS "group", * FROM (
                SELECT {_GROUPED}, sum(cost) AS cost, count(*) AS charges
                FROM charges JOIN looks {self._joined} JOIN mapped USING (look)
                GROUP BY ALL ORDER BY {_GROUPED})
        """)

    def groups(self) -> list[Group]:
        """Give the sums to post, by whose bill, month and mission they are."""
        asked = f'SELECT "group", {_GROUPED}, cost, charges FROM groups ORDER BY 1'
        return [Group(*row) for row in self._db.execute(asked).fetchall()]

    def blocks(self) -> Iterator[Block]:
        """Give every source row, in blocks behind one posting each."""
        cursor = self._db.execute(f"""
            SELECT "group", file, row, billed, service, says
            FROM charges JOIN looks {self._joined} JOIN mapped USING (look)
            JOIN groups USING ({_GROUPED}) ORDER BY "group", file, row
        """)
        now, held = (0, ""), list[SourceLine]()
        while page := cursor.fetchmany(BLOCK):
            for group, file, *rest in page:
                if (group, file) != now or len(held) == BLOCK:
                    if held:
                        yield Block(*now, held)
                    now, held = (group, file), list[SourceLine]()
                held.append((rest[0], rest[1], rest[2], rest[3]))
        if held:
            yield Block(*now, held)

    def reasons(self, whys: Sequence[str]) -> list[tuple[str, str, int, Decimal]]:
        """Add up what nobody's charges come to, by reason and currency.

        whys: of each look in the order of `looks`; empty for what is mapped.
        """
        found = self._db.execute(
            f"""
            SELECT why, currency, count(*), sum(cost) FROM charges
            JOIN looks {self._joined} JOIN (
                SELECT unnest(range(1, len($w) + 1)) AS look, unnest($w) AS why
            ) USING (look) WHERE why <> '' GROUP BY ALL ORDER BY 4 DESC, 1, 2
            """,
            {"w": list(whys)},
        )
        return found.fetchall()

    def oddities(self) -> list[str]:
        """Say what is odd about the charges as a whole, that does not stop them."""
        return odd(self._db)

    def total(self) -> tuple[int, dict[str, Decimal]]:
        """Give the number of charges, and what each currency comes to, exactly."""
        asked = (
            "SELECT currency, sum(cost), count(*) FROM charges GROUP BY 1 ORDER BY 1"
        )
        found = self._db.execute(asked).fetchall()
        return sum(row[2] for row in found), {row[0]: row[1] for row in found}


@contextmanager
def open_bill(files: Sequence[Path]) -> Iterator[Bill]:
    """Read the charges of files that belong together, CSV or Parquet.

    Raises Malformed for what is no such file, InputError for missing columns, and
    Problems for charges whose cost, currency or month is none, each with its row.
    """
    import duckdb  # noqa: PLC0415 # 66 MB that only a bill needs

    with tempfile.TemporaryDirectory(prefix="weft-bill-") as place:
        db = duckdb.connect(str(Path(place, "bill.duckdb")))
        try:
            db.execute(f"SET memory_limit = '{_MEMORY}'")
            db.execute("SET autoinstall_known_extensions = false")
            bill = Bill(db, ", ".join(file.name for file in files))
            for number, file in enumerate(files):
                bill.version, notes = load(db, file, first=not number)
                bill.notes += [note for note in notes if note not in bill.notes]
            check(db)
            if not bill.total()[0]:
                raise Malformed(
                    "It has no charges.",
                    do="Export a month in which something was billed.",
                    where=Where(bill.name),
                )
            yield bill
        except duckdb.Error as error:
            raise Malformed(
                f"It cannot be read as a table: {str(error).splitlines()[0]}",
                do="Give a CSV or Parquet file of charges in FOCUS 1.0 to 1.2.",
                where=Where(", ".join(file.name for file in files)),
            ) from error
        finally:
            db.close()
