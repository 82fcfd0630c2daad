"""What is measured, where it is going, what was tried and what works."""

from __future__ import annotations

from weft.web.pages.outcomes import metrics, outcomes

HANDLERS = [*outcomes.HANDLERS, *metrics.HANDLERS]
"""The handlers of these pages."""
