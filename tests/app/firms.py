"""Random firms for the laws of permissions and views: small, whole, full of edges.

Drawn by a plain dice whose seed hypothesis chooses: a firm has a hundred choices,
and only their mix matters.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import TypeVar

from weft.core.assets import Asset
from weft.core.entries import Change, put
from weft.core.firm import Firm, change
from weft.core.framework.adrs import ADR
from weft.core.framework.challenges import Challenge
from weft.core.funding.ask import Ask
from weft.core.funding.fund import Fund
from weft.core.funding.round import MoneyMove
from weft.core.guardrails import Clause, Guardrail, Principle, Waiver, WaiverTerms
from weft.core.missions import Mandate, Mission, Need, Seat
from weft.core.people import Partner, Person, Unit
from weft.core.records import Record
from weft.core.roles import Actor, Role
from weft.core.rounds.round import Move, Part
from weft.core.skills import Claim, Discipline, Pool, Skill
from weft.core.vocabulary import Act, Property

T = TypeVar("T")
START = datetime(2026, 11, 21, 9, tzinfo=UTC)
PEOPLE = tuple(f"person{n}" for n in range(5))
MISSIONS = tuple(f"mission{n}" for n in range(3))
ROLES = tuple(f"role{n}" for n in range(3))
POOLS = tuple(f"pool{n}" for n in range(2))
ASSETS = tuple(f"asset{n}" for n in range(3))
GUARDRAILS = tuple(f"rule{n}" for n in range(2))
WAIVERS = tuple(f"waiver{n}" for n in range(3))
ADRS = tuple(f"adr{n}" for n in range(3))
MOVES = tuple(f"2027-01:{person}" for person in PEOPLE)
FUNDS = tuple(f"fund{n}" for n in range(2))
ASKS = tuple(f"ask{n}" for n in range(3))
MONEYMOVES = tuple(f"2027-01:{mission}" for mission in MISSIONS)
CHALLENGES = tuple(f"challenge{n}" for n in range(3))

ALWAYS: tuple[Record, ...] = (
    Unit(id="unit0", title="Unit"),
    Partner(id="partner0", title="Partner"),
    Partner(id="partner1", title="Another"),
    Discipline(id="software", title="Software", camp="technology"),
    Skill(id="python", title="Python", discipline="software"),
    Act(id="deploy", title="Deploy", asks=("region",)),
    Property(id="region", title="Region", type="enum", values=("eu", "us")),
)


class Dice:
    """Draws records, each of which fits into the firm."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 # a dice

    def one(self, among: Sequence[T]) -> T:
        """Draw one."""
        return self.random.choice(among)

    def maybe(self, among: Sequence[T]) -> T | None:
        """Draw one, or nothing."""
        return self.one([None, *among])

    def some(self, among: Sequence[T], most: int = 3) -> tuple[T, ...]:
        """Draw some, each at most once."""
        count = self.random.randint(0, min(most, len(among)))
        return tuple(self.random.sample(among, count))

    def firm(self) -> Firm:
        """Draw a firm in which every kind of relation comes up."""
        records = [*ALWAYS, *map(self.person, PEOPLE), *map(self.role, ROLES)]
        records += [self.asset(name) for name in ASSETS]
        records += map(self.adr, ADRS)
        records += [self.guardrail(name) for name in GUARDRAILS]
        records += [self.waiver(name) for name in self.some(WAIVERS)]
        records += [self.move(person) for person in self.some(PEOPLE)]
        records += [self.fund(name) for name in FUNDS]
        records += [self.ask(name) for name in self.some(ASKS)]
        records += [self.moneymove(m) for m in self.some(MISSIONS)]
        records += [self.challenge(name) for name in self.some(CHALLENGES)]
        records.append(Principle(id="belief", title="Belief", owner=self.maybe(ROLES)))
        records += map(self.pool, self.some(POOLS))
        for mission in MISSIONS:
            records.append(Mission(id=mission, title=mission, from_units=("unit0",)))
            records += [
                Seat(person=person, mission=mission, share=20, start="2026-01")
                for person in self.some(PEOPLE)
            ]
            if self.random.random() < 0.7:
                records.append(self.mandate(mission))
        for person in self.some(PEOPLE):
            records.append(
                Claim(person=person, skill="python", level=3, seen=date(2026, 1, 1))
            )
        firm = Firm(seq=1, at=START, on=START.date())
        return change(firm, map(put, records))

    def actor(self) -> Actor:
        """Draw who acts: mostly somebody of the firm, at times nobody or the owner."""
        person = self.one([*PEOPLE, *PEOPLE, "stranger"])
        return Actor(person=person, owner=self.random.random() < 0.1)

    def person(self, name: str) -> Person:
        """Draw somebody of the firm's own, or of a partner's."""
        if self.random.random() < 0.4:
            partner = self.one(["partner0", "partner1"])
            return Person(id=name, title=f"Title of {name}", partner=partner)
        return Person(id=name, title=f"Title of {name}", unit="unit0")

    def pool(self, name: str) -> Pool:
        """Draw a pool of expertise that somebody leads, or nobody."""
        return Pool(id=name, title=name, skills=("python",), lead=self.maybe(PEOPLE))

    def role(self, name: str) -> Role:
        """Draw a role."""
        administers = self.random.random() < 0.2
        holders = self.some(PEOPLE)
        return Role(id=name, title=name, holders=holders, administers=administers)

    def mandate(self, mission: str) -> Mandate:
        """Draw a mandate, signed by none, some or all."""
        leads = (self.maybe(PEOPLE), self.maybe(PEOPLE))
        return Mandate(
            mission=mission,
            business_lead=leads[0],
            technology_lead=leads[1],
            signed_by=self.some(sorted({p for p in leads if p}), 1),
        )

    def asset(self, name: str) -> Asset:
        """Draw an asset of a mission, of a unit, or of nobody."""
        return Asset(
            id=name,
            title=name,
            mission=self.maybe(MISSIONS),
            unit=self.maybe(["unit0"]),
            keepers=self.some(PEOPLE),
            depends_on=tuple(a for a in self.some(ASSETS) if a != name),
            supplier=self.maybe(["partner0", "partner1"]),
            properties={"region": self.one(["eu", "us"])},
        )

    def guardrail(self, name: str) -> Guardrail:
        """Draw a guardrail of any level, whose owner or another role grants."""
        level = self.one(["advise", "must", "veto"])
        terms = WaiverTerms(approver=self.maybe(ROLES))
        return Guardrail(
            id=name,
            title=name,
            level=level,  # type: ignore[arg-type]
            principle="belief",
            rests_on=self.some(ADRS, 1),
            owner=self.one(ROLES),
            harm="customers" if level == "veto" else None,
            waiver=self.maybe([terms]),
            must=(Clause(path="region", is_="eu"),),
        )

    def adr(self, name: str) -> ADR:
        """Draw a decision record; one with a lower number may be replaced by it."""
        later = self.maybe([n for n in ADRS if n > name])
        return ADR(
            id=name,
            title=name,
            status="superseded" if later else self.one(["proposed", "accepted"]),
            deciders=self.some(ROLES),
            missions=self.some(MISSIONS),
            principles=self.some(["belief"]),
            superseded_by=later,
        )

    def waiver(self, name: str) -> Waiver:
        """Draw a waiver that is asked for, or granted by somebody else."""
        asked_by = self.one(PEOPLE)
        granted_by = self.maybe([p for p in PEOPLE if p != asked_by])
        return Waiver(
            id=name,
            guardrail=self.one(GUARDRAILS),
            version=1,
            mission=self.one(MISSIONS),
            asset=self.maybe(ASSETS),
            reason="because",
            asked_by=asked_by,
            asked_at=START,
            starts=START,
            until=START + timedelta(days=20),
            granted_by=granted_by,
            granted_at=START if granted_by else None,
        )

    def move(self, person: str) -> Move:
        """Draw a move, from one mission to another or from none."""
        here, there = self.random.sample(MISSIONS, 2)
        parts = [Part(mission=there, after=40), Part(mission=here, before=40)]
        return Move(month="2027-01", person=person, parts=tuple(parts))

    def fund(self, name: str) -> Fund:
        """Draw a fund that a role decides, or nobody."""
        return Fund(
            id=name,
            title=name,
            owner=self.maybe(ROLES),
            since="2026-01",
            monthly="1000.00 EUR",
        )

    def ask(self, name: str) -> Ask:
        """Draw an open ask of somebody."""
        return Ask(
            id=name,
            mission=self.one(MISSIONS),
            fund=self.one(FUNDS),
            amount="10.00 EUR",
            start="2027-01",
            why="because",
            asked_by=self.one(PEOPLE),
            at=START,
        )

    def moneymove(self, mission: str) -> MoneyMove:
        """Draw what a round proposes for the money of a mission."""
        return MoneyMove(
            month="2027-01",
            mission=mission,
            fund=self.one(FUNDS),
            word="grow",
            before="10.00 EUR",
            after="20.00 EUR",
            starts="2027-01",
        )

    def challenge(self, name: str) -> Challenge:
        """Draw an objection, alone or joined, answered or not."""
        by, *others = self.random.sample([*PEOPLE, "gone"], 4)
        answer = self.maybe(["keep", "retire"])
        return Challenge(
            id=name,
            guardrail=self.one(GUARDRAILS),
            version=1,
            by=by,
            mission=self.maybe(MISSIONS),
            reason="because",
            joined=tuple(others[: self.random.randint(0, 2)]),
            raised_at=START,
            due=(START + timedelta(days=14)).date(),
            answer=answer,  # type: ignore[arg-type]
            answered_by=others[2] if answer else None,
            answered_at=START if answer else None,
        )

    def change(self, firm: Firm) -> Change:
        """Draw a change of any kind of record: altered, new, or taken out."""
        kind = self.one(
            [
                *("assets", "missions", "mandates", "mandates", "seats", "needs"),
                *("roles", "guardrails", "principles", "adrs", "waivers", "people"),
                *("challenges", "pools", "pools"),
            ]
        )
        table = firm.table(kind)
        if table and self.random.random() < 0.3:
            return Change(kind, self.one(sorted(table)))
        return put(self._new(kind, firm))

    def _new(self, kind: str, firm: Firm) -> Record:
        """Draw a record of a kind, which may stand there already."""
        mission, person = self.one(MISSIONS), self.one(PEOPLE)
        if kind == "mandates" and firm.mandates and self.random.random() < 0.5:
            return self.one([firm.mandates[m] for m in sorted(firm.mandates)])
        made: dict[str, Record] = {
            "assets": self.asset(self.one([*ASSETS, "fresh"])),
            "missions": Mission(id=self.one([*MISSIONS, "fresh"]), title="Other"),
            "mandates": self.mandate(mission),
            "seats": Seat(person=person, mission=mission, share=5, start="2026-11"),
            "needs": Need(mission=mission, skill="python", share=5, month="2026-12"),
            "roles": self.role(self.one(ROLES)),
            "guardrails": self.guardrail(self.one(GUARDRAILS)),
            "principles": Principle(
                id="belief", title="Other", owner=self.maybe(ROLES)
            ),
            "adrs": self.adr(self.one(ADRS)),
            "waivers": self.waiver(self.one(WAIVERS)),
            "challenges": self.challenge(self.one(CHALLENGES)),
            "people": self.person(person),
            "pools": self.pool(self.one([*POOLS, "fresh"])),
        }
        return made[kind]
