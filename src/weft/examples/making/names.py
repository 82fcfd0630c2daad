"""Names of invented people: international, plausible, and nobody's in particular."""

from __future__ import annotations

from collections import Counter

from weft.core.people import Profile
from weft.core.scalars import slug
from weft.examples.dice import dice, pick
from weft.examples.texts import toml

_AT_HOME = 0.8  # how often both names come from one place
_TRIES = 4


class Register:
    """Gives out profiles: full names rarely twice, e-mail addresses never."""

    def __init__(self, firm: str, seed: int) -> None:
        """Open the empty register of a firm."""
        self._chance = dice(seed, firm, "names")
        self._places = [
            (place["given"], place["family"]) for place in toml("shared/names")["place"]
        ]
        self._plain = {
            name: slug(name)
            for place in self._places
            for half in place
            for name in half
        }
        self._used: Counter[str] = Counter()
        self.profiles: list[Profile] = []

    def enter(self, person: str, domain: str) -> None:
        """Give a person a name, and an address at a domain."""
        given, family = self._draw()
        for _ in range(_TRIES):
            if f"{given} {family}" not in self._used:
                break
            given, family = self._draw()
        self._used[f"{given} {family}"] += 1
        local = f"{self._plain[given]}.{self._plain[family]}"
        self._used[f"{local}@{domain}"] += 1
        times = self._used[f"{local}@{domain}"]
        address = f"{local}.{times}@{domain}" if times > 1 else f"{local}@{domain}"
        name = f"{given} {family}"
        self.profiles.append(Profile(id=person, name=name, email=address))

    def _draw(self) -> tuple[str, str]:
        """Draw a given name and a family name."""
        given, family = pick(self._chance, self._places)
        if self._chance.random() > _AT_HOME:
            _, family = pick(self._chance, self._places)
        return pick(self._chance, given), pick(self._chance, family)
