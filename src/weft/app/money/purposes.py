"""What the spending of a mission is for, said by whoever answers for it."""

from __future__ import annotations

from datetime import datetime

from weft.app.permissions import permit
from weft.app.records import stays_whole
from weft.core.entries import Deed, put
from weft.core.firm import Firm
from weft.core.money.purpose import Purpose
from weft.core.records import show
from weft.core.roles import Actor
from weft.store.desk import Desk


def say(
    desk: Desk, actor: Actor, said: Purpose, at: datetime, key: str = ""
) -> Purpose:
    """Say what the spending of a mission is for; of the same month it is corrected.

    Raises Problems where there is no such mission.
    """

    def deed(firm: Firm) -> Deed:
        permit(firm, actor, "money.purpose", said.mission)
        stays_whole(firm, [put(said)])
        note = f"{said.cost or 'All costs'} of {said.mission} from {said.start} on."
        return Deed(name="purpose.say", changes=(put(said),), note=note)

    desk.write(deed, at=at, actor=actor, key=key, intent=show(said).encode())
    return said
