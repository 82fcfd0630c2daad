"""Who knows what, over HTTP."""

from weft.web.api.knowing import who

HANDLERS = [*who.HANDLERS]
