"""Writing a guardrail: by choosing words or as text, tried beside it."""

from __future__ import annotations

from weft.web.pages.framework.writing import completing, editor

HANDLERS = [*editor.HANDLERS, *completing.HANDLERS]
