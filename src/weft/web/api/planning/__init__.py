"""Plans over HTTP."""

from weft.web.api.planning import stratml

HANDLERS = stratml.HANDLERS
