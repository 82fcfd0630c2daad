"""What needs the one who looks: told from the firm as it stands, nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from operator import attrgetter
from typing import NamedTuple

from weft.app.framework import challenges
from weft.app.framework.challenges import Hearing
from weft.app.framework.rollouts import to_mend
from weft.app.permissions import administers, belongs, holds, leads
from weft.app.rounds.asked import money_asked, people_asked
from weft.app.views import View
from weft.app.waivers import Standing, waivers
from weft.core.assets import Asset
from weft.core.firm import Firm
from weft.core.funding.round import MoneyMove
from weft.core.kept import kept
from weft.core.missions import Mandate
from weft.core.records import Record
from weft.core.roles import Actor
from weft.core.rounds.round import Move
from weft.engines.guardrails import ItemStands, approver

SOON = timedelta(days=30)
"""A waiver that ends within this time is worth a word beforehand."""


class Needed(Record, frozen=True, kw_only=True):
    """What waits for the actor, or soon will; each with the records behind it.

    decide: waivers that the actor may grant or refuse. moves, money: what rounds have
    put before people and that lacks the actor's yes. answer: objections that the
    actor may answer. silent: those of a veto that its owner did not answer in time,
    for the owner of its principle. ending: waivers that end soon. mend: what broke a
    guardrail when it was rolled out, and is not tolerated for long any more. sign:
    mandates that lack a signature, by mission. nobodys: assets that no mission owns.
    single: assets that one person alone can look after.
    """

    decide: tuple[Standing, ...] = ()
    moves: tuple[Move, ...] = ()
    money: tuple[MoneyMove, ...] = ()
    answer: tuple[Hearing, ...] = ()
    silent: tuple[Hearing, ...] = ()
    ending: tuple[Standing, ...] = ()
    mend: tuple[ItemStands, ...] = ()
    sign: tuple[str, ...] = ()
    nobodys: tuple[str, ...] = ()
    single: tuple[str, ...] = ()

    @property
    def nothing(self) -> bool:
        """Tell whether there is nothing to do."""
        found = (
            self.decide,
            self.moves,
            self.money,
            self.answer,
            self.silent,
            self.ending,
            self.mend,
            self.sign,
        )
        return not any((*found, self.nobodys, self.single))


def needed(view: View, at: datetime) -> Needed:
    """Give what needs the actor: the owner of the machine is shown all of it."""
    standings = waivers(view, at)
    heard = [h for h in challenges.challenges(view, at) if h.is_open]
    return Needed(
        answer=tuple(h for h in heard if _answers(view, h)),
        silent=tuple(h for h in heard if _goes_up(view, h)),
        decide=tuple(s for s in standings if _decides(view, s)),
        moves=people_asked(view, at),
        money=money_asked(view, at),
        ending=tuple(s for s in standings if _ends_soon(view, s, at)),
        mend=tuple(_to_mend(view, at)),
        sign=tuple(m.mission for m in _unsigned(view)),
        nobodys=tuple(_nobodys(view)),
        single=tuple(_single(view)),
    )


def _decides(view: View, standing: Standing) -> bool:
    """Tell whether a waiver waits for this actor, who is not the one that asked."""
    waiver, actor = standing.waiver, view.actor
    guardrail = view.firm.guardrails.get(waiver.guardrail)
    if standing.state.state != "asked" or guardrail is None:
        return False
    if actor.owner:
        return True
    role = approver(guardrail)
    return holds(view.firm, actor, role) and waiver.asked_by != actor.person


def _answers(view: View, hearing: Hearing) -> bool:
    """Tell whether an objection waits for this actor, who does not stand behind it."""
    told = hearing.challenge
    guardrail = view.firm.guardrails.get(told.guardrail)
    if guardrail is None:
        return False
    mine = holds(view.firm, view.actor, guardrail.owner)
    return view.actor.owner or (mine and view.actor.person not in told.objectors)


def _goes_up(view: View, hearing: Hearing) -> bool:
    """Tell whether nobody answered for a veto, under a principle of this actor's."""
    guardrail = view.firm.guardrails.get(hearing.challenge.guardrail)
    if hearing.state.state != "lapsed" or guardrail is None:
        return False
    principle = view.firm.principles.get(guardrail.principle)
    owner = principle.owner if principle else None
    above = owner is not None and holds(view.firm, view.actor, owner)
    return above and guardrail.level == "veto" and owner != guardrail.owner


def _ends_soon(view: View, standing: Standing, at: datetime) -> bool:
    """Tell whether a waiver of a mission of the actor's ends soon."""
    waiver = standing.waiver
    mine = view.actor.owner or belongs(view.firm, view.actor, waiver.mission)
    return mine and standing.state.state == "live" and waiver.until - at <= SOON


def _to_mend(view: View, at: datetime) -> Iterator[ItemStands]:
    """Give what a mission that the actor leads has to mend soon, or had to."""
    for each in to_mend(view, at):
        soon = each.item.until - at <= SOON
        if soon and _minds(view, view.actor, each.mission or None):
            yield each


def _unsigned(view: View) -> Iterator[Mandate]:
    """Give the mandates that miss a signature: the actor's own, or all."""
    for mandate in _lacking(view.firm).signature:
        own = leads(view.firm, view.actor, mandate.mission)
        signed = view.actor.person in mandate.signed_by
        if view.actor.owner or (own and not signed):
            yield mandate


def _nobodys(view: View) -> Iterator[str]:
    """Give the assets without a mission that are the actor's to place."""
    person = view.firm.people.get(view.actor.person)
    unit = person.unit if person else None
    everything = administers(view.firm, view.actor)
    for asset in _lacking(view.firm).mission:
        if everything or (unit and asset.unit == unit):
            yield asset.id


def _single(view: View) -> Iterator[str]:
    """Give the assets of the actor's missions that hang on one person."""
    every = _lacking(view.firm).second
    if view.actor.owner:  # there may be many thousands, and all of them are theirs
        return (asset.id for asset in every)
    return (a.id for a in every if _minds(view, view.actor, a.mission))


class _Lacking(NamedTuple):
    """What lacks somebody, by id: few records of many.

    mission: assets that no mission owns. second: those that one person alone looks
    after. signature: mandates that a lead has not signed, or that have no lead.
    """

    mission: tuple[Asset, ...]
    second: tuple[Asset, ...]
    signature: tuple[Mandate, ...]


def _lacking(firm: Firm) -> _Lacking:
    """Find what lacks somebody, once for all who look."""

    def work_out() -> _Lacking:
        assets = sorted(firm.assets.values(), key=attrgetter("id"))
        mandates = sorted(firm.mandates.values(), key=attrgetter("mission"))
        return _Lacking(
            mission=tuple(a for a in assets if a.mission is None),
            second=tuple(a for a in assets if len(a.keepers) == 1),
            signature=tuple(m for m in mandates if not m.holds),
        )

    tables = (firm.assets, firm.mandates)
    return kept("what lacks somebody", tables, work_out)


def _minds(view: View, actor: Actor, mission: str | None) -> bool:
    """Tell whether a mission is the actor's to look after."""
    return actor.owner or (mission is not None and leads(view.firm, actor, mission))
