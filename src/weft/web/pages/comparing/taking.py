"""A report taken along: as a table, as JSON, or as a picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from litestar.response import Response

from weft.errors import NotFound

R = TypeVar("R")
Kinds = Mapping[str, tuple[str, Callable[[R], str]]]
"""By the ending of a file: its media type, and what writes it."""


def taken(report: R | None, file: str, stem: str, kinds: Kinds[R]) -> Response[str]:
    """Give a report as the file that was asked for. Raises NotFound for another.

    stem: how the file is called before its ending.
    """
    _, _, kind = file.partition(f"{stem}.")
    if report is None or kind not in kinds:
        raise NotFound("file", file, [f"{stem}.csv", f"{stem}.json"])
    media, write = kinds[kind]
    return Response(
        write(report),
        media_type=media,
        headers={"Content-Disposition": f'attachment; filename="{file}"'},
    )
