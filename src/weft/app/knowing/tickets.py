"""Evidence from work: claims of who closed tickets about something, each for itself.

A claim that comes of a log is not shared until its person shares it; whoever brings
the log in is told of groups of five people or more, and of nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from hashlib import sha256

from msgspec.structs import replace

from weft.app.folder import Tally, tally
from weft.app.knowing.bringing import bring_in
from weft.app.permissions import permit
from weft.core.entries import Change, put
from weft.core.firm import Firm
from weft.core.people import Profile
from weft.core.records import Record
from weft.core.roles import Actor
from weft.core.scalars import slug
from weft.core.skills import Claim, Skill, Worked
from weft.engines.knowledge import skill_of_name
from weft.engines.knowledge.figures import FEWEST
from weft.engines.knowledge.roster import WORKS_ALONE
from weft.errors import NotFound
from weft.interop.sheets import read_table
from weft.interop.tickets import Closed, TicketColumns, TicketLog, read_tickets
from weft.store.desk import Desk

LEAST = 5
"""So many tickets make a claim: Weft's own assumption."""


class Shown(Record, frozen=True, kw_only=True):
    """What a log says of one thing; people and tickets only of five people or more."""

    about: str
    skill: str | None
    people: int | None
    tickets: int | None


class Evidence(Record, frozen=True, kw_only=True):
    """What a log of tickets says, and what bringing it in changes or would change.

    open: tickets without a closer, a thing or a day. strangers: closers who are not in
    the firm. claims: made or confirmed; none is shared by it. nameless: things that no
    skill is called by, and of which none was made.
    """

    columns: TicketColumns
    tickets: int
    open: int
    closers: int
    strangers: int
    claims: int | None
    about: tuple[Shown, ...]
    nameless: tuple[str, ...]
    tallies: tuple[Tally, ...]
    entry: int | None = None


def bring(
    desk: Desk,
    actor: Actor,
    raw: bytes,
    name: str,
    at: datetime,
    *,
    columns: Mapping[str, str],
    discipline: str = "",
    least: int = LEAST,
    dry_run: bool = False,
    key: str = "",
) -> Evidence:
    """Bring a log of tickets in as claims that rest on work, or only show the change.

    columns: which is what, where it cannot be told. discipline: things that no skill
    is called by become skills of it; without it they are left out. least: so many
    tickets of somebody about a thing make a claim, at level 3. A claim that there is
    keeps its level, and is shared or not as it was.
    """
    firm = desk.firm()
    permit(firm, actor, "import")
    if discipline and discipline not in firm.disciplines:
        raise NotFound("discipline", discipline, firm.disciplines)
    log = read_tickets(read_table(name, raw), columns)
    shown, changes = _understood(
        firm, log, people_called(firm, desk.profiles()), discipline, least, at
    )
    if dry_run:
        return shown
    entry = bring_in(
        desk,
        actor,
        changes,
        seen=firm.seq,
        file=name,
        at=at,
        key=key,
        intent=sha256(raw + f"{columns} {discipline} {least}".encode()).digest(),
    )
    return replace(shown, entry=entry)


def _understood(  # noqa: PLR0917 # what was asked, and what it is held to
    firm: Firm,
    log: TicketLog,
    people: Mapping[str, str],
    discipline: str,
    least: int,
    at: datetime,
) -> tuple[Evidence, tuple[Change, ...]]:
    """Tell what a log says of a firm, and what the firm would have otherwise."""
    skills = dict(_skills(firm, {each.about for each in log.closed}, discipline))
    known = [each for each in log.closed if each.person.casefold() in people]
    claims = {
        claim.key: claim
        for each in known
        if each.tickets >= least and (skill := skills.get(each.about))
        for claim in [_claim(firm, people[each.person.casefold()], skill.id, each, at)]
    }
    changes = tuple(_changes(firm, skills.values(), claims))
    told = {c.record.person for c in changes if isinstance(c.record, Claim)}
    closers = {each.person for each in log.closed}
    shown = Evidence(
        columns=log.columns,
        tickets=log.tickets,
        open=log.open,
        closers=len(closers),
        strangers=len(closers - {each.person for each in known}),
        claims=len(claims) if not told or len(told) >= FEWEST else None,
        about=tuple(_shown(log.closed, skills)),
        nameless=tuple(sorted({x.about for x in log.closed} - skills.keys())),
        tallies=tally(firm, [c for c in changes if not isinstance(c.record, Claim)]),
    )
    return shown, changes


def _skills(
    firm: Firm, things: Iterable[str], discipline: str
) -> Iterator[tuple[str, Skill]]:
    """Give the skill of each thing: the firm's by any of its words, else a new one."""
    made: set[str] = set()
    for thing in sorted(things):
        if key := skill_of_name(firm, thing):
            yield thing, firm.skills[key]
        elif discipline:
            key = slug(thing) or "skill"
            if key in firm.skills or key in made:
                key = f"{key}-tickets"
            made.add(key)
            yield thing, Skill(id=key, title=thing[:400], discipline=discipline)


def people_called(firm: Firm, profiles: Mapping[str, Profile]) -> dict[str, str]:
    """Give the people by what a log may call them; what means two is nobody's."""
    names: dict[str, set[str]] = {}
    for key, person in firm.people.items():
        profile = profiles.get(key)
        own = (profile.name, profile.email) if profile else ()
        for word in {key, person.source_id, *own} - {""}:
            names.setdefault(" ".join(word.split()).casefold(), set()).add(key)
    return {word: next(iter(ids)) for word, ids in names.items() if len(ids) == 1}


def _claim(firm: Firm, person: str, skill: str, each: Closed, at: datetime) -> Claim:
    """Make a claim that rests on tickets, or confirm the one that is there."""
    work = Worked(of="tickets", count=each.tickets)
    seen = min(each.last, at.date())
    held = firm.claims.get(f"{person}:{skill}")
    if held is None:
        return Claim(
            person=person,
            skill=skill,
            level=WORKS_ALONE,
            evidence="work",
            seen=seen,
            work=(work,),
            shared=False,
        )
    others = tuple(one for one in held.work if one.of != "tickets")
    return replace(
        held, evidence="work", seen=max(seen, held.seen), work=(*others, work)
    )


def _changes(
    firm: Firm, skills: Iterable[Skill], claims: Mapping[str, Claim]
) -> Iterator[Change]:
    """Give what the firm has otherwise, the skills first and only where needed."""
    wanted = {claim.skill for claim in claims.values()}
    for skill in skills:
        if skill.id not in firm.skills and skill.id in wanted:
            yield put(skill)
    for key in sorted(claims):
        if firm.claims.get(key) != claims[key]:
            yield put(claims[key])


def _shown(closed: Iterable[Closed], skills: Mapping[str, Skill]) -> Iterator[Shown]:
    """Tell what the log says of each thing, of groups that are large enough."""
    by: dict[str, list[Closed]] = {}
    for each in closed:
        by.setdefault(each.about, []).append(each)
    for about in sorted(by):
        few = len(by[about]) < FEWEST
        skill = skills.get(about)
        yield Shown(
            about=about,
            skill=skill.id if skill else None,
            people=None if few else len(by[about]),
            tickets=None if few else sum(each.tickets for each in by[about]),
        )
