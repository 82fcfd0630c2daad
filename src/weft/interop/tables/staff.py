"""People of a table become people of the firm; those who are not in it have left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from weft.core.people import Partner, Person, Post, Profile
from weft.errors import Where
from weft.interop.layouts import People
from weft.interop.layouts.words import OURS, plain
from weft.interop.tables.folding import Member
from weft.interop.tables.reporting import Who, manager_of, managers
from weft.interop.tables.rows import Row
from weft.interop.tables.units import Units, units_by_reporting
from weft.interop.tables.work import Work, fold


def staff(work: Work, people: People, members: list[Member], who: Who) -> None:
    """Put everybody in the table into the firm, with unit, manager and posts.

    What the layout names no column for stays as the firm has it.
    """
    above = managers(work, people, members, who) if people.manager else {}
    units = Units(work, people)
    if people.unit:
        placed = {member.id: units.of(member.main) for member in members}
    else:
        placed = units_by_reporting(work, people, members, above)
    posts = {m.id: _posts(work, people, m, who, units) for m in members}
    units.finish()
    employers = _employers(work, people, members)
    found = []
    for member in members:
        held = work.firm.people.get(member.id) or Person(id=member.id)
        said: dict[str, Any] = {
            "title": member.main.title if people.title else held.title,
            "location": member.main.location if people.location else held.location,
            "zone": member.main.zone if people.zone else held.zone,
            "source_id": member.kept_id or held.source_id,
        }
        if placed:
            said["unit"] = placed[member.id]
        if people.manager:
            said["manager"] = above[member.id]
            said["reports_to"] = _post_told(people, member.main, who)
        if people.partner:
            said["partner"] = employers.get(fold(member.main.partner))
        if people.post:
            said["post"] = member.main.post
        if people.post or people.title or member.posts:
            said["posts"] = posts[member.id]
        found.append(replace(held, **said))
    work.put(found)


def _posts(
    work: Work, people: People, member: Member, who: Who, units: Units
) -> tuple[Post, ...]:
    """Give the further posts of somebody."""
    return tuple(
        Post(
            title=row.title,
            unit=units.of(row) if people.unit else None,
            manager=manager_of(work, people, member, row, who),
            source_id=row.post,
            reports_to=_post_told(people, row, who),
        )
        for row in member.posts
    )


def _post_told(people: People, row: Row, who: Who) -> str:
    """Give the post that a row reports to, where rows have ids of posts."""
    return row.manager if people.post and row.manager in who.posts else ""


def _employers(work: Work, people: People, members: Iterable[Member]) -> dict[str, str]:
    """Give the partners by what the column of employers calls them.

    The firm itself is among them: by its own title, by a word such as `internal`,
    or else by being the employer of most, which is told. It is no partner.
    """
    told = Counter(m.main.partner for m in members if m.main.partner)
    ours = {name for name in told if _is_ours(work, name)}
    if told and not ours:
        [(name, count)] = told.most_common(1)
        if count * 2 > told.total():
            ours = {name}
            what = f"{name!r} employs {count} of {told.total()} people."
            at = Where(people.sheet, 0, people.partner)
            work.tell("guess", what, "Taken for the firm itself.", at)
    known = {title: p.id for title, p in work.by_title("partners").items()}
    made = []
    for name in told:
        if name not in ours and fold(name) not in known:
            known[fold(name)] = work.new_name("partners", name)
            made.append(Partner(id=known[fold(name)], title=name))
    work.put(made)
    return {name: key for name, key in known.items() if name not in map(fold, ours)}


def _is_ours(work: Work, name: str) -> bool:
    """Tell whether an employer is the firm itself."""
    return plain(name) in OURS or fold(name) in {fold(a.title) for a in _about(work)}


def _about(work: Work) -> Iterable[Any]:
    return work.firm.about.values()


def profiles_of(
    people: People, members: Iterable[Member], known: Mapping[str, Profile]
) -> tuple[Profile, ...]:
    """Give the profiles that are new or have changed: names and addresses."""
    found = []
    for member in members:
        held = known.get(member.id)
        email = held.email if held and not people.email else member.main.email
        profile = Profile(id=member.id, name=member.main.name, email=email)
        if profile != held:
            found.append(profile)
    return tuple(found)


def leavers(work: Work, people: People, members: Iterable[Member]) -> None:
    """Let those go who are not in the table; tell what they leave without anybody."""
    here = {member.id for member in members}
    gone = [key for key in sorted(work.firm.people) if key not in here]
    if not gone:
        return
    all_ = len(work.before.people)
    of = f"{len(gone)} of {all_} people are not in the table."
    at = Where(people.sheet)
    if work.partial:
        work.tell("note", of, "They stay, as the table is a part.", at)
        return
    most = len(gone) * 2 > all_
    done = "They have left, with their claims and seats."
    doubt = " If the table is a part of the staff, import it as a part."
    work.tell("guess" if most else "note", of, done + doubt * most, at)
    for change in work.drop("people", gone):
        if change.kind in {"mandates", "roles", "assets"} and change.record:
            what = f"Somebody who left was named in {change.kind}/{change.key}."
            work.tell("note", what, "The name is taken out.", at)


def empty_units(work: Work, people: People, before: Iterable[str]) -> None:
    """Take out the units that had people, have none now and hold nothing else.

    A unit stays while another lies in it, an asset is its own, or a mission
    remembers that it took in its work.
    """
    firm = work.firm
    used = {person.unit for person in firm.people.values()}
    used |= {post.unit for p in firm.people.values() for post in p.posts}
    used |= {asset.unit for asset in firm.assets.values()}
    used |= {unit for m in firm.missions.values() for unit in m.from_units}
    empty = set(before) - used
    while kept := empty & {u.parent for k, u in firm.units.items() if k not in empty}:
        empty -= kept
    if empty and not work.partial:
        work.drop("units", empty)
        what = f"Nobody is in {len(empty)} units any more: {', '.join(sorted(empty))}."
        work.tell("note", what, "They go.", Where(people.sheet))
