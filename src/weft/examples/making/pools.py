"""The pools of expertise of an example firm, each led by one of its own people."""

from __future__ import annotations

from collections.abc import Iterator

from weft.core.records import read
from weft.core.skills import Pool
from weft.examples.making.staff import Staff
from weft.examples.texts import toml


def pools(staff: Staff) -> Iterator[Pool]:
    """Give the pools; each is led by who stays and works in its first discipline."""
    stay = [
        person
        for team in staff.teams.values()
        for person in staff.members(team.id)[: staff.text["anchored"]]
        if staff.people[person].partner is None
    ]
    for plain in toml("shared/pools")["pool"]:
        part = dict.fromkeys(stay, 0)
        for person in stay:
            shares = staff.job(person).disciplines
            part[person] = shares.get(plain["disciplines"][0], 0)
        most = max(part.values(), default=0)
        lead = next((p for p in stay if most and part[p] == most), None)
        yield read(Pool, {**plain, "lead": lead})
