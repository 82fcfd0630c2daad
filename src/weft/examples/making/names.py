"""Names of invented people: international, plausible, and nobody's in particular."""

from __future__ import annotations

from collections import Counter
from random import Random

from weft.core.people import Profile
from weft.core.scalars import slug
from weft.examples.dice import dice
from weft.examples.texts import toml

_AT_HOME = 0.8  # how often both names come from one place
_TRIES = 4


class Register:
    """Gives out profiles: full names rarely twice, e-mail addresses never."""

    def __init__(self, seed: int) -> None:
        """Open an empty register."""
        self._chance = dice(seed, "names")
        self._places = toml("shared/names")["place"]
        self._used: Counter[str] = Counter()
        self.profiles: list[Profile] = []

    def enter(self, person: str, domain: str) -> None:
        """Give a person a name, and an address at a domain."""
        name = self._name(self._chance)
        for _ in range(_TRIES):
            if not self._used[name]:
                break
            name = self._name(self._chance)
        self._used[name] += 1
        local = ".".join(slug(part) for part in name.split(" ", 1))
        address = f"{local}@{domain}"
        self._used[address] += 1
        if (times := self._used[address]) > 1:
            address = f"{local}.{times}@{domain}"
        self.profiles.append(Profile(id=person, name=name, email=address))

    def _name(self, chance: Random) -> str:
        """Draw a given name and a family name."""
        place = chance.choice(self._places)
        given = chance.choice(place["given"])
        if chance.random() > _AT_HOME:
            place = chance.choice(self._places)
        return f"{given} {chance.choice(place['family'])}"
