"""The pages about delivering: how missions deliver, and how they agreed to work."""

from weft.web.pages.delivering import agreements, deliveries

HANDLERS = [*deliveries.HANDLERS, *agreements.HANDLERS]
