"""What people say they know: texts become claims, new words become skills."""

from __future__ import annotations

import re
from collections.abc import Iterable

from weft.core.skills import Claim, Discipline, Skill
from weft.engines.knowledge.camps import discipline_of
from weft.engines.knowledge.titles import told_by_title
from weft.errors import Where
from weft.interop.layouts import People
from weft.interop.layouts.words import LEVELS, plain
from weft.interop.tables.folding import Member
from weft.interop.tables.work import Work, fold

USUAL = 3
"""The level of a skill that is named without one: works with it."""

_SAID = re.compile(
    r"(?P<skill>.+?)\s*(?:(?:\s[-\u2013:=]|[:=])\s*|\(\s*)"
    r"(?P<level>[1-5](?:\s*/\s*5)?|[^\W\d_][^()\d:=]*?)\s*\)?"
)
UNSORTED = Discipline(id="unsorted", title="Not sorted yet", camp="business")
"""Where a skill goes whose words tell no discipline, until somebody sorts it."""


def claims(work: Work, people: People, members: Iterable[Member]) -> None:
    """Put what people are said to know: evidence `self`, level 3 unless told.

    A claim that rests on more, or says the same, is left as it is; one that is not
    in the table any more ages as all claims do.
    """
    skills = _Skills(work)
    found: list[Claim] = []
    for member in members:
        said: dict[str, int] = {}
        for row in member.rows:
            for text in row.skills:
                title, level = said_skill(text, row.level)
                skill = skills.of(title)
                said[skill] = max(level, said.get(skill, 0))
        for skill, level in said.items():
            claim = Claim(
                person=member.id,
                skill=skill,
                level=level,
                evidence="self",
                seen=work.on,
            )
            held = work.firm.claims.get(claim.key)
            if held is None or (held.evidence == "self" and held.level != level):
                found.append(claim)
    skills.finish(people)
    work.put(found)


def said_skill(text: str, level: str = "") -> tuple[str, int]:
    """Take `SQL - expert`, `SQL (4)` or `SQL: 4/5` apart; what tells no level stays.

    level: what the row says of all its skills.
    """
    said = _SAID.fullmatch(text)
    told = _level(said["level"]) if said else 0
    return (said["skill"] if said and told else text), told or _level(level) or USUAL


def _level(text: str) -> int:
    """Read a level: a number or a word; 0 where it is none."""
    bare = plain(text)
    if bare[:1] in {"1", "2", "3", "4", "5"} and bare[1:] in {"", " 5"}:
        return int(bare[0])
    return LEVELS.get(bare, 0)


class _Skills:
    """The skills of the firm by title and synonym, with those that are new."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.made: dict[str, Skill] = {}
        self.known: dict[str, str] = {}
        self.camps: dict[str, Discipline] = {}
        for key, skill in sorted(work.firm.skills.items()):
            for text in (key, skill.title, *skill.synonyms):
                self.known.setdefault(fold(text), key)

    def of(self, title: str) -> str:
        """Give the skill of a title, made where it is new."""
        if (key := self.known.get(fold(title))) is None:
            key = self.work.new_name("skills", title)
            discipline = self._discipline(title)
            self.made[key] = Skill(id=key, title=title, discipline=discipline.id)
            self.known[fold(title)] = key
        return key

    def _discipline(self, title: str) -> Discipline:
        """Guess the discipline of a skill as that of a job title is guessed."""
        told = told_by_title(title)
        best = max(told.disciplines.items(), key=lambda d: d[1])[0] if told else ""
        guessed = discipline_of(self.work.firm, best) or UNSORTED
        self.camps[guessed.id] = self.work.firm.disciplines.get(guessed.id, guessed)
        return self.camps[guessed.id]

    def finish(self, people: People) -> None:
        """Put new skills into the firm; tell of each what it was taken for."""
        self.work.put(self.camps.values())
        self.work.put(self.made.values())
        for skill in self.made.values():
            what = f"The skill {skill.title!r} is new."
            done = f"Sorted under {self.camps[skill.discipline].title!r}."
            self.work.tell("guess", what, done, Where(people.sheet, 0, people.skills))
