"""What a file brings into the firm: written as one deed, under the right to import."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from weft.app.permissions import permit
from weft.app.records import stays_whole
from weft.core.entries import Change, Deed
from weft.core.firm import Firm
from weft.core.roles import Actor
from weft.store.desk import Desk


def bring_in(
    desk: Desk,
    actor: Actor,
    changes: Sequence[Change],
    *,
    seen: int,
    file: str,
    at: datetime,
    key: str,
    intent: bytes,
) -> int | None:
    """Write what was understood of a file, and give the entry.

    seen: the entry it was understood on; what it touches must not have changed since.
    Where nothing changes nothing is written: the entry is then the one that came under
    the key before, or None.
    """
    if not changes:
        before = desk.by_key(key, actor) if key else None
        return before.seq if before else None

    def deed(now: Firm) -> Deed:
        permit(now, actor, "import")
        stays_whole(now, changes)
        return Deed(name="import", changes=tuple(changes), seen=seen, note=file)

    return desk.write(deed, at=at, actor=actor, key=key, intent=intent).seq
