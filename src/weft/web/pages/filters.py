"""How dates, numbers and money are written on a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlencode

import msgspec
from markupsafe import Markup, escape

from weft.core.scalars import amount as core_amount
from weft.core.scalars import minor
from weft.engines.allocation import money

_DIGITS = 3
_DAY = len("2026-11-21")


def day(when: date | datetime | None) -> str:
    """Write a day: 21 November 2026."""
    return f"{when.day} {when:%B %Y}" if when else ""


def day_text(text: str) -> str:
    """Write a day that is told as a text; anything else as it is."""
    try:
        return day(date.fromisoformat(text)) if len(text) == _DAY else text
    except ValueError:
        return text


def instant(when: datetime | None) -> str:
    """Write an instant: 21 November 2026, 09:14 UTC."""
    if when is None:
        return ""
    utc = when.astimezone(UTC)
    return f"{day(utc)}, {utc:%H:%M} UTC"


def month_name(month: str) -> str:
    """Write a month: November 2026."""
    return f"{date.fromisoformat(f'{month}-01'):%B %Y}"


def month_end(month: str) -> str:
    """Give the last day of a month: 2026-11-30."""
    first = date.fromisoformat(f"{month}-01")
    return ((first + timedelta(days=31)).replace(day=1) - timedelta(days=1)).isoformat()


def as_of(moment: str) -> str:
    """Write what is looked at: `as of 2026-03-01` as `as of 1 March 2026`."""
    words, _, last = moment.rpartition(" ")
    return f"{words} {day_text(last)}" if words == "as of" else moment


def count(number: float | None) -> str:
    """Write a number so that its thousands can be seen; 0.5 as 0.5, 3.0 as 3."""
    if number is None:
        return "unknown"
    whole = round(number, 2)
    return f"{int(whole):,}" if whole == int(whole) else f"{whole:,}"


def many(number: float | None, one: str, more: str = "") -> str:
    """Write a number with its unit: `1 person`, `3 people`."""
    unit = one if number == 1 else more or f"{one}s"
    return f"{count(number)} {unit}"


def amount(money: str | None) -> str:
    """Write money with its currency: `20000.00 EUR` as `20,000 EUR`."""
    if not money:
        return ""
    number, _, currency = money.partition(" ")
    try:
        value = Decimal(number)
    except InvalidOperation:
        return money
    text = f"{int(value):,}" if value == int(value) else f"{value:,}"
    return f"{text} {currency}".rstrip()


def units(minor_units: int, currency: str) -> str:
    """Write minor units as money: 2000050 EUR as `20,000.50 EUR`."""
    return amount(core_amount(minor_units, currency))


def minor_units(money: str) -> int:
    """Give money as a whole number of minor units, to be drawn or compared."""
    return minor(money)[0]


def rounded(money: str | None) -> str:
    """Write money that is an estimate with three digits: `24,300 EUR`."""
    if not money:
        return ""
    whole, currency = minor(money)
    least = 10 ** max(0, len(str(abs(whole))) - _DIGITS)
    return amount(core_amount(round(whole / least) * least, currency))


def percent(share: float | None) -> str:
    """Write a part of one as a percentage."""
    return "unknown" if share is None else f"{count(round(share * 100, 1))} %"


def left(until: datetime, now: datetime) -> str:
    """Say how long it is until an instant, or since it."""
    days = (until - now).days
    if days < 0:
        return f"ended {many(-days, 'day')} ago"
    return f"{many(days, 'day')} left" if days else "ends within a day"


def datetime_tag(when: datetime | None) -> Markup:
    """Write an instant for people, and exactly for programs."""
    if when is None:
        return Markup()
    stamp = escape(when.astimezone(UTC).isoformat())
    return Markup('<time datetime="{}">{}</time>').format(stamp, instant(when))


def time_short(when: datetime) -> Markup:
    """Write an instant into a narrow column: 21 Nov 2026, 09:14 UTC."""
    utc = when.astimezone(UTC)
    text = f"{utc.day} {utc:%b %Y, %H:%M} UTC"
    return Markup('<time datetime="{}" class="nowrap">{}</time>').format(
        utc.isoformat(), text
    )


def index(value: float) -> str:
    """Write an index between 0 and 1 with two decimals, so that it lines up."""
    return f"{value:.2f}"


def query(told: Mapping[str, str]) -> str:
    """Write names and values as the query of an address."""
    return urlencode({name: value for name, value in told.items() if value})


def sentence(text: str) -> str:
    """Begin with a capital letter, and leave the rest as it is."""
    return text[:1].upper() + text[1:]


def ending(text: str) -> str:
    """End with a full stop, where nothing else ends it."""
    return text if not text or text.rstrip()[-1] in ".?!:" else f"{text.rstrip()}."


def as_json(value: Any) -> str:
    """Write a value as JSON, to stand in an attribute for a script."""
    return msgspec.json.encode(value).decode()


FILTERS: Mapping[str, Callable[..., Any]] = {
    "day": day,
    "instant": instant,
    "month_name": month_name,
    "month_end": month_end,
    "as_of": as_of,
    "count": count,
    "many": many,
    "amount": amount,
    "units": units,
    "minor_units": minor_units,
    "rounded": rounded,
    "percent": percent,
    "points_money": money,
    "left": left,
    "time": datetime_tag,
    "time_short": time_short,
    "index": index,
    "query": query,
    "day_text": day_text,
    "sentence": sentence,
    "ending": ending,
    "json": as_json,
}
