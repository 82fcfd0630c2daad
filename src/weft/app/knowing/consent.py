"""Consent: what a person does not share, and what they wish, nobody else is shown."""

from __future__ import annotations

from collections.abc import Iterable

from immutables import Map
from msgspec.structs import replace

from weft.core.entries import Change
from weft.core.firm import Firm
from weft.core.indexes import claims_withheld
from weft.core.kept import kept
from weft.core.lineage import Changes, step
from weft.core.rounds.asking import Wish
from weft.core.skills import Claim


def consented(firm: Firm, head: Firm, person: str) -> Firm:
    """Give a firm without what others do not share with a person, and their wishes.

    head: the firm as it stands: who takes consent back does so for the past too.
    """
    if firm.wishes:
        own = firm.wishes.get(person)
        firm = replace(firm, wishes=Map({own.key: own} if own else {}))
    withheld = [claims_withheld(firm), claims_withheld(head)]
    if not any(withheld):
        return firm
    # Who withholds nothing sees what all of those see, and shares it.
    mine = person if any(person in groups for groups in withheld) else ""
    now = head.claims

    def shown(claim: Claim) -> bool:
        """Tell whether a claim is seen by the person."""
        latest = now.get(claim.key, claim)
        return claim.person == mine or (claim.shared and latest.shared)

    def work_out() -> Map[str, Claim]:
        some = {c.key for groups in withheld for g in groups.values() for c in g}
        return _changed(firm.claims, firm.claims, some)

    def amend(before: Map[str, Claim], *changes: Changes) -> Map[str, Claim]:
        keys = set().union(*changes)
        after = _changed(before, firm.claims, keys)
        step(before, after, keys)
        return after

    def _changed(
        table: Map[str, Claim], told: Map[str, Claim], keys: Iterable[str]
    ) -> Map[str, Claim]:
        """Put in a table what is told under some keys, as far as it is shown."""
        found = table.mutate()
        for key in keys:
            claim = told.get(key)
            if claim is not None and shown(claim):
                found[key] = claim
            else:
                found.pop(key, None)
        return found.finish()

    claims = kept(("shown claims", mine), (firm.claims, now), work_out, amend)
    return replace(firm, claims=claims)


def told(changes: Iterable[Change], head: Firm, person: str) -> tuple[Change, ...]:
    """Leave out of changes what others do not share with a person, and their wishes."""
    return tuple(each for each in changes if not _hidden(each, head, person))


def _hidden(change: Change, head: Firm, person: str) -> bool:
    """Tell whether a change is of what its person does not share."""
    if change.kind == Wish.kind:
        return change.key != person
    if change.kind != Claim.kind:
        return False
    states = (change.record, head.claims.get(change.key))
    found = [each for each in states if isinstance(each, Claim)]
    return any(not each.shared and each.person != person for each in found)
