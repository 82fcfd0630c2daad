"""The pages on which the firm changes: bringing it in, drafts, and the journal."""

from __future__ import annotations

from weft.web.pages.changing import drafts, examples, imports, journal

HANDLERS = [
    *drafts.HANDLERS,
    *examples.HANDLERS,
    *imports.HANDLERS,
    *journal.HANDLERS,
]
