"""A request is answered: by the engine, on the firm of that moment."""

from __future__ import annotations

from datetime import datetime

from weft.core.entries import Deed
from weft.core.firm import Firm
from weft.core.requests import Request
from weft.engines.guardrails import decide as answer
from weft.examples.story import Decide


def ask(request: Request, asker: str, at: datetime) -> Decide:
    """Have a request decided, and the decision put on record."""

    def decide(firm: Firm) -> Deed:
        return Deed(name="ask", decision=answer(firm, request, asked_by=asker, at=at))

    return decide
