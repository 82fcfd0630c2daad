"""A first mission is formed: people of many units, two leads, one outcome."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from weft.core.entries import Change, Deed, put
from weft.core.firm import Firm
from weft.core.missions import Mandate, Mission, Seat
from weft.core.outcomes.metric import Metric
from weft.core.scalars import amount
from weft.examples.days import instant
from weft.examples.making.measures import metric, outcome
from weft.examples.story import Decide, Step, step
from weft.examples.telling.calling import Called
from weft.examples.telling.scene import Scene

_MORNING = 8 * 60


def forming(scene: Scene) -> Iterator[Step]:
    """Give the steps that form the mission in one deed and sign its mandate."""
    called = scene.called
    if called is None:
        return
    changes = tuple(put(record) for record in _records(scene, called))
    yield step(
        instant(called.day, _MORNING),
        scene.administrator,
        _form(scene, called, changes),
    )
    days = scene.staff.text["mission"]["signed"]
    for lead, ago in zip(dict.fromkeys(called.leads), days, strict=False):
        at = instant(scene.calendar.ago(ago), _MORNING + ago)
        yield step(at, lead, _sign(called.mission, lead))


def _records(
    scene: Scene, called: Called
) -> Iterator[Metric | Mission | Mandate | Seat]:
    """Give the mission, its metric, its mandate not yet signed, and the seats."""
    told, staff = scene.staff.text["mission"], scene.staff
    yield metric(told["id"], told["outcome"])
    yield Mission(
        id=told["id"],
        title=told["title"],
        purpose=told["purpose"],
        customer=told["customer"],
        outcome=outcome(told["id"], told["outcome"], scene.calendar, called.leads),
        from_units=tuple(u for u in told["from_units"] if u in staff.units),
        since=called.day,
    )
    business, technology = called.leads
    yield Mandate(
        mission=told["id"],
        business_lead=business,
        technology_lead=technology,
        limit=amount(told["limit"] * 100, staff.text["about"]["currency"]),
    )
    parts = {business: "Business lead", technology: "Technology lead"}
    for person, share, months in called.people:
        yield Seat(
            person=person,
            mission=told["id"],
            share=share,
            start=scene.calendar.month(-months),
            part=parts.get(person, ""),
        )


def _form(scene: Scene, called: Called, changes: tuple[Change, ...]) -> Decide:
    """Put the mission in its place, with what its people look after and rely on."""
    told = scene.staff.text["mission"]
    people = len(called.people)
    note = f"“{told['title']}” begins with {people} people of several units."

    def decide(firm: Firm) -> Deed:
        owned = (
            put(replace(firm.assets[asset], mission=called.mission, unit=None))
            for asset in called.assets
            if asset in firm.assets
        )
        supplied = (
            put(replace(firm.contracts[contract], missions=(called.mission,)))
            for contract in told["contracts"]
        )
        every = (*changes, *owned, *supplied)
        return Deed(name="draft.apply", changes=every, note=note)

    return decide


def _sign(mission: str, lead: str) -> Decide:
    """Let a lead sign the mandate."""

    def decide(firm: Firm) -> Deed:
        mandate = firm.mandates[mission]
        signed = replace(mandate, signed_by=(*mandate.signed_by, lead))
        return Deed(name="mandate.sign", changes=(put(signed),), note=mission)

    return decide
