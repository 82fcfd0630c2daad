"""Which disciplines and which camp somebody works in, and how that is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from weft.core.firm import Firm
from weft.core.kept import kept
from weft.core.lineage import Changes
from weft.core.people import Person
from weft.core.records import Record
from weft.core.skills import Camp, Discipline
from weft.engines.knowledge.claims import claims
from weft.engines.knowledge.titles import Told, hundred, told_by_title
from weft.engines.knowledge.words.disciplines import DISCIPLINES

ToldFrom = Literal["record", "title", "claims", "hint", "unknown"]
_ONE_CAMP = 67


class Side(Record, frozen=True, kw_only=True):
    """The disciplines of a role and the technology in it, with the reason.

    disciplines: shares of the role that add to 100. technology: how much of it
    is technology, 0 to 100; None where nothing tells. told_from: the record of
    the person, else a word of the title, else the claims, else a mere hint in
    the title. reason: in words, which word or which skills it was.
    """

    disciplines: Mapping[str, int] = {}
    technology: int | None = None
    told_from: ToldFrom = "unknown"
    reason: str

    @property
    def camp(self) -> Literal["business", "technology", "both", "unknown"]:
        """The camp that two thirds of the role are in, if there is one."""
        if self.technology is None:
            return "unknown"
        if self.technology >= _ONE_CAMP:
            return "technology"
        return "business" if self.technology <= 100 - _ONE_CAMP else "both"


def camp_of(firm: Firm, discipline: str) -> Camp | None:
    """Give the camp of a discipline: the firm's own word, else Weft's."""
    known = discipline_of(firm, discipline)
    return known.camp if known else None


def discipline_of(firm: Firm, key: str) -> Discipline | None:
    """Give a discipline by its id: the firm's own, else Weft's."""
    return firm.disciplines.get(key) or DISCIPLINES.get(key)


def recorded(firm: Firm, disciplines: Iterable[tuple[str, int]]) -> Side:
    """Take the side from the disciplines that are recorded of a person."""
    return _side(firm, dict(disciplines), "record", "as recorded in the firm")


def titled(firm: Firm, title: str) -> Side | None:
    """Take the side from a title alone, a hint in it too; None where it tells none."""
    told = told_by_title(title)
    return _by_title(firm, told) if told else None


def camps(firm: Firm) -> Mapping[str, Side]:
    """Tell for everybody in the firm, by id, the disciplines and the camp.

    Kept for as long as the tables it rests on do not change.
    """
    tables = (firm.people, firm.disciplines, firm.skills, firm.claims)

    def amend(
        before: Mapping[str, Side],
        people: Changes,
        disciplines: Changes,
        skills: Changes,
        told: Changes,
    ) -> Mapping[str, Side] | None:
        if disciplines or skills:
            return None
        found, alike = dict(before), dict[object, Side]()
        for key in {
            *people,
            *(c.person for pair in told.values() for c in pair if c),
        }:
            if key in firm.people:
                found[key] = _side_of(firm, firm.people[key], alike)
            else:
                found.pop(key, None)
        joined = any(old is None for old, _ in people.values())
        return {key: found[key] for key in sorted(found)} if joined else found

    return kept("camps", tables, lambda: _camps(firm), amend)


def _camps(firm: Firm) -> dict[str, Side]:
    """Work out the side of everybody, once for all who are told alike."""
    alike: dict[object, Side] = {}
    return {key: _side_of(firm, firm.people[key], alike) for key in sorted(firm.people)}


def _side_of(firm: Firm, person: Person, alike: dict[object, Side]) -> Side:
    """Tell the side of a person by the surest sign there is."""
    given = tuple(person.disciplines.items())
    told = None if given else told_by_title(person.title)
    if told and not told.sure:
        return _by_claims(firm, person.id) or _by_title(firm, told)
    if not given and not told:
        return _by_claims(firm, person.id) or _untold(person)
    sign = given or person.title
    if sign not in alike and told:
        alike[sign] = _by_title(firm, told)
    elif sign not in alike:
        alike[sign] = recorded(firm, given)
    return alike[sign]


def _by_title(firm: Firm, told: Told) -> Side:
    """Take the side from a title that names a field, or only hints at one."""
    if told.sure:
        return _side(firm, told.disciplines, "title", f'the title says "{told.words}"')
    reason = f'the title hints at it: "{told.words}"'
    return _side(firm, told.disciplines, "hint", reason)


def _untold(person: Person) -> Side:
    """Say why nothing can be told."""
    if person.title:
        return Side(reason="no word of the title is known, and there are no claims")
    return Side(reason="there is no title, and there are no claims")


def _by_claims(firm: Firm, person: str) -> Side | None:
    """Take the side from what a person claims to know, the levels as weights."""
    weights: dict[str, float] = {}
    best: dict[str, tuple[str, int]] = {}
    for key, level in claims(firm).of(person):
        discipline = firm.skills[key].discipline
        _, highest = best.setdefault(discipline, (key, level))
        weights[discipline] = weights.get(discipline, 0) + level
        if level > highest:
            best[discipline] = key, level
    if not weights:
        return None
    most = max(sorted(weights), key=lambda key: weights[key])
    title = firm.skills[best[most][0]].title
    reason = f"the claims are most of all in {_title(firm, most)}, such as {title}"
    return _side(firm, hundred(weights), "claims", reason)


def _title(firm: Firm, discipline: str) -> str:
    """Give the title of a discipline, or its id where it has none."""
    known = discipline_of(firm, discipline)
    return known.title if known else discipline


def _side(
    firm: Firm, disciplines: Mapping[str, int], told_from: ToldFrom, reason: str
) -> Side:
    """Make a side of shares; of those in no known camp nothing is told."""
    by_camp = {"business": 0, "technology": 0}
    for discipline, share in disciplines.items():
        if camp := camp_of(firm, discipline):
            by_camp[camp] += share
    known = sum(by_camp.values())
    technology = round(100 * by_camp["technology"] / known) if known else None
    return Side(
        disciplines=disciplines,
        technology=technology,
        told_from=told_from,
        reason=reason,
    )
