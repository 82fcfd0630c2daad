"""The pages about who and what there is."""

from __future__ import annotations

from weft.web.pages.firm import assets, missions, partners, people, skills, units

HANDLERS = [
    *assets.HANDLERS,
    *missions.HANDLERS,
    *partners.HANDLERS,
    *people.HANDLERS,
    *skills.HANDLERS,
    *units.HANDLERS,
]
