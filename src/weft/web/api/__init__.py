"""The API: JSON in, JSON out; one file for each noun."""

from __future__ import annotations

from weft.web.api import (
    accounts,
    adrs,
    challenges,
    checking,
    costs,
    drafts,
    firm,
    folder,
    guardrails,
    health,
    journal,
    jsonschema,
    mirror,
    published,
    rego,
    requests,
    rollouts,
    tables,
    versions,
    waivers,
)

HANDLERS = [
    *requests.HANDLERS,
    *waivers.HANDLERS,
    *guardrails.HANDLERS,
    *rego.HANDLERS,
    *checking.HANDLERS,
    *versions.HANDLERS,
    *challenges.HANDLERS,
    *costs.HANDLERS,
    *jsonschema.HANDLERS,
    *adrs.HANDLERS,
    *published.HANDLERS,
    *rollouts.HANDLERS,
    *firm.HANDLERS,
    *drafts.HANDLERS,
    *mirror.HANDLERS,
    *journal.HANDLERS,
    *tables.HANDLERS,
    *folder.HANDLERS,
    *accounts.HANDLERS,
    *health.HANDLERS,
]
