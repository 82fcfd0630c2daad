"""Deliveries over HTTP: how missions deliver, and what tools report."""

from weft.web.api.delivering import agreements, deliveries, hooks

HANDLERS = [*deliveries.HANDLERS, *hooks.HANDLERS, *agreements.HANDLERS]
