"""The firm: one immutable snapshot of everything, at one point of the journal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

import msgspec
from immutables import Map
from msgspec.structs import replace

from weft.core.assets import Asset, Contract
from weft.core.delivering.agreements import Agreement
from weft.core.entries import Change, Entry
from weft.core.framework.adrs import ADR
from weft.core.framework.challenges import Challenge
from weft.core.framework.controls import Catalogue, Control
from weft.core.framework.rollouts import BaselineItem, Rollout
from weft.core.funding.ask import Ask
from weft.core.funding.forecast import Benefit, Forecast
from weft.core.funding.fund import Fund, Tranche
from weft.core.funding.round import MoneyMove, MoneyRound
from weft.core.guardrails import Guardrail, Principle, Waiver
from weft.core.lineage import step
from weft.core.missions import Mandate, Mission, Need, Seat
from weft.core.money.bookings import Booking
from weft.core.money.costing import Blend, Price, Use
from weft.core.money.mapping import CostRule
from weft.core.money.purpose import Purpose
from weft.core.money.rates import Rate
from weft.core.money.redundancy import Redundancy
from weft.core.outcomes.experiment import Experiment
from weft.core.outcomes.improvement import Improvement
from weft.core.outcomes.metric import Metric
from weft.core.outcomes.outcome import Aim
from weft.core.people import About, Partner, Person, Unit
from weft.core.planning.plan import Plan
from weft.core.records import Record
from weft.core.roles import Role
from weft.core.rounds.asking import Absence, Wish
from weft.core.rounds.round import Move, Round
from weft.core.skills import Claim, Discipline, Pool, Skill
from weft.core.vocabulary import Act, NamedSet, Property


class Firm(msgspec.Struct, frozen=True, kw_only=True):
    """Everything known after entry `seq` of the journal: a table for each kind.

    Each table is a persistent map from key to record: replacing one record
    shares all the rest, so a hundred thousand people cost no more than ten.
    """

    seq: int = 0
    at: datetime | None = None
    on: date | None = None
    about: Map[str, About] = Map()
    disciplines: Map[str, Discipline] = Map()
    skills: Map[str, Skill] = Map()
    units: Map[str, Unit] = Map()
    partners: Map[str, Partner] = Map()
    people: Map[str, Person] = Map()
    claims: Map[str, Claim] = Map()
    pools: Map[str, Pool] = Map()
    metrics: Map[str, Metric] = Map()
    aims: Map[str, Aim] = Map()
    missions: Map[str, Mission] = Map()
    mandates: Map[str, Mandate] = Map()
    agreements: Map[str, Agreement] = Map()
    seats: Map[str, Seat] = Map()
    needs: Map[str, Need] = Map()
    wishes: Map[str, Wish] = Map()
    absences: Map[str, Absence] = Map()
    rounds: Map[str, Round] = Map()
    moves: Map[str, Move] = Map()
    funds: Map[str, Fund] = Map()
    tranches: Map[str, Tranche] = Map()
    asks: Map[str, Ask] = Map()
    forecasts: Map[str, Forecast] = Map()
    benefits: Map[str, Benefit] = Map()
    moneyrounds: Map[str, MoneyRound] = Map()
    moneymoves: Map[str, MoneyMove] = Map()
    assets: Map[str, Asset] = Map()
    contracts: Map[str, Contract] = Map()
    experiments: Map[str, Experiment] = Map()
    improvements: Map[str, Improvement] = Map()
    rates: Map[str, Rate] = Map()
    blends: Map[str, Blend] = Map()
    prices: Map[str, Price] = Map()
    uses: Map[str, Use] = Map()
    cost_rules: Map[str, CostRule] = Map()
    purposes: Map[str, Purpose] = Map()
    redundancies: Map[str, Redundancy] = Map()
    bookings: Map[str, Booking] = Map()
    roles: Map[str, Role] = Map()
    acts: Map[str, Act] = Map()
    vocabulary: Map[str, Property] = Map()
    sets: Map[str, NamedSet] = Map()
    principles: Map[str, Principle] = Map()
    adrs: Map[str, ADR] = Map()
    catalogues: Map[str, Catalogue] = Map()
    controls: Map[str, Control] = Map()
    guardrails: Map[str, Guardrail] = Map()
    waivers: Map[str, Waiver] = Map()
    challenges: Map[str, Challenge] = Map()
    rollouts: Map[str, Rollout] = Map()
    baseline: Map[str, BaselineItem] = Map()
    plans: Map[str, Plan] = Map()

    @property
    def title(self) -> str:
        """What the firm calls itself."""
        return next((a.title for a in self.about.values()), "Unnamed firm")

    def table(self, kind: str) -> Map[str, Any]:
        """Give the table of a kind by its name."""
        table: Map[str, Any] = getattr(self, kind)
        return table

    def records(self) -> Iterator[Record]:
        """Give every record, kind by kind, each kind in the order of its keys."""
        for kind in KINDS:
            table = self.table(kind)
            yield from (table[key] for key in sorted(table))


_RECORDS: tuple[type[Record], ...] = (
    *(About, Discipline, Skill, Unit, Partner, Person, Claim, Pool, Metric, Aim),
    *(Mission, Mandate, Agreement, Seat, Need, Wish, Absence, Round, Move, Asset),
    *(Contract, Experiment, Improvement, Role, Act, Property, NamedSet, Principle),
    *(ADR, Catalogue, Control, Guardrail, Waiver, Challenge),
    *(Rollout, BaselineItem, Plan),
    *(Fund, Tranche, Ask, Forecast, Benefit, MoneyRound, MoneyMove),
    *(Rate, Blend, Price, Use, CostRule, Purpose, Redundancy, Booking),
)
KINDS: dict[str, type[Record]] = {record.kind: record for record in _RECORDS}
"""Every kind of record that the firm keeps, in the order they build on another."""


def change(firm: Firm, changes: Iterable[Change]) -> Firm:
    """Give the firm with some records put in or taken out; a what-if too."""
    held: dict[str, Any] = {}
    keys: dict[str, list[str]] = {}
    for each in changes:
        if each.kind not in held:
            held[each.kind], keys[each.kind] = firm.table(each.kind).mutate(), []
        keys[each.kind].append(each.key)
        if each.record is not None:
            held[each.kind][each.key] = each.record
        else:
            held[each.kind].pop(each.key, None)
    tables = {kind: table.finish() for kind, table in held.items()}
    for kind, table in tables.items():
        step(firm.table(kind), table, keys[kind])
    return replace(firm, **tables)


def apply(firm: Firm, entry: Entry) -> Firm:
    """Give the firm as it is after one more entry of its journal."""
    if entry.deed.changes:
        firm = change(firm, entry.deed.changes)
    return replace(firm, seq=entry.seq, at=entry.at, on=entry.on)


def difference(old: Firm, new: Firm) -> tuple[Change, ...]:
    """Give the changes that make the old firm into the new one, in order.

    What is put comes kind by kind in the order kinds build on each other; what
    is dropped comes after, the other way round.
    """
    puts: list[Change] = []
    drops: list[Change] = []
    for kind in KINDS:
        before, after = old.table(kind), new.table(kind)
        if before is after:
            continue
        puts += [
            Change(kind, key, after[key])
            for key in sorted(after)
            if before.get(key) != after[key]
        ]
        drops += [Change(kind, key) for key in sorted(before) if key not in after]
    return (*puts, *reversed(drops))
