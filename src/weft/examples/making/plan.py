"""The plan of a firm: its units and teams, for as many people as are asked for.

A larger firm has the same teams once more for each further market or base; a
smaller one has only the first of its missions, or fewer people in each unit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from weft.core.people import Unit
from weft.examples.texts import toml

_SPREAD = 6  # so many markets report to the one before them
_SMALLEST = 5  # fewer people than that are no team of their own


class Place(msgspec.Struct, frozen=True):
    """A place in a team: its job, and the partner whose person takes it."""

    job: str
    partner: str | None = None


class Team(msgspec.Struct, frozen=True):
    """People who work together: those of a unit, or those of a mission in a unit.

    told: the mission as the text tells it; empty for the team of a unit. knows:
    skills that few of the team have: the skill, the job, how many people.
    """

    id: str
    title: str
    unit: str
    places: tuple[Place, ...]
    told: Mapping[str, Any] = {}
    knows: tuple[tuple[str, str, int], ...] = ()
    market: str = ""


class Plan(msgspec.Struct, frozen=True):
    """The units of a firm, parents first, and its teams, heads first in each."""

    units: tuple[Unit, ...]
    teams: tuple[Team, ...]

    @property
    def people(self) -> int:
        """Count the places."""
        return sum(len(team.places) for team in self.teams)


def plan(firm: str, people: int | None) -> Plan:
    """Plan a firm for exactly so many people, or as its text tells it."""
    text = toml(f"{firm}/firm")
    whole = _told(firm)
    if people is None or people == whole.people:
        return whole
    if people > whole.people:
        return _grown(whole, people, text["markets"]["names"])
    if any(team.told for team in whole.teams):
        return _first_missions(whole, people, text["first"])
    return _thinned(whole, people)


def _told(firm: str) -> Plan:
    """Read the plan as the text has it: the units and, where there are, missions."""
    text = toml(f"{firm}/firm")
    boxes = [*text.get("unit", ())]
    for name in text.get("units", ()):
        boxes += toml(f"{firm}/units/{name}")["unit"]
    missions = [
        mission
        for name in text.get("missions", ())
        for mission in toml(f"{firm}/missions/{name}")["mission"]
    ]
    units = [
        Unit(
            id=box["id"],
            title=box["title"],
            parent=box.get("parent"),
            cost_centre=box.get("cost_centre", ""),
        )
        for box in boxes
    ]
    teams = [_team(box, box["id"]) for box in boxes if box.get("posts")]
    teams += [_team(mission, mission["unit"], mission) for mission in missions]
    return Plan(units=tuple(units), teams=tuple(teams))


def _team(
    box: Mapping[str, Any], unit: str, told: Mapping[str, Any] | None = None
) -> Team:
    """Read a team: its places, and what only few of it know."""
    return Team(
        id=box["id"],
        title=box["title"],
        unit=unit,
        places=tuple(_places(box["posts"])),
        told=told or {},
        knows=tuple(_rare(box.get("knows", ""))),
    )


def _places(posts: str) -> Iterator[Place]:
    """Read places such as `backend*3 backend@switchyard`."""
    for word in posts.split():
        job, _, count = word.partition("*")
        job, _, partner = job.partition("@")
        yield from [Place(job, partner or None)] * int(count or 1)


def _rare(text: str) -> Iterator[tuple[str, str, int]]:
    """Read rare skills such as `iso-messages@backend*2`."""
    for word in text.split():
        skill, _, job = word.partition("@")
        job, _, count = job.partition("*")
        yield skill, job, int(count or 1)


def _grown(whole: Plan, people: int, markets: Sequence[Sequence[str]]) -> Plan:
    """Give each further market its own units and teams, the last one only some."""
    root = whole.units[0].id
    copied = [team for team in whole.teams if team.unit != root or team.told]
    units, teams = list(whole.units), list(whole.teams)
    left = people - whole.people
    copy = 0
    while left:
        mark = _mark(copy, markets)
        above = _mark(copy // _SPREAD - 1, markets) if copy >= _SPREAD else None
        units += [_unit_in(unit, root, mark, above) for unit in whole.units[1:]]
        added = _cut([_team_in(team, mark) for team in copied], left)
        teams += added
        left -= sum(len(team.places) for team in added)
        copy += 1
    return Plan(units=_staffed(units, teams), teams=tuple(teams))


def _mark(copy: int, markets: Sequence[Sequence[str]]) -> tuple[str, str]:
    """Give the code and the title of a further market, counted from 0."""
    rest, place = divmod(copy, len(markets))
    code, title = markets[place]
    return (f"{code}{rest + 1}", f"{title} {rest + 1}") if rest else (code, title)


def _unit_in(
    unit: Unit, root: str, mark: tuple[str, str], above: tuple[str, str] | None
) -> Unit:
    """Give the unit of a market; a department lies below that of another market."""
    if unit.parent != root:
        parent = f"{unit.parent}-{mark[0]}"
    else:
        parent = f"{unit.id}-{above[0]}" if above else unit.id
    return replace(
        unit, id=f"{unit.id}-{mark[0]}", title=f"{unit.title}, {mark[1]}", parent=parent
    )


def _team_in(team: Team, mark: tuple[str, str]) -> Team:
    """Give the team of a market."""
    return replace(
        team,
        id=f"{team.id}-{mark[0]}",
        title=f"{team.title}, {mark[1]}",
        unit=f"{team.unit}-{mark[0]}",
        market=mark[0],
    )


def _first_missions(whole: Plan, people: int, first: Sequence[str]) -> Plan:
    """Keep the missions that come first, each with the head of its unit."""
    order = {name: place for place, name in enumerate(first)}
    missions = [team for team in whole.teams if team.told]
    missions.sort(key=lambda team: order.get(team.id, len(order)))
    heads = {team.unit: team for team in whole.teams if not team.told}
    teams = [heads.pop(whole.units[0].id)]
    for mission in missions:
        if mission.unit in heads:
            teams.append(heads.pop(mission.unit))
        teams.append(mission)
    kept = _cut(teams, people)
    kept.sort(key=lambda team: bool(team.told))
    return Plan(units=_staffed(whole.units, kept), teams=tuple(kept))


def _cut(teams: Sequence[Team], people: int) -> list[Team]:
    """Give as many teams as people fill; the rest join the last, or are a part of one.

    Gives all teams, and so fewer people, where there are more people than places.
    """
    taken: list[Team] = []
    for team in teams:
        if len(team.places) > people:
            if people < _SMALLEST and taken:
                more = (taken[-1].places[-1],) * people
                taken[-1] = replace(taken[-1], places=taken[-1].places + more)
            else:
                taken.append(replace(team, places=team.places[:people]))
            break
        taken.append(team)
        people -= len(team.places)
    return [team for team in taken if team.places]


def _thinned(whole: Plan, people: int) -> Plan:
    """Give every unit its share of fewer people; the largest remainders round up."""
    sizes = [len(team.places) for team in whole.teams]
    shares = [size * people / whole.people for size in sizes]
    counts = [int(share) for share in shares]
    order = sorted(range(len(sizes)), key=lambda i: (counts[i] - shares[i], i))
    for place in order[: people - sum(counts)]:
        counts[place] += 1
    teams = [
        replace(team, places=_sample(team.places, count))
        for team, count in zip(whole.teams, counts, strict=True)
        if count
    ]
    return Plan(units=_staffed(whole.units, teams), teams=tuple(teams))


def _sample(places: tuple[Place, ...], count: int) -> tuple[Place, ...]:
    """Keep so many places, spread over all of them, the head first."""
    return tuple(places[i * len(places) // count] for i in range(count))


def _staffed(units: Sequence[Unit], teams: Sequence[Team]) -> tuple[Unit, ...]:
    """Leave out the units in which, and below which, nobody works."""
    parents = {unit.id: unit.parent for unit in units}
    wanted: set[str] = set()
    for team in teams:
        unit: str | None = team.unit
        while unit is not None and unit not in wanted:
            wanted.add(unit)
            unit = parents[unit]
    return tuple(unit for unit in units if unit.id in wanted)
