"""The columns of a bill that are used, taken out of its files, cleaned and checked."""

# ruff: noqa: S608 # no part of these statements comes from outside: values are bound

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from weft.core.money.currencies import PLACES
from weft.errors import InputError, Problems, Where
from weft.interop.focus.columns import check_columns

if TYPE_CHECKING:
    import duckdb

_EXACT = "DECIMAL(38, 20)"
_MOST = 10**15
_SHOWN = 5
_TOO_FINE = (
    r"regexp_matches(billed, '\.\d{21,}')"
    r" OR (cost = 0 AND regexp_matches(billed, '^-?[\d.]*[1-9]'))"
)


def load(
    db: duckdb.DuckDBPyConnection, file: Path, *, first: bool
) -> tuple[str, tuple[str, ...]]:
    """Take the columns that are used out of a file, cleaned of what stands for none.

    Gives the version whose columns it has, and what is to be said of them.
    """
    with file.open("rb") as raw:
        parquet = raw.read(4) == b"PAR1"
    reader = (
        "read_parquet($file)"
        if parquet
        else "read_csv($file, header=true, all_varchar=true, delim=',', quote='\"',"
        " escape='\"', null_padding=false, strict_mode=true)"
    )
    given = {"file": str(file)}
    described = db.execute(f"DESCRIBE SELECT * FROM {reader}", given).fetchall()
    types = {name: type_ for name, type_, *_ in described}
    told = check_columns(types, file.name)

    def text(name: str) -> str:
        if name not in types:
            return "''"
        found = f'"{name}"'
        if types[name].startswith(("MAP", "STRUCT", "JSON")):
            found = f"to_json({found})"
        return f"coalesce(nullif(trim(CAST({found} AS VARCHAR)), 'NULL'), '')"

    begin = "CREATE TEMP TABLE charges AS" if first else "INSERT INTO charges"
    db.execute(
        f"""{begin} SELECT $name AS file, row_number() OVER () AS row,
            {text("ProviderName")} AS provider,
            {text("BillingAccountId")} AS billing_account,
            substr({text("BillingPeriodStart")}, 1, 7) AS month,
            upper({text("BillingCurrency")}) AS currency,
            {text("ServiceCategory")} AS category, {text("ServiceName")} AS service,
            {text("SubAccountId")} AS sub_account, {text("Tags")} AS tags,
            {text("ChargeDescription")} AS says,
            {text("BilledCost")} AS billed,
            TRY_CAST({text("EffectiveCost")} AS DOUBLE) AS effective,
            TRY_CAST({text("BilledCost")} AS {_EXACT}) AS cost FROM {reader}""",
        given | {"name": file.name},
    )
    return told


def odd(db: duckdb.DuckDBPyConnection) -> list[str]:
    """Say what is odd about charges as a whole, that does not stop them."""
    found = db.execute("""
        SELECT count(*) FILTER (cost < 0),
            count(*) FILTER (effective = 0 AND abs(cost) > 0)
        FROM charges
    """).fetchone() or (0, 0)
    says = (
        "Charges below zero, which are credits and refunds",
        "Charges that bill something at an EffectiveCost of 0; BilledCost is posted",
    )
    return [f"{said}: {n}." for n, said in zip(found, says, strict=True) if n]


def check(db: duckdb.DuckDBPyConnection) -> None:
    """Refuse charges that cannot be money, the first of each kind with its row."""
    codes = ", ".join(f"'{code}'" for code in sorted(PLACES))
    bad: tuple[tuple[str, str, str, str], ...] = (
        (
            f"cost IS NULL OR abs(cost) >= {_MOST}",
            "billed",
            "is no amount of money",
            "Give BilledCost as a number such as 12.5.",
        ),
        (
            _TOO_FINE,
            "billed",
            "has more than 20 decimals",
            "Round it where it is exported; Weft rounds no row.",
        ),
        (
            f"currency NOT IN ({codes})",
            "currency",
            "is no currency of ISO 4217",
            "Give BillingCurrency as three letters, such as USD.",
        ),
        (
            r"NOT regexp_matches(month, '^(19|20)\d\d-(0[1-9]|1[0-2])$')",
            "month",
            "is no month that was billed",
            "Give BillingPeriodStart as 2026-10-01T00:00:00Z.",
        ),
        (
            "provider = ''",
            "provider",
            "is no provider",
            "Give ProviderName: who is to be paid.",
        ),
    )
    problems: list[InputError] = []
    for test, column, what, do in bad:
        asked = f"SELECT file, row, {column} FROM charges WHERE {test} ORDER BY row"
        for file, row, value in db.execute(f"{asked} LIMIT {_SHOWN}").fetchall():
            where = Where(file, row + 1)
            problems.append(InputError(f"{value!r} {what}.", do=do, where=where))
    if problems:
        raise Problems(problems)
