"""What an example firm runs, and what its partners supply on which terms."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from random import Random
from typing import Any

from msgspec.structs import replace

from weft.core.assets import Asset, Contract
from weft.core.money.redundancy import Redundancy
from weft.core.people import Partner
from weft.core.records import read
from weft.core.scalars import Amount, amount
from weft.core.vocabulary import Property, Value
from weft.examples.days import Calendar
from weft.examples.dice import dice
from weft.examples.making.plan import Team
from weft.examples.making.staff import Staff
from weft.examples.texts import table, toml

KEEPERS = "keepers"
"""The property that counts the people who can look after an asset."""


def counted(asset: Asset, words: Container[str]) -> Asset:
    """Count the keepers of an asset anew, where the firm has a word for it."""
    if KEEPERS not in words:
        return asset
    told = {**asset.properties, KEEPERS: len(asset.keepers)}
    return replace(asset, properties=told)


class Estate:
    """The assets of a firm, each row of its tables made into a record."""

    def __init__(
        self, firm: str, staff: Staff, seed: int, vocabulary: Mapping[str, Property]
    ) -> None:
        """Know what the rows mean: the words, and what assets of a sort share."""
        self._likes = toml(f"{firm}/assets/likes")
        self._words = vocabulary
        self._staff = staff
        self._chance = dice(seed, "keepers")
        self._knowing: dict[str, dict[str, list[str]]] = {}
        self._currency: str = staff.text["about"]["currency"]
        self._counts: list[int] = staff.text["keepers"]
        self._told = [
            (row["owner"], self._asset(row))
            for name in staff.text["assets"]
            for row in table(f"{firm}/assets/{name}")
        ]

    def assets(self) -> Iterator[Asset]:
        """Give the assets of the firm, and those of each further market."""
        markets = {team.market: None for team in self._staff.teams.values()}
        for market in markets:
            yield from self._of(market)

    def _of(self, market: str) -> Iterator[Asset]:
        """Give the assets of one market whose owners are there."""
        mark = f"-{market}" if market else ""
        there = [
            (owner + mark if owner else "", asset)
            for owner, asset in self._told
            if self._is_there(owner, mark)
        ]
        ids = {asset.id for _, asset in there}
        for owner, asset in there:
            is_mission = owner in self._staff.teams and self._staff.teams[owner].told
            yield counted(
                replace(
                    asset,
                    id=asset.id + mark,
                    mission=owner if owner and is_mission else None,
                    unit=owner if owner and not is_mission else None,
                    keepers=self._keepers(owner, asset.needs),
                    depends_on=tuple(d + mark for d in asset.depends_on if d in ids),
                ),
                self._words,
            )

    def _is_there(self, owner: str, mark: str) -> bool:
        """Tell whether an asset has its owner, or has none, which happens once."""
        if not owner:
            return not mark
        return owner + mark in self._staff.teams or owner + mark in self._staff.units

    def _asset(self, row: Mapping[str, str]) -> Asset:
        """Read a row, its owner and keepers apart."""
        facts = dict(self._likes[row["like"]])
        for word in row["facts"].split():
            name, _, text = word.partition("=")
            facts[name] = _value(self._words, name, text)
        return read(
            Asset,
            {
                "id": row["id"],
                "title": row["title"],
                "type": row["type"],
                "needs": row["needs"].split(),
                "depends_on": row["depends"].split(),
                "supplier": row["supplier"] or None,
                "yearly_cost": self._money(row["cost"]),
                "properties": facts,
            },
        )

    def _money(self, cost: str) -> Amount | None:
        """Write a yearly cost; none where nobody has told it."""
        return amount(int(cost) * 100, self._currency) if cost else None

    def _keepers(self, owner: str, needs: Sequence[str]) -> tuple[str, ...]:
        """Draw who can look after an asset: those of its owner who know how."""
        if owner not in self._staff.teams:
            return ()
        knowing = self._those_who_know(owner)
        found = [p for skill in needs for p in knowing.get(skill, ())]
        found = list(dict.fromkeys(found)) or knowing[""]
        count = self._chance.choice(self._counts)
        return tuple(found[:count])

    def _those_who_know(self, team: str) -> Mapping[str, list[str]]:
        """Give who of a team knows each skill; under "" the technology people."""
        if team not in self._knowing:
            known: dict[str, list[str]] = {"": []}
            members = self._staff.members(team)
            for person in _shuffled(members, self._chance):
                for claim in self._staff.claims[person]:
                    known.setdefault(claim.skill, []).append(person)
                if self._staff.job(person).camp == "technology":
                    known[""].append(person)
            known[""] = known[""] or members[-1:]
            self._knowing[team] = known
        return self._knowing[team]


def _shuffled(people: Sequence[str], chance: Random) -> list[str]:
    """Give people in a drawn order."""
    return chance.sample(people, len(people))


def _value(words: Mapping[str, Property], name: str, text: str) -> Value:
    """Read a fact: `yes`, `45`, `customers+partners`, `bank:api:tls-1.3:passkey;..`."""
    word = words[name]
    if word.type == "bool":
        return text == "yes"
    if word.type == "int":
        return int(text)
    if word.type == "set":
        return tuple(text.split("+")) if text else ()
    if word.type == "list":
        return tuple(
            {
                field: _scalar(words[field], part)
                for field, part in zip(word.fields, each.split(":"), strict=True)
            }
            for each in text.split(";")
            if each
        )
    return text


def _scalar(word: Property, text: str) -> bool | str:
    """Read one field of an element; hyphens in free text stand for spaces."""
    if word.type == "bool":
        return text == "yes"
    return text.replace("-", " ") if word.type == "text" else text


def partners(firm: str) -> Iterator[Partner]:
    """Give the other organisations in the network."""
    for told in _partners(firm):
        plain = {key: value for key, value in told.items() if key != "contracts"}
        yield read(Partner, plain)


def contracts(
    firm: str, teams: Mapping[str, Team], calendar: Calendar, currency: str
) -> Iterator[Contract]:
    """Give the contracts, for those of their missions that there are."""
    for told in _partners(firm):
        for terms in told.get("contracts", ()):
            yield Contract(
                id=terms["id"],
                title=terms["title"],
                partner=told["id"],
                missions=tuple(m for m in terms.get("missions", ()) if m in teams),
                yearly_cost=amount(terms["cost"] * 100, currency),
                start=calendar.first(terms["starts"]).replace(day=1),
                end=calendar.end(terms["ends"]),
                notice_days=terms["notice"],
            )


def redundancies(firm: str, calendar: Calendar, currency: str) -> Iterator[Redundancy]:
    """Give what a firm has more than once and accepts; none where it tells of none."""
    for told in toml(f"{firm}/funds").get("redundancy", ()):
        limit = amount(told["limit"] * 100, currency)
        until = calendar.end(told["until"])
        yield Redundancy(**{**told, "limit": limit, "until": until})


def _partners(firm: str) -> Sequence[Mapping[str, Any]]:
    """Give the partners as the text tells them."""
    told: Sequence[Mapping[str, Any]] = toml(f"{firm}/partners")["partner"]
    return told
