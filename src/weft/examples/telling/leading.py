"""A lead goes: the mandate lapses until both leads have signed it anew."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from weft.core.entries import Deed, put
from weft.core.firm import Firm
from weft.examples.days import instant
from weft.examples.story import Step, step
from weft.examples.telling.peoplelist import people_list
from weft.examples.telling.scene import Scene

_NOON = 12 * 60


def leading(scene: Scene) -> Iterator[Step]:
    """Let the technology lead of a mission go, and another come and not yet sign."""
    told, staff = scene.staff.text.get("leaving"), scene.staff
    if not told or told["mission"] not in staff.teams:
        return
    team = staff.teams[told["mission"]]
    lead = staff.technology_lead(team)
    if lead is None:
        return
    went, came = (scene.calendar.ago(told[when]) for when in ("left", "joined"))
    spot = staff.leave(lead)
    yield people_list(scene, went, left=[lead])
    follower = staff.hire(spot, came, first=False)
    yield people_list(scene, came, joined=[follower])
    business = staff.head(team.id)

    def decide(firm: Firm) -> Deed:
        mandate = firm.mandates[team.id]
        version = mandate.version + 1
        new = replace(
            mandate,
            technology_lead=follower,
            version=version,
            signed_by=(business,) if business else (),
        )
        note = f"Mandate of {team.title}, version {version}: one signature is missing."
        return Deed(name="mandate.sign", changes=(put(new),), note=note)

    yield step(instant(came, _NOON), business or follower, decide)
