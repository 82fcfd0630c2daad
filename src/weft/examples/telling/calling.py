"""Who and what a first mission takes in from the units of a firm without any."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from weft.examples.days import Calendar
from weft.examples.making.staff import Staff


class Called(msgspec.Struct, frozen=True):
    """The first mission to be: its day, its people, its leads and its assets.

    people: each with the share of the month and since how many months.
    """

    mission: str
    day: date
    people: tuple[tuple[str, int, int], ...]
    leads: tuple[str, str]
    assets: tuple[str, ...]


def called(staff: Staff, calendar: Calendar) -> Called | None:
    """Choose who is called to the first mission, if the firm is to have one."""
    told = staff.text.get("mission")
    if not told:
        return None
    taken: dict[str, tuple[int, int]] = {}
    for post, share, months in told["seats"]:
        unit, _, job = post.partition("/")
        person = next((p for p in _in(staff, unit, job) if p not in taken), None)
        if person:
            taken[person] = (share, months)
    leads = [
        next(_in(staff, *told[lead].split("/")), None)
        for lead in ("business_lead", "technology_lead")
    ]
    first, last = next(iter(taken)), list(taken)[-1]
    return Called(
        mission=told["id"],
        day=calendar.ago(told["formed"]),
        people=tuple((p, share, months) for p, (share, months) in taken.items()),
        leads=(leads[0] or first, leads[1] or last),
        assets=tuple(told["assets"]),
    )


def _in(staff: Staff, unit: str, job: str) -> Iterator[str]:
    """Give who is in a unit, those of the job first."""
    if unit in staff.teams:
        members = staff.members(unit)
        yield from (p for p in members if staff.job(p).id == job)
        yield from (p for p in members if staff.job(p).id != job)
