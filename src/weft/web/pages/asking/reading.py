"""What the form brings, read: names of controls become values of properties."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from weft.app.wording import value
from weft.core.firm import Firm
from weft.core.records import read, show
from weft.core.requests import Request
from weft.core.sources import Source

_NAMES = ("mission", "act", "asset", "title", "q", "who", "step", "nonce")
PART = "p:"
"""A control of a property is called `p:NAME`; of a list `p:NAME:INDEX:FIELD`."""


class Filled(msgspec.Struct, frozen=True, kw_only=True):
    """The form as it is filled in so far.

    q, who: what was typed to find a thing and a mission. step: `1` where the first
    page is to be shown again. extra: properties that were added by hand. nonce: drawn
    for each form, so that sending it twice counts once.
    """

    mission: str = ""
    act: str = ""
    asset: str = ""
    title: str = ""
    q: str = ""
    who: str = ""
    step: str = ""
    nonce: str = ""
    extra: tuple[str, ...] = ()
    values: Mapping[str, Any] = {}

    @classmethod
    def of(cls, request: Request) -> Filled:
        """Give the form as it was when a request was asked."""
        return cls(
            mission=request.mission,
            act=request.act,
            asset=request.asset or "",
            title=request.title,
            values=request.properties,
        )

    def request(self) -> Request:
        """Make the request; raises Malformed for what fits no request at all."""
        plain = {
            "mission": self.mission,
            "act": self.act,
            "asset": self.asset or None,
            "title": self.title,
            "properties": self.values,
        }
        return read(Request, plain, Source("form"))

    def key(self, request: Request) -> str:
        """Give the idempotency key: of this form with just this in it."""
        if not self.nonce:
            return ""
        digest = hashlib.sha256(show(request).encode()).hexdigest()
        return f"form-{self.nonce[:32]}-{digest[:16]}"


def filled(firm: Firm, data: Mapping[str, Any]) -> Filled:
    """Read a form."""
    wanted = (_text(data, "add"), *_texts(data.get("extra", ())))
    return Filled(
        **{name: _text(data, name) for name in _NAMES},
        extra=tuple(dict.fromkeys(name for name in wanted if name in firm.vocabulary)),
        values=_values(firm, data),
    )


def _values(firm: Firm, data: Mapping[str, Any]) -> dict[str, Any]:
    """Give the value of each property that is filled in; what is blank is unknown."""
    found: dict[str, Any] = {}
    elements: dict[str, dict[int, dict[str, Any]]] = {}
    for control, raw in data.items():
        if not control.startswith(PART):
            continue
        name, *inner = control.removeprefix(PART).split(":")
        texts = [text.strip() for text in _texts(raw)]
        if len(inner) == 2 and inner[0].isdecimal():  # noqa: PLR2004 # index, field
            if any(texts):
                row = elements.setdefault(name, {}).setdefault(int(inner[0]), {})
                row[inner[1]] = value(firm, inner[1], texts)
        elif any(texts) and name in firm.vocabulary:
            found[name] = value(firm, name, texts)
    for name, rows in elements.items():
        found[name] = [rows[index] for index in sorted(rows)]
    return found


def _texts(raw: Any) -> Sequence[str]:
    """Give the texts of a control, which may come more than once."""
    return [str(each) for each in raw] if isinstance(raw, list | tuple) else [str(raw)]


def _text(data: Mapping[str, Any], name: str) -> str:
    """Give one text of a form, without blanks around it."""
    return _texts(data.get(name, ""))[-1].strip()
