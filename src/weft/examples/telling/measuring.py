"""What a firm measures, tries and improves: records, readings and observations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from weft.core.entries import Deed, put
from weft.core.facts.fact import Fact
from weft.core.firm import Firm
from weft.core.missions import Mission
from weft.core.outcomes.experiment import Experiment, Observation
from weft.core.outcomes.improvement import Improvement
from weft.core.outcomes.metric import Metric
from weft.core.outcomes.outcome import Aim
from weft.core.outcomes.past import PastWork
from weft.core.outcomes.reading import Reading
from weft.core.records import Record, read
from weft.core.references import REFERENCES, named
from weft.examples.days import YEAR, Calendar, instant
from weft.examples.dice import dice
from weft.examples.story import Step, step
from weft.examples.telling.scene import Scene
from weft.examples.texts import toml

_DAYS = 6  # before today
_NOON = 12 * 60
_PACES = (0.2, 0.6, 0.8, 0.9, 1.0, 1.0, 1.1, 1.2, 1.3)  # of what the target asks for
_GAP = 0.08  # of the readings were forgotten
_SLIP = 0.02  # went wrong: ten times as far off as the others
_YOUNG = 120  # a mission formed fewer days ago is read every week
_SCATTER = 0.06  # of the way from the baseline to the target
_WHOLE = 100.0
_TO_SPEC = 0.8  # of past work was delivered as specified
_TO_SPEC = 0.8  # of past work was delivered as specified


def measuring(scene: Scene) -> Iterator[Step]:
    """Give the steps: what there is beside the outcomes, then all that was read."""
    day = scene.calendar.ago(_DAYS)
    yield step(instant(day, _NOON), scene.administrator, lambda f: _told(f, scene))
    yield step(instant(day, _NOON + 5), scene.administrator, lambda f: _read(f, scene))


def _told(firm: Firm, scene: Scene) -> Deed:
    """Put the metrics, aims, experiments and improvements, as the firm stands."""
    text, calendar = toml(f"{scene.firm}/measures"), scene.calendar
    records: list[Record] = [_metric(told, calendar) for told in text["metric"]]
    records += [_aim(told, calendar) for told in text.get("aim", ())]
    records += [_experiment(told, calendar) for told in text.get("experiment", ())]
    records += [_improvement(told, calendar) for told in text.get("improvement", ())]
    note = "What is measured beside the outcomes, what is tried and improved."
    changes = tuple(map(put, _fitting(firm, records)))
    return Deed(name="put", changes=changes, note=note)


def _fitting(firm: Firm, records: Sequence[Record]) -> list[Record]:
    """Leave out what names a mission or a unit that a firm of this size has not."""
    told = {(record.kind, record.key) for record in records}
    fit = [
        record
        for record in records
        if all(
            name in firm.table(each.to) or (each.to, name) in told
            for each in REFERENCES
            if each.kind == record.kind
            for _, name in named(record, each.field)
        )
    ]
    return fit if len(fit) == len(records) else _fitting(firm, fit)


def _metric(told: Mapping[str, Any], calendar: Calendar) -> Metric:
    """Give a metric, without what tells of its readings."""
    plain = {k: v for k, v in told.items() if k not in {"from", "to", "noise"}}
    return read(Metric, _dated(plain, calendar, ("retired",)))


def _aim(told: Mapping[str, Any], calendar: Calendar) -> Aim:
    """Give what a unit is held to; `months` from today it is due."""
    return read(Aim, _due(told, calendar))


def _experiment(told: Mapping[str, Any], calendar: Calendar) -> Experiment:
    """Give an experiment, without what tells of its observations."""
    plain = {k: v for k, v in told.items() if k not in {"rates", "observations"}}
    plain["stop"] = _due(plain["stop"], calendar)
    plain["spent"] = [
        {"on": _ago(calendar, days), "amount": amount, "says": says}
        for days, amount, says in told.get("spent", ())
    ]
    return read(Experiment, _dated(plain, calendar, ("started", "closed")))


def _improvement(told: Mapping[str, Any], calendar: Calendar) -> Improvement:
    """Give an improvement, its dates so many days ago."""
    plain = dict(told)
    plain["steps"] = [
        {"title": title} | ({"done": _ago(calendar, days)} if days else {})
        for title, days in told.get("steps", ())
    ]
    return read(Improvement, _dated(plain, calendar, ("deployed", "adopted", "proven")))


def _due(told: Mapping[str, Any], calendar: Calendar) -> dict[str, Any]:
    """Put the last day of a month in the place of `months` from today."""
    plain = {key: value for key, value in told.items() if key != "months"}
    return plain | {"by": calendar.end(told["months"]).isoformat()}


def _dated(
    told: Mapping[str, Any], calendar: Calendar, fields: tuple[str, ...]
) -> dict[str, Any]:
    """Put a day in the place of how many days ago it was."""
    days = {f: _ago(calendar, told[f]) for f in fields if f in told}
    return {**told, **days}


def _ago(calendar: Calendar, days: int) -> str:
    """Give the day so many days ago."""
    return calendar.ago(days).isoformat()


def _read(firm: Firm, scene: Scene) -> Deed:
    """Bring in what was read and observed in the year."""
    facts: list[Fact] = []
    for key in sorted(firm.missions):
        facts += _of_mission(firm.missions[key], scene)
    text = toml(f"{scene.firm}/measures")
    for told in text["metric"]:
        if "from" in told and told["id"] in firm.metrics:
            facts += _of_metric(told, firm.metrics[told["id"]], scene)
    for told in text.get("experiment", ()):
        if "rates" in told and told["id"] in firm.experiments:
            facts += _observed(told, firm.experiments[told["id"]], scene)
    facts += _past(text["past"], scene)
    note = "Readings and observations of the year."
    return Deed(name="readings", facts=tuple(facts), note=note)


def _of_mission(mission: Mission, scene: Scene) -> Iterator[Reading]:
    """Give the readings of an outcome: each mission is some way along, or not."""
    goal = mission.outcome
    if goal is None or goal.baseline is None:
        return
    chance = dice(scene.seed, "readings", mission.id)
    start = max(mission.since or scene.calendar.start, scene.calendar.start)
    today = scene.calendar.ago(_DAYS)
    every = 7 if (today - start).days < _YOUNG else chance.choice((14, 30, 30, 30, 91))
    way = goal.target - goal.baseline
    pace, whole = chance.choice(_PACES), (goal.by - start).days
    for day in _days(start, today, every, chance):
        along = pace * (day - start).days / whole
        off = chance.gauss(0, _SCATTER) * (10 if chance.random() < _SLIP else 1)
        value = goal.baseline + way * (along + off)
        yield _reading(goal.metric, day, value, abs(way))


def _of_metric(
    told: Mapping[str, Any], metric: Metric, scene: Scene
) -> Iterator[Reading]:
    """Give the readings of another metric, from where it began to where it is."""
    chance = dice(scene.seed, "readings", metric.id)
    start, today = scene.calendar.start, metric.retired or scene.calendar.ago(_DAYS)
    for day in _days(start, today, 365 // YEAR, chance):
        along = (day - start).days / max(1, (today - start).days)
        value = told["from"] + (told["to"] - told["from"]) * along
        value += chance.gauss(0, told["noise"])
        yield _reading(metric.id, day, value, told["noise"] * 10)


def _reading(metric: str, day: date, value: float, size: float) -> Reading:
    """Write a reading with as many decimals as it takes to see it move."""
    decimals = 0 if size >= _WHOLE else 1 if size >= 1 else 2
    rounded = max(0.0, round(value, decimals))
    return Reading(metric=metric, on=day, value=rounded, source="invented")


def _days(start: date, end: date, every: int, chance: Random) -> Iterator[date]:
    """Give the days of readings, a few of them forgotten."""
    day = start + timedelta(days=chance.randrange(every))
    while day <= end:
        if chance.random() >= _GAP:
            yield day
        day += timedelta(days=every)


def _observed(
    told: Mapping[str, Any], experiment: Experiment, scene: Scene
) -> Iterator[Observation]:
    """Give what the trials of an experiment gave: 1 where it went well, or 0."""
    chance = dice(scene.seed, "observations", experiment.id)
    first = experiment.started or scene.calendar.start
    last = experiment.closed or scene.calendar.ago(_DAYS)
    minutes = (last - first).days * 24 * 60
    for n in range(told["observations"] * 2):
        rate = told["rates"][n % 2]
        yield Observation(
            experiment=experiment.id,
            trial=f"t{n:05}",
            arm="treatment" if n % 2 else "control",
            at=instant(first, minutes * n // (told["observations"] * 2)),
            value=float(chance.random() < rate),
        )


def _past(told: Mapping[str, Any], scene: Scene) -> Iterator[PastWork]:
    """Give the work that was over before: what it reached is no matter of its dates."""
    for n, title in enumerate(told["titles"]):
        chance = dice(scene.seed, "past", title)
        start = scene.calendar.start - timedelta(days=chance.randint(500, 900))
        due = start + timedelta(days=chance.randint(90, 400))
        late = max(0, round(chance.gauss(10, 40)))
        planned = chance.randrange(40_000, 900_000, 10_000)
        spent = round(planned * max(0.6, chance.gauss(1.05, 0.15)), -3)
        judged = chance.random() >= _GAP
        yield PastWork(
            id=f"project-{n + 1:02}",
            title=title,
            start=start,
            due=due,
            ended=due + timedelta(days=late),
            planned_cost=f"{planned}.00 {told['currency']}",
            cost=f"{spent:.0f}.00 {told['currency']}",
            to_spec=chance.random() < _TO_SPEC,
            goals=told["goals"] if judged else None,
            met=chance.randint(0, told["goals"]) if judged else None,
        )
