"""Funds, what they pay and for what, what was promised and what came: in one deed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from random import Random
from typing import Any

from weft.core.entries import Deed, put
from weft.core.firm import Firm
from weft.core.funding.ask import Ask
from weft.core.funding.forecast import Benefit, Forecast
from weft.core.funding.fund import Assumption, Fund, Tranche
from weft.core.funding.months import after
from weft.core.indexes import seats_by_mission
from weft.core.missions import Mission
from weft.core.money.purpose import Purpose
from weft.core.records import Record, read
from weft.core.scalars import amount, minor
from weft.examples.days import instant, month_of
from weft.examples.dice import dice
from weft.examples.story import Step, step
from weft.examples.telling.scene import Scene
from weft.examples.texts import toml

_DAYS = 6  # before today
_NOON = 12 * 60
_FIRST = 12  # months ago the funds began
_LATE = 0.15  # of the tranches began later
_SEEN = 8  # months of which is known what came
_WORTH = (0.8, 3.2)  # of what a mission costs
_HOPE = (0.8, 1.9)  # what was promised, of what came
_NOISE = 0.12  # of what came in a month
_AHEAD = (6, 12, 18)
_GRADES = "CCCCCCCD"  # of missions that show nothing better
_BASIS = "Its outcome, by what one more of it is worth in the books of the year"
_LEAST = 60  # hundredths of the money below which a team would break
_ROUND = 100_00  # minor units to which money is rounded
_NOTICES = (1, 1, 2, 3)


def paying(scene: Scene) -> Iterator[Step]:
    """Give the funds and their year."""
    at = instant(scene.calendar.ago(_DAYS), _NOON)
    yield step(at, scene.administrator, lambda firm: _told(firm, scene))


def _told(firm: Firm, scene: Scene) -> Deed:
    records = {(r.kind, r.key): r for r in _records(firm, scene)}
    note = "Funds, what they pay, what was promised and what came."
    return Deed(name="put", changes=tuple(map(put, records.values())), note=note)


def _records(firm: Firm, scene: Scene) -> Iterator[Record]:
    told = toml(f"{scene.firm}/funds")
    rate = next((a.rounds.rate for a in firm.about.values()), None)
    if rate is None:
        return
    for each in told["fund"]:
        paid = _missions(firm, scene, each["types"])
        costs = {m.id: _cost(firm, scene, m.id, rate) for m in paid}
        costs = {m: c for m, c in costs.items() if c}
        if not costs:
            continue
        yield _fund(scene, each, sum(costs.values()), minor(rate)[1])
        for mission, cost in costs.items():
            yield from _of_mission(scene, each, firm.missions[mission], cost)
    for number, each in enumerate(told.get("ask", ()), 1):
        if each["mission"] in firm.missions:
            yield _ask(scene, each, number)
    for each in told.get("purpose", ()):
        if each["mission"] in firm.missions:
            start = after(scene.calendar.month(), -each["since"])
            plain = {key: each[key] for key in each if key != "since"}
            yield read(Purpose, {**plain, "start": start})


def _missions(firm: Firm, scene: Scene, types: list[str]) -> list[Mission]:
    """Give the missions that a fund pays: those of the home market only."""
    home = {t.id for t in scene.staff.teams.values() if not t.market}
    called = scene.called.mission if scene.called else ""
    found = (firm.missions[m] for m in sorted(firm.missions))
    return [m for m in found if m.type in types and m.id in {*home, called}]


def _cost(firm: Firm, scene: Scene, mission: str, rate: str) -> int:
    """Give what the people of a mission cost a month, at the blended rate."""
    month = scene.calendar.month()
    seats = seats_by_mission(firm).get(mission, ())
    share = sum(seat.share for seat in seats if seat.held_in(month))
    return share * minor(rate)[0] // 100 // _ROUND * _ROUND


def _fund(scene: Scene, told: Mapping[str, Any], costs: int, currency: str) -> Fund:
    rules = ("types", "more", "yearly", "shows", "rests")
    plain = {k: v for k, v in told.items() if k not in rules}
    monthly = amount(costs * told["more"] // 100 // _ROUND * _ROUND, currency)
    since = after(scene.calendar.month(), -_FIRST)
    return read(Fund, {**plain, "monthly": monthly, "since": since})


def _of_mission(
    scene: Scene, told: Mapping[str, Any], found: Mission, cost: int
) -> Iterator[Record]:
    """Give the money of one mission, what it promised, and what came."""
    mission, now = found.id, scene.calendar.month()
    chance = dice(scene.seed, "money", mission)
    currency = "EUR"
    worth = cost * chance.uniform(*_WORTH)
    late = chance.random() < _LATE
    start = after(now, -chance.randint(1, _FIRST) if late else -_FIRST)
    began = month_of(found.since) if found.since else start
    start = max(start, began)
    grade = told.get("shows", {}).get(mission) or chance.choice(_GRADES)
    yearly = told.get("yearly", False)
    yield Tranche(
        mission=mission,
        fund=told["id"],
        amount=amount(cost, currency),
        start=start,
        end=f"{now[:4]}-12" if yearly else None,
        least=amount(cost * _LEAST // 100, currency),
        notice=chance.choice(_NOTICES),
        expected=_money(worth * chance.uniform(*_HOPE), currency),
        proof="What it is worth a month, seen in its outcome",
        proof_by=after(start, 9),
        assumptions=tuple(
            Assumption(says=each["says"], test=each.get("test", ""), core=each["core"])
            for each in told.get("rests", ())
            if each["mission"] == mission
        ),
    )
    for ahead in _AHEAD:
        hope = chance.uniform(*_HOPE) * (1 + ahead / 60)
        made = after(now, -ahead - chance.randint(-3, 2))
        if made >= began:
            yield Forecast(
                mission=mission,
                made=made,
                horizon=ahead,
                value=_money(worth * hope, currency),
            )
    for benefit in _came(scene, mission, worth, grade, chance):
        if benefit.month > start:
            yield benefit


def _came(
    scene: Scene, mission: str, worth: float, grade: str, chance: Random
) -> Iterator[Benefit]:
    now = scene.calendar.month()
    for ago in range(_SEEN, 0, -1):
        value = worth * chance.gauss(1, _NOISE)
        plain = {"mission": mission, "month": after(now, -ago), "grade": grade}
        if grade < "D":
            plain["basis"] = _BASIS
        yield read(Benefit, {**plain, "value": _money(value, "EUR")})


def _money(units: float, currency: str) -> str:
    return amount(round(units / _ROUND) * _ROUND, currency)


def _ask(scene: Scene, told: Mapping[str, Any], number: int) -> Ask:
    """Give an ask as it stands today."""
    leader = scene.staff.head(told["mission"]) or scene.administrator
    day = instant(scene.calendar.ago(told["days"]), _NOON)
    fields = ("mission", "fund", "amount", "why", "expected", "proof")
    plain = {k: told[k] for k in fields if k in told}
    now = scene.calendar.month()
    if "due" in told:
        plain["proof_by"] = after(now, told["due"])
    answered = {}
    if "answer" in told:
        answered = {
            "state": told["answer"],
            "answered_by": scene.roles["finance"].holders[number % 2],
            "answered_at": (day + timedelta(days=told["after"])).isoformat(),
            "answer_reason": told.get("reason", ""),
        }
    return read(
        Ask,
        {
            **plain,
            **answered,
            "id": f"{told['mission']}-1",
            "start": after(now, 1),
            "asked_by": leader,
            "at": day.isoformat(),
        },
    )
