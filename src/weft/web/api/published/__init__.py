"""What others have published over HTTP: ready sets, and controls in OSCAL."""

from weft.web.api.published import oscal, ready

HANDLERS = [*ready.HANDLERS, *oscal.HANDLERS]
