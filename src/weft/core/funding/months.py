"""Counting months."""

from __future__ import annotations

from weft.core.scalars import Month


def between(first: Month, last: Month) -> int:
    """Give how many months lie between two; 0 for the same one."""
    return _number(last) - _number(first)


def after(month: Month, many: int) -> Month:
    """Give the month so many after one; before it where that is below zero."""
    number = _number(month) + many
    return f"{number // 12:04}-{number % 12 + 1:02}"


def _number(month: Month) -> int:
    return int(month[:4]) * 12 + int(month[5:]) - 1
