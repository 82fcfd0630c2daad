"""One call of a tool, in whichever format, as deliveries."""

from __future__ import annotations

from typing import Any

from weft.core.delivering.deliveries import Delivery, Format
from weft.core.records import read_plain
from weft.errors import Malformed, Where
from weft.interop.deliveries.cdevents import read_cdevent
from weft.interop.deliveries.genuine import Call
from weft.interop.deliveries.github import read_github
from weft.interop.deliveries.gitlab import read_gitlab


def deliveries_in(call: Call, source: str) -> tuple[Delivery, ...]:
    """Give what a call reports; empty where it is of a kind that does not count.

    Raises Malformed for what is no JSON, or lacks what its kind has to say.
    """
    return understood(call.format, call.event, read_plain(call.body, "event"), source)


def understood(
    form: Format, event: str, plain: Any, source: str
) -> tuple[Delivery, ...]:
    """Give what an event reports that has been read as plain data."""
    if not isinstance(plain, dict):
        raise Malformed(
            "The event is no mapping.",
            do="Send the event as the tool wrote it, as JSON.",
            where=Where("event", 0, "$"),
        )
    if form == "github":
        return tuple(read_github(event, plain, source))
    if form == "gitlab":
        return tuple(read_gitlab(plain, source))
    return tuple(read_cdevent(plain, source))
