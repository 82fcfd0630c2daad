"""What is asked of the ledger in words: months, forms of a file."""

from __future__ import annotations

from weft.core.records import Record, read_texts
from weft.core.scalars import Month
from weft.errors import InputError, Where

_FIRST = "1900-01"
FORMS = ("beancount", "csv", "xlsx")


class Asked(Record, frozen=True, kw_only=True):
    """A month that somebody typed."""

    month: Month


def month_of(text: str) -> Month:
    """Read a month, or say how one is written."""
    month = read_texts(Asked, {"month": text}, "month").month
    if month < _FIRST:
        raise InputError(
            f"{month} is before any money that is kept here.",
            do=f"Give a month from {_FIRST} on.",
            where=Where("month"),
        )
    return month


def year_of(text: str) -> str:
    """Read a year, or say how one is written."""
    return month_of(f"{text}-01")[:4]


def form_of(name: str) -> str:
    """Tell by the name of a file in which form it is wanted."""
    form = name.rpartition(".")[2].casefold()
    if form not in FORMS:
        raise InputError(
            f"{name} tells no form that the ledger is written in.",
            do=f"End the name of the file in .{', .'.join(FORMS)}.",
            where=Where(name),
        )
    return form
