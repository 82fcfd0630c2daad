"""ESCO brought in: skills with their address and other words, beside the firm's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256

from msgspec.structs import replace

from weft.app.folder import Tally, tally
from weft.app.knowing.bringing import bring_in
from weft.app.permissions import permit
from weft.core.entries import put
from weft.core.firm import Firm
from weft.core.records import Record
from weft.core.roles import Actor
from weft.core.scalars import slug
from weft.core.skills import Skill
from weft.engines.knowledge import skill_of_name
from weft.errors import NotFound
from weft.interop.esco import EscoSkill, Uncut, read_esco, without_brackets
from weft.interop.sheets import read_table
from weft.store.desk import Desk

_LONGEST = 400


class Met(Record, frozen=True, kw_only=True):
    """A skill of ESCO in the firm: new, or one that it had, with what it gets.

    title: the firm's own, where it has the skill; ESCO's label is a synonym then.
    """

    skill: str
    title: str
    label: str
    uri: str
    new: bool


class Vocabulary(Record, frozen=True, kw_only=True):
    """What a file of ESCO says, and what bringing it in changes or would change.

    uncut: rows whose label cannot be told from the rest: listed, not guessed. entry:
    nothing where it is only shown, or nothing changes.
    """

    read: int
    met: tuple[Met, ...]
    uncut: tuple[Uncut, ...]
    tallies: tuple[Tally, ...]
    entry: int | None = None


def bring(
    desk: Desk,
    actor: Actor,
    raw: bytes,
    name: str,
    at: datetime,
    *,
    discipline: str,
    words: Iterable[str] = (),
    dry_run: bool = False,
    key: str = "",
) -> Vocabulary:
    """Bring ESCO's skills in from a CSV as one deed, or only show the change.

    discipline: of the skills that are new, as ESCO names none. words: only skills one
    of whose labels has one of these; all, without any. A skill that the firm has by its
    address or by one of its names keeps its id, title and discipline, and gets ESCO's
    address and words.
    """
    firm = desk.firm()
    permit(firm, actor, "import")
    if discipline not in firm.disciplines:
        raise NotFound("discipline", discipline, firm.disciplines)
    told = read_esco(read_table(name, raw))
    wanted = [skill for skill in told.skills if _wanted(skill, words)]
    pairs = list(_joined(firm, wanted, discipline))
    changes = tuple(
        put(skill) for skill, _ in pairs if firm.skills.get(skill.id) != skill
    )
    shown = Vocabulary(
        read=len(told.skills) + len(told.uncut),
        met=tuple(met for _, met in pairs),
        uncut=told.uncut,
        tallies=tally(firm, changes),
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
        intent=sha256(raw + f"{discipline} {sorted(words)}".encode()).digest(),
    )
    return replace(shown, entry=entry)


def _wanted(skill: EscoSkill, words: Iterable[str]) -> bool:
    """Tell whether a label of a skill has one of some words; all do, of none."""
    said = " ".join((skill.label, *skill.synonyms)).casefold()
    some = [word.casefold() for word in words]
    return not some or any(word in said for word in some)


def _joined(
    firm: Firm, skills: Iterable[EscoSkill], discipline: str
) -> Iterator[tuple[Skill, Met]]:
    """Give each skill as the firm will have it: one of its own with more, or new."""
    by_uri = {skill.uri: key for key, skill in firm.skills.items() if skill.uri}
    made: dict[str, Skill] = {}
    for each in skills:
        key = (
            by_uri.get(each.uri)
            or skill_of_name(firm, each.label)
            or skill_of_name(firm, without_brackets(each.label))
        )
        held = made.get(key or "") or firm.skills.get(key or "")
        if held is not None and held.uri in {"", each.uri}:
            skill = _with(held, each)
        else:
            skill = Skill(
                id=_new(firm, made, each.label),
                title=each.label[:_LONGEST],
                discipline=discipline,
                uri=each.uri,
                synonyms=each.synonyms,
            )
        made[skill.id] = skill
        yield (
            skill,
            Met(
                skill=skill.id,
                title=skill.title,
                label=each.label,
                uri=each.uri,
                new=skill.id not in firm.skills,
            ),
        )


def _with(held: Skill, each: EscoSkill) -> Skill:
    """Give a skill of the firm with ESCO's address and words."""
    words = dict.fromkeys((*held.synonyms, each.label, *each.synonyms))
    words.pop(held.title, None)
    return replace(held, uri=each.uri, synonyms=tuple(words))


def _new(firm: Firm, made: dict[str, Skill], label: str) -> str:
    """Make an id that no skill has yet."""
    name = slug(label) or "skill"
    key, number = name, 2
    while key in firm.skills or key in made:
        key, number = f"{name}-{number}", number + 1
    return key
