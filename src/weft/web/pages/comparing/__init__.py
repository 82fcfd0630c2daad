"""The comparison and the operating models, as pages."""

from weft.web.pages.comparing import compare, models

HANDLERS = [*compare.HANDLERS, *models.HANDLERS]
