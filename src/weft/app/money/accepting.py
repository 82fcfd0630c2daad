"""What is there twice, accepted: up to a limit, until a day, in the name of a role."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from msgspec import Meta

from weft.app.money.looking import currency_of
from weft.app.permissions import permit
from weft.app.records import stays_whole
from weft.core.entries import Deed, put
from weft.core.firm import Firm
from weft.core.money.redundancy import Redundancy
from weft.core.records import Record, show
from weft.core.roles import Actor
from weft.core.scalars import Amount, Line, Name, minor
from weft.engines.funding import ledger
from weft.engines.funding.ledger import Redundant
from weft.errors import InputError, NotFound, Where
from weft.store.desk import Desk


class Accepting(Record, frozen=True, kw_only=True):
    """So much a year is all right for what is there twice; over it, it is shown again.

    redundancy: its id, as it is listed. accepted_by: the role that answers for it.
    """

    redundancy: Name
    limit: Amount
    accepted_by: Name
    until: date
    why: Annotated[Line, Meta(min_length=1)]


def accept(
    desk: Desk, actor: Actor, said: Accepting, at: datetime, key: str = ""
) -> Redundant:
    """Accept that something is there twice, and tell how it stands by that.

    An acceptance takes the place of the one before it. Raises NotFound for what is not
    there twice, and InputError for a day that is past or a limit below nothing.
    """
    day = at.date()

    def deed(firm: Firm) -> Deed:
        permit(firm, actor, "money.book")
        _found(firm, said.redundancy, day)
        if said.until < day:
            raise InputError(
                f"{said.until} is past: it would be asked again at once.",
                do="Give a day to come.",
                where=Where(path="$.until"),
            )
        if minor(said.limit)[0] < 0:
            raise InputError(
                f"{said.limit} is below nothing.",
                do="Give what all but the dearest may cost in a year.",
                where=Where(path="$.limit"),
            )
        record = Redundancy(
            id=said.redundancy,
            limit=said.limit,
            accepted_by=said.accepted_by,
            until=said.until,
            why=said.why,
        )
        stays_whole(firm, [put(record)])
        note = f"{said.redundancy}, up to {said.limit} until {said.until}."
        return Deed(name="redundancy.accept", changes=(put(record),), note=note)

    entry = desk.write(deed, at=at, actor=actor, key=key, intent=show(said).encode())
    return _found(desk.firm(entry.seq), said.redundancy, day)


def _found(firm: Firm, name: str, day: date) -> Redundant:
    """Find what is there twice by its id."""
    found = {x.id: x for x in ledger.redundancies(firm, day, currency_of(firm))}
    if name not in found:
        do = "See what is: weft money redundancies."
        raise NotFound("redundancy", name, found, do=do)
    return found[name]
