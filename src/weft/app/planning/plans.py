"""Plans: brought in from StratML, shown with how they stand, and given out again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from msgspec.structs import replace

from weft.app.folder import Tally, tally
from weft.app.permissions import permit, permit_change
from weft.app.planning.apart import apart, together
from weft.app.planning.deriving import derived
from weft.app.planning.figures import Measured, held_against, measured
from weft.app.planning.founding import founded, line, linked
from weft.app.records import effective, intent, stays_whole
from weft.app.views import View, look
from weft.core.entries import Change, Deed, put
from weft.core.firm import Firm
from weft.core.kept import kept
from weft.core.outcomes.reading import Reading
from weft.core.people import Profile
from weft.core.planning.measures import Measure
from weft.core.planning.plan import Goal, Objective, Plan
from weft.core.records import Record
from weft.core.roles import Actor
from weft.core.scalars import Line, Name, slug
from weft.errors import InputError, NotFound
from weft.interop.stratml import (
    Part,
    Pursued,
    Shown,
    Standing,
    as_part,
    read_plan,
    reported,
    write_plan,
)
from weft.store.desk import Desk

LOOKED_BACK = timedelta(days=90)
"""So long ago is looked for what a figure was."""


class Brought(Record, frozen=True, kw_only=True):
    """What a document says, and what bringing it in changes or would change.

    entry: the number of the entry it became; nothing where nothing was written.
    persons: how many the document tells of, each kept in a profile of their own.
    """

    plan: Name
    title: Line
    part: int
    goals: int
    objectives: int
    indicators: int
    stakeholders: int
    values: int
    persons: int
    tallies: tuple[Tally, ...]
    entry: int | None = None


class Pursuing(Record, frozen=True, kw_only=True):
    """A mission that pursues a goal, with the last reading of its outcome.

    unit, target, by: empty where it has no outcome. less: whether the target is the
    most it may be, not the least. value, on: none where there is no reading yet.
    """

    mission: Name
    title: Line
    metric: Line = ""
    unit: Line = ""
    target: float | None = None
    by: date | None = None
    less: bool = False
    value: float | None = None
    on: date | None = None


class Stands(Record, frozen=True, kw_only=True):
    """How a goal or an objective stands: the firm's figures, the missions behind it."""

    name: Line
    description: str
    sequence: Line
    identifier: Line
    figures: tuple[Measured, ...] = ()
    missions: tuple[Pursuing, ...] = ()
    objectives: tuple[Stands, ...] = ()


class Told(Record, frozen=True, kw_only=True):
    """A plan, and how each of its goals stands, in their order."""

    plan: Plan
    goals: tuple[Stands, ...]


def bring(
    desk: Desk,
    actor: Actor,
    raw: bytes,
    file: str,
    at: datetime,
    *,
    name: str = "",
    found: bool = False,
    dry_run: bool = False,
    key: str = "",
) -> Brought:
    """Bring a plan in as one deed, or only show what that would change.

    name: what the firm calls it; made of its title where none is given. found: also
    make a mission of each goal without one, and partners of organisations. A later
    version of a plan keeps the missions and measures that its goals had.
    """
    firm = desk.firm()
    permit(firm, actor, "import")
    read = _read(firm, raw, file, name, found=found)
    real = effective(firm, read.changes)
    stays_whole(firm, real)
    known = desk.profiles()
    new = tuple(p for p in read.profiles if known.get(p.id) != p)
    entry = None
    if not dry_run and (real or new):

        def deed(now: Firm) -> Deed:
            permit(now, actor, "import")
            mine = effective(now, read.changes)
            for each in mine:
                permit_change(now, actor, each)
            stays_whole(now, mine)
            deed = Deed(name="stratml.import", changes=mine, seen=firm.seq)
            return replace(deed, facts=read.readings, note=read.plan.id)

        meant = intent(read.changes) if key else b""
        entry = desk.write(
            deed, at=at, actor=actor, key=key, intent=meant, profiles=new
        ).seq
    return _brought(read.plan, tally(firm, real), len(read.profiles), entry)


class _Read(NamedTuple):
    """What a document brings into a firm: the plan, and all that comes with it."""

    plan: Plan
    changes: tuple[Change, ...]
    readings: tuple[Reading, ...]
    profiles: tuple[Profile, ...]


def _read(firm: Firm, raw: bytes, file: str, name: str, *, found: bool) -> _Read:
    """Read a document, tie it to what an earlier version of it was tied to."""
    read = read_plan(raw, file, name or "plan")
    if not name:
        read = replace(read, id=slug(line(read.name)) or "plan")
    plan, profiles = apart(linked(read, firm.plans.get(read.id)))
    changes: list[Change] = []
    readings: list[Reading] = []
    if found:
        plan, changes, readings = founded(plan, firm)
    return _Read(plan, (*changes, put(plan)), tuple(readings), profiles)


def _brought(
    plan: Plan, tallies: tuple[Tally, ...], persons: int, entry: int | None
) -> Brought:
    """Count what a plan holds."""
    goals = plan.core.goals
    objectives = [o for goal in goals for o in goal.objectives]
    stakes = [s for o in plan.core.organizations for s in o.stakeholders]
    stakes += [s for goal in goals for s in goal.stakeholders]
    stakes += [s for objective in objectives for s in objective.stakeholders]
    return Brought(
        plan=plan.id,
        title=plan.title,
        part=plan.form.part,
        goals=len(goals),
        objectives=len(objectives),
        indicators=sum(len(o.indicators) for o in objectives),
        stakeholders=sum(bool(each.profile or each.name) for each in stakes),
        values=len(plan.core.values),
        persons=persons,
        tallies=tallies,
        entry=entry,
    )


def the_plan(view: View, name: str = "") -> Plan:
    """Give a plan by its name, or the only one; the firm itself where it has none."""
    plans = view.firm.plans
    if name:
        if name not in plans:
            raise NotFound("plan", name, plans)
        return plans[name]
    if len(plans) > 1:
        raise InputError(
            "The firm has several plans.",
            do=f"Name one of them: {', '.join(sorted(plans))}.",
        )
    return next(iter(plans.values()), None) or derived(view.firm)


def told(desk: Desk, view: View, at: datetime, name: str = "") -> Told:
    """Tell how each goal of a plan stands."""
    plan = together(the_plan(view, name), view.profiles)
    wanted = [m for goal in plan.core.goals for m in goal.measures]
    wanted += [
        m for goal in plan.core.goals for o in goal.objectives for m in o.measures
    ]
    figures = _held(desk, view, at, plan, wanted)
    latest = _latest(desk, view, plan)

    def stands(part: Goal | Objective) -> Stands:
        inner = part.objectives if isinstance(part, Goal) else ()
        return Stands(
            name=line(part.name),
            description=part.description or "",
            sequence=line(part.sequence),
            identifier=line(part.identifier),
            figures=tuple(figures[m] for m in part.measures),
            missions=tuple(
                _pursuing(view.firm, m, latest)
                for m in part.missions
                if m in view.firm.missions
            ),
            objectives=tuple(stands(objective) for objective in inner),
        )

    return Told(plan=plan, goals=tuple(stands(goal) for goal in plan.core.goals))


def _held(
    desk: Desk, view: View, at: datetime, plan: Plan, wanted: Sequence[Measure]
) -> dict[Measure, Measured]:
    """Give figures as they are, beside what they were, and what they are to be."""
    now, past = measured(desk, view, at, wanted), {}
    then = at - LOOKED_BACK
    if view.now:
        earlier = look(desk, view.actor, as_of=then.date().isoformat())
        if earlier.firm.missions:  # what is past is counted once, as it takes long
            of = earlier.firm.seq, then.date(), tuple(wanted), view.actor
            past = kept(
                ("what figures were", *of),
                (desk, view.firm.roles, view.firm.claims),
                lambda: measured(desk, earlier, then, wanted),
            )
    return {
        name: held_against(each, plan.target(name), past.get(name), then.date())
        for name, each in now.items()
    }


def _latest(desk: Desk, view: View, plan: Plan) -> dict[str, Reading]:
    """Give the last reading of each outcome's metric behind a plan."""
    parts: list[Goal | Objective] = [*plan.core.goals]
    parts += [o for goal in plan.core.goals for o in goal.objectives]
    missions = (view.firm.missions.get(m) for part in parts for m in part.missions)
    metrics = {m.outcome.metric for m in missions if m and m.outcome}
    readings = desk.facts.of(Reading, metrics, upto=view.firm.seq) if metrics else []
    return {reading.metric: reading for reading in readings}


def _pursuing(firm: Firm, key: str, latest: dict[str, Reading]) -> Pursuing:
    """Tell how the outcome of a mission stands."""
    mission = firm.missions[key]
    outcome = mission.outcome
    metric = firm.metrics.get(outcome.metric) if outcome else None
    if outcome is None or metric is None:
        return Pursuing(mission=key, title=mission.title)
    reading = latest.get(metric.id)
    return Pursuing(
        mission=key,
        title=mission.title,
        metric=metric.title,
        unit=metric.unit,
        target=outcome.target,
        by=outcome.by,
        less=metric.direction == "down",
        value=reading.value if reading else None,
        on=reading.on if reading else None,
    )


def give(
    desk: Desk,
    view: View,
    at: datetime,
    *,
    name: str = "",
    part: Part | None = None,
    report: bool = False,
) -> bytes:
    """Give a plan as a StratML document: as it came in, or in the other part.

    report: with the missions, figures and readings behind its goals, as a performance
    report, which only Part 2 has. Without a plan, the firm itself is given as one.
    """
    if report and part == 1:
        raise InputError(
            "A report has indicators, which Part 1 does not have.",
            do="Ask for Part 2, or for the plan without what came of it.",
        )
    standing = told(desk, view, at, name)
    plan = standing.plan
    if not report:
        return write_plan(as_part(plan, part) if part else plan)
    on = at.date()
    goals = [
        [_standing(view.firm, each, on) for each in (goal, *goal.objectives)]
        for goal in standing.goals
    ]
    return write_plan(reported(as_part(plan, 2), goals))


def _standing(firm: Firm, stands: Stands, on: date) -> Standing:
    """Give how a part of a plan stands, as a report tells it."""
    figures = [
        Shown(
            key=f.measure,
            title=f.title,
            unit=f.unit,
            target=f.target,
            by=f.by,
            value=f.value,
            on=on,
            says=f"{f.says} {f.n} {f.of}." if f.n else f.says,
        )
        for f in stands.figures
    ]
    return Standing(figures=figures, missions=_pursued(firm, stands.missions))


def _pursued(firm: Firm, missions: Sequence[Pursuing]) -> list[Pursued]:
    """Give the missions behind a goal, as a report tells them."""
    found = []
    for each in missions:
        mission = firm.missions[each.mission]
        outcome = mission.outcome
        metric = firm.metrics.get(outcome.metric) if outcome else None
        shown = None
        if outcome and metric:
            shown = Shown(
                key=metric.id,
                title=metric.title,
                unit=metric.unit,
                stage=metric.stage,
                target=outcome.target,
                by=outcome.by,
                value=each.value,
                on=each.on,
            )
        found.append(
            Pursued(
                key=mission.id,
                title=mission.title,
                purpose=mission.purpose,
                outcome=shown,
            )
        )
    return found
