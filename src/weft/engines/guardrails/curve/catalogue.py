"""All assets as they stand, laid out by what guardrails read of them.

One column for each word, worked out when it is first asked for: the second curve
over the same assets does not read them again.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from weft.core.assets import Asset
from weft.core.firm import Firm
from weft.core.vocabulary import Property
from weft.engines.guardrails.facts import of_mission
from weft.engines.guardrails.rules.kinds import reader
from weft.engines.guardrails.rules.words import RUN

_OF_ASSET: Mapping[str, Callable[[Asset], Any]] = {
    "act": lambda _: RUN,
    "asset": lambda asset: asset.id,
    "asset.type": lambda asset: asset.type,
}
_OF_MISSION: Final = frozenset({"mission", "mission.type", "mandate", "mandate.limit"})
_KEPT: Final = 2
_GROUPED: Final = 8
"""So many ways of grouping it are kept of each catalogue."""


class Catalogue:
    """The assets of a firm in the order of their ids, and their columns."""

    def __init__(self, firm: Firm) -> None:
        """Take a firm."""
        self.firm = firm
        self.assets = [firm.assets[key] for key in sorted(firm.assets)]
        self.missions = [asset.mission or "" for asset in self.assets]
        self._raw: dict[str, list[Any]] = {}
        self._typed: dict[str, list[Any]] = {}
        self._alike: OrderedDict[tuple[Any, ...], list[list[int]]] = OrderedDict()

    def raw(self, name: str) -> list[Any]:
        """Give what each asset has of a word, None where it has nothing."""
        if name not in self._raw:
            self._raw[name] = self._column(name)
        return self._raw[name]

    def typed(self, prop: Property) -> list[Any]:
        """Give the values of a word as they are compared.

        What is unknown is an ellipsis, and None where nothing at all is there: all
        that a guardrail can tell apart.
        """
        if prop.id not in self._typed:
            read, column = reader(prop), self.raw(prop.id)
            self._typed[prop.id] = [
                None if raw is None else ... if (value := read(raw)) is None else value
                for raw in column
            ]
        return self._typed[prop.id]

    def alike(
        self, props: Sequence[Property], known: Property | None = None
    ) -> list[list[int]]:
        """Group the assets, by number, that have the same values of some words.

        known: a word of which it counts only whether the value is known.
        """
        at = (tuple(prop.id for prop in props), known.id if known else "")
        if at not in self._alike:
            columns = [self.typed(prop) for prop in props]
            if known is not None:
                typed = self.typed(known)
                columns.append([0 if isinstance(v, int) else v for v in typed])
            groups: dict[tuple[Any, ...], list[int]] = {}
            for number, key in enumerate(zip(*columns, strict=True)):
                groups.setdefault(key, []).append(number)
            self._alike[at] = list(groups.values())
            while len(self._alike) > _GROUPED:
                self._alike.popitem(last=False)
        return self._alike[at]

    def facts(self, names: Sequence[str], number: int) -> dict[str, Any]:
        """Give some facts of one asset."""
        return {name: self.raw(name)[number] for name in names}

    def _column(self, name: str) -> list[Any]:
        """Read one word of all assets."""
        if of_asset := _OF_ASSET.get(name):
            return [of_asset(asset) for asset in self.assets]
        if name in _OF_MISSION:
            missions = {asset.mission for asset in self.assets}
            given = {each: of_mission(self.firm, each)[name] for each in missions}
            return [given[asset.mission] for asset in self.assets]
        return [asset.properties.get(name) for asset in self.assets]


def catalogue_of(firm: Firm) -> Catalogue:
    """Give the catalogue of a firm, as it was laid out before."""
    at = tuple(map(id, _tables(firm)))
    kept = _cache.get(at)
    if kept is None:
        kept = _cache[at] = Catalogue(firm)
        while len(_cache) > _KEPT:
            _cache.popitem(last=False)
    return kept


def _tables(firm: Firm) -> tuple[object, ...]:
    """Give the tables that a catalogue is made of."""
    return firm.assets, firm.missions, firm.mandates, firm.vocabulary, firm.acts


_cache: OrderedDict[tuple[int, ...], Catalogue] = OrderedDict()
