"""What calls may carry beside their body, with the limits that hold everywhere.

The limits stand in Litestar's own words: it does not hold anybody to msgspec's.
"""

from __future__ import annotations

from typing import Annotated, TypeAlias

from litestar.di import NamedDependency
from litestar.params import FromQuery, HeaderParameter, PathParameter, QueryParameter

LAST = 2**53 - 1
"""The largest number: beyond it, JSON in a browser loses count."""

Number: TypeAlias = Annotated[int, PathParameter(ge=1, le=LAST)]
"""The number of an entry, a decision among them."""

Place: TypeAlias = Annotated[int, PathParameter(ge=0, le=LAST)]
"""A place in a row or column, counted from 0."""

Key: TypeAlias = Annotated[str, PathParameter(max_length=250)]
"""The key of a record, or another name in an address."""

Named: TypeAlias = Annotated[str, PathParameter(max_length=80)]
"""A name in an address, such as an account's."""

Most: TypeAlias = Annotated[
    int, QueryParameter(ge=1, le=1000, description="so many at most")
]
Before: TypeAlias = Annotated[
    int, QueryParameter(ge=1, le=LAST, description="only those before this number")
]
Since: TypeAlias = Annotated[
    int, QueryParameter(ge=0, le=LAST, description="the number of an entry")
]
AsOf: TypeAlias = Annotated[
    str,
    QueryParameter(
        max_length=20,
        description="the firm as it stood: a day, or the number of an entry",
    ),
]
Draft: TypeAlias = Annotated[
    str, QueryParameter(max_length=80, description="the name of a draft")
]
MONTH = r"^[0-9]{4}-(0[1-9]|1[0-2])$"
InMonth: TypeAlias = Annotated[
    str, QueryParameter(pattern=MONTH, description="a month, such as 2026-10")
]
Month: TypeAlias = Annotated[
    str, PathParameter(pattern=MONTH, description="a month, such as 2026-10")
]
Year: TypeAlias = Annotated[
    str, PathParameter(pattern=r"^[0-9]{4}$", description="a year, such as 2026")
]
Word: TypeAlias = Annotated[str, QueryParameter(max_length=200)]
Flag: TypeAlias = FromQuery[bool]

Idempotency: TypeAlias = Annotated[
    str,
    HeaderParameter(
        name="Idempotency-Key",
        max_length=200,
        pattern=r"^[!-~]*$",
        description="your own: sent again with the same body it has one effect",
    ),
]
IfMatch: TypeAlias = Annotated[
    str,
    HeaderParameter(
        name="If-Match",
        max_length=40,
        pattern=r'^$|^"?[0-9]{1,15}"?$',
        description="the ETag you read: refused where the record has changed since",
    ),
]
Seen: TypeAlias = NamedDependency[int | None]


def seen(etag: IfMatch = "") -> int | None:
    """Give the entry that the caller has seen, from the ETag of what was read."""
    return int(etag.strip('"')) if etag else None
