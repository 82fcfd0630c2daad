"""The pages about what holds for all: beliefs, rules, exceptions, words, duties."""

from __future__ import annotations

from weft.web.pages.framework import (
    adrs,
    audit,
    challenges,
    connecting,
    consistency,
    controls,
    costs,
    guardrails,
    principles,
    ready,
    roles,
    rolling,
    trying,
    versions,
    vocabulary,
    waivers,
    writing,
)

HANDLERS = [
    *consistency.HANDLERS,
    *audit.HANDLERS,
    *connecting.HANDLERS,
    *guardrails.HANDLERS,
    *trying.HANDLERS,
    *versions.HANDLERS,
    *principles.HANDLERS,
    *controls.HANDLERS,
    *adrs.HANDLERS,
    *ready.HANDLERS,
    *roles.HANDLERS,
    *rolling.HANDLERS,
    *vocabulary.HANDLERS,
    *waivers.HANDLERS,
    *writing.HANDLERS,
    *challenges.HANDLERS,
    *costs.HANDLERS,
]
