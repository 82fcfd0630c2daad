"""What calls may carry beside their body, with the limits that hold everywhere."""

from __future__ import annotations

import re
from typing import Annotated, TypeAlias

from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, HeaderParameter
from msgspec import Meta

from weft.errors import Malformed, Where

_LAST = 2**53 - 1  # beyond it, JSON in a browser loses count

Number: TypeAlias = FromPath[Annotated[int, Meta(ge=1, le=_LAST)]]
"""The number of an entry, a decision among them."""

Key: TypeAlias = FromPath[Annotated[str, Meta(max_length=250)]]
"""The key of a record, or another name in an address."""

Most: TypeAlias = FromQuery[
    Annotated[int, Meta(ge=1, le=1000, description="so many at most")]
]
Before: TypeAlias = FromQuery[
    Annotated[int, Meta(ge=1, le=_LAST, description="only those before this number")]
    | None
]
Since: TypeAlias = FromQuery[
    Annotated[int, Meta(ge=0, le=_LAST, description="the number of an entry")]
]
AsOf: TypeAlias = FromQuery[
    Annotated[
        str,
        Meta(
            max_length=20,
            description="the firm as it stood: a day, or the number of an entry",
        ),
    ]
]
Draft: TypeAlias = FromQuery[
    Annotated[str, Meta(max_length=80, description="the name of a draft")]
]
Word: TypeAlias = FromQuery[Annotated[str, Meta(max_length=200)]]
Flag: TypeAlias = FromQuery[bool]

Idempotency: TypeAlias = Annotated[
    str,
    HeaderParameter(name="Idempotency-Key"),
    Meta(
        max_length=200,
        pattern=r"^[!-~]*$",
        description="your own: sent again with the same body it has one effect",
    ),
]
IfMatch: TypeAlias = Annotated[
    str,
    HeaderParameter(name="If-Match"),
    Meta(
        max_length=40,
        pattern='^$|^"?[0-9]{1,15}"?$',
        description="the ETag you read: refused where the record has changed since",
    ),
]
Seen: TypeAlias = NamedDependency[int | None]


def seen(etag: IfMatch = "") -> int | None:
    """Give the entry that the caller has seen, from the ETag of what was read."""
    if not etag:
        return None
    digits = re.sub(r"\D", "", etag)
    if not digits:
        raise Malformed(
            f"{etag!r} is no ETag of Weft's.",
            do="Send the one that came with the record.",
            where=Where("header", 0, "If-Match"),
        )
    return int(digits)
