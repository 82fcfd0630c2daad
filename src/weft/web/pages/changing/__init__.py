"""The pages on which the firm changes: bringing it in, drafts, and the journal."""

from __future__ import annotations

from weft.web.pages.changing import drafts, esco, examples, imports, journal, tickets

HANDLERS = [
    *drafts.HANDLERS,
    *esco.HANDLERS,
    *examples.HANDLERS,
    *imports.HANDLERS,
    *journal.HANDLERS,
    *tickets.HANDLERS,
]
