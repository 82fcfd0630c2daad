"""A real firm month by month: the moves a round proposes beside those that happened.

Every month of a staff handbook comes in as any table does. Its teams, who reports to
whom, are taken as missions; in a draft they ask for what they really had a month later,
by the field that Weft reads from titles, and the round says who would move. The people
are those of that month: who has left is gone, who is new sits where they were hired.
The peer is the firm itself, in the same run. Bound: no more people are asked to change
their team than really did, where the machine let every plan come near the best.

    python benchmarks/movement.py DIR [--short] [--seconds 60]

DIR holds the states as org-YYYY-MM.json. --short: one round, of 2023-02.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from time import monotonic, process_time

from msgspec.structs import replace

from weft.app import drafts, tables
from weft.app.rounds.working_out import Ask, Patience, work_out
from weft.app.tables import Bringing
from weft.app.views import look
from weft.core.entries import put
from weft.core.firm import Firm
from weft.core.missions import Mission, Need, Seat
from weft.core.people import WHOLE
from weft.core.records import Record
from weft.core.roles import Actor
from weft.core.skills import Claim, Skill
from weft.engines.allocation import Proposal
from weft.engines.knowledge import Side, camps
from weft.interop.tables import read_layout, read_table
from weft.store.desk import Desk, open_desk

ROOT = Path(__file__).parents[1]
MAP = ROOT / "docs" / "how" / "staff-handbook-map.yaml"
FIRST = "2022-03"  # before that the reporting lines are not complete
NEAR = 2.0
"""Percent from the best up to which a plan was not cut short by a busy machine."""
OWNER = Actor(person="owner", owner=True)

Teams = Mapping[str, str]
"""The team of each person, by the name it carries from month to month."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a month really did, and what a round would have done, by person.

    stayed: people who were there before and after. managers: how many of them changed
    their manager. happened, whole: the new team of those who changed it, and of those
    whom the round asks to. shared: how many it asks to give a part of their time.
    begun: full-time people who would begin in another team, in all.
    """

    month: str
    stayed: int
    managers: int
    happened: Teams
    whole: Teams
    shared: int
    begun: float
    proposal: Proposal
    seconds: float


def reporting(firm: Firm) -> dict[str, str]:
    """Give the manager of everybody who has one: who shares one is a team."""
    return {key: p.manager for key, p in firm.people.items() if p.manager}


def carried(before: Teams, managers: Mapping[str, str], month: str) -> Teams:
    """Name the teams of a month: as before, where most of those who stay are the same.

    So that a new manager, or a new name of a post, moves nobody.
    """
    shared = Counter(
        (before[p], boss) for p, boss in managers.items() if p in before
    ).most_common()
    names, taken = dict[str, str](), set[str]()
    for (team, boss), _ in sorted(shared, key=lambda each: (-each[1], each[0])):
        if boss not in names and team not in taken:
            names[boss] = team
            taken.add(team)
    return {p: names.get(boss, f"{boss}-{month}") for p, boss in managers.items()}


def field(side: Side) -> str:
    """Give the field that most of a role is in, as Weft reads it from the title."""
    return max(
        side.disciplines, key=lambda f: (side.disciplines[f], f), default="other"
    )


def records(firm: Firm, old: Teams, new: Teams, month: str) -> Iterator[Record]:
    """Give the teams as missions, who sits there, and what they ask for next month."""
    day = date.fromisoformat(f"{month}-01")
    asked = defaultdict[tuple[str, str], int](int)
    fields = {p: field(side) for p, side in camps(firm).items()}
    for known in sorted(set(fields.values())):
        yield Skill(id=f"works-in-{known}", title=known, discipline=known)
    for unit in firm.units.values():  # the lines have become the missions
        yield replace(unit, head=None)
    for each in firm.people.values():
        yield replace(each, manager=None)
    for team in sorted(set(new.values())):
        yield Mission(id=team, title=team)
    for person, team in sorted(new.items()):
        skill = f"works-in-{fields[person]}"
        yield Claim(person=person, skill=skill, level=3, seen=day, shared=True)
        asked[team, skill] += WHOLE
        held = old.get(person, team)  # who is new sits where they were hired
        if held in new.values():
            yield Seat(person=person, mission=held, start="2000-01")
    for (team, skill), share in sorted(asked.items()):
        yield Need(mission=team, skill=skill, share=share, month=month)


def proposed(
    desk: Desk, month: str, changes: Iterable[Record], seconds: float
) -> Proposal:
    """Ask the round for a month, in a draft over the firm as it is by then."""
    draft = f"teams-{month}"
    drafts.new(desk, OWNER, draft, f"Teams of {month}")
    drafts.add(desk, OWNER, draft, map(put, changes))
    ask = Ask(month=month, months=1, draft=draft)
    end = monotonic() + seconds
    patience = Patience(lambda: end - monotonic())
    now = datetime.fromisoformat(f"{month}-01").replace(tzinfo=UTC)
    return work_out(desk, OWNER, ask, now, patience)


def replayed(desk: Desk, files: Iterable[Path], seconds: float) -> Iterator[Told]:
    """Bring in month after month, and ask the round for each but the first."""
    layout, firm = read_layout(MAP.read_text("utf-8"), MAP.name), Firm()
    teams: Teams = {}
    for file in files:
        month = file.stem.removeprefix("org-")
        day = date.fromisoformat(f"{month}-01")
        table = read_table(file.name, file.read_bytes())
        at = datetime(day.year, day.month, 1, tzinfo=UTC) + timedelta(hours=9)
        bringing = Bringing(table=table, layout=layout, on=day)
        tables.apply(desk, OWNER, bringing, at, key=month)
        before, firm, old = firm, look(desk, OWNER).firm, teams
        teams = carried(old, reporting(firm), month)
        if not old:
            continue
        stayed = [p for p in teams if p in old]
        begin = process_time()
        found = proposed(desk, month, records(firm, old, teams, month), seconds)
        whole = moved(found)
        yield Told(
            month=month,
            stayed=len(stayed),
            managers=sum(
                before.people[p].manager != firm.people[p].manager for p in stayed
            ),
            happened={p: teams[p] for p in stayed if teams[p] != old[p]},
            whole=whole,
            shared=len(found.moves) - len(whole),
            begun=sum(max(p.after - p.before, 0) for m in found.moves for p in m.parts)
            / WHOLE,
            proposal=found,
            seconds=process_time() - begin,
        )


def moved(found: Proposal) -> Teams:
    """Give the new team of those who would change it with all their time."""
    return {
        move.person: part.mission
        for move in found.moves
        for part in move.parts
        if part.after == WHOLE
    }


def line(told: Told) -> str:
    """Say of one month what happened, and what the round would have done."""
    both = set(told.happened) & set(told.whole)
    same = sum(told.happened[p] == told.whole[p] for p in both)
    left = sum(sum(need.open.values()) for need in told.proposal.open) / 100
    return (
        f"{told.month}  {told.stayed} stayed, {told.managers:2} new managers,"
        f" {len(told.happened):2} changed team;  the round asks {len(told.whole):2} to"
        f" change, {len(both):2} of them the same people ({same:2} to the same team),"
        f" and {told.shared:2} to share their time;  {left:.1f} people open,"
        f" gap {told.proposal.gap:.1f} %, {told.seconds:.1f} s of processor"
    )


def summed(every: list[Told]) -> str:
    """Say of all months how much of the movement the sizes of teams asked for."""
    stayed = sum(told.stayed for told in every)
    real, ours = (
        [len(found) for found in each]
        for each in zip(*((told.happened, told.whole) for told in every), strict=True)
    )
    both = [set(told.happened) & set(told.whole) for told in every]
    return (
        f"{len(every)} months, {stayed:,} people-months: {sum(real)} changed team,"
        f" {sum(real) / stayed:.1%} a month (median {median(real):g}, at most"
        f" {max(real)}); the round asks {sum(ours)} to change, {sum(ours) / stayed:.1%}"
        f" a month (median {median(ours):g}, at most {max(ours)}),"
        f" {sum(map(len, both))} of them people who did, and"
        f" {sum(told.shared for told in every)} to share their time,"
        f" {sum(told.begun for told in every):.0f} full-time people in all\n"
        f"changes asked for: {sum(ours) / max(sum(real), 1):.0%} of those that happened"
        f" (bound 100 %)"
    )


def main() -> None:
    """Replay, and say how much of the movement the sizes of teams asked for."""
    words = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    data = ROOT.parent / "shared" / "data" / "sourcegraph-org"
    words.add_argument("folder", type=Path, nargs="?", default=data)
    words.add_argument("--short", action="store_true")
    words.add_argument("--seconds", type=float, default=60)
    asked = words.parse_args()
    files = [
        file
        for file in sorted(asked.folder.glob("org-*.json"))
        if file.stem >= f"org-{FIRST}"
    ]
    if not files:
        print(f"{asked.folder} holds no month: nothing to replay.")
        return
    files = files[10:12] if asked.short else files
    every: list[Told] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        open_desk(f"sqlite:///{folder}/weft.db") as desk,
    ):
        for told in replayed(desk, files, asked.seconds):
            print(line(told), flush=True)
            every.append(told)
    print(summed(every))
    changes = (sum(len(t.whole) for t in every), sum(len(t.happened) for t in every))
    furthest = max(told.proposal.gap for told in every)
    if furthest > NEAR:
        print(f"no bound held: a plan was cut short, {furthest:g} % from the best")
        return
    assert changes[0] <= changes[1]


if __name__ == "__main__":
    main()
