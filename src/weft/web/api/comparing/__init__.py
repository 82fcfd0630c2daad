"""Operating models and their comparison over HTTP."""

from weft.web.api.comparing.comparisons import HANDLERS

__all__ = ["HANDLERS"]
