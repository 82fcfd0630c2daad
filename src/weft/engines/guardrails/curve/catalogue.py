"""All assets as they stand, laid out by what guardrails read of them.

One column for each word, worked out when it is first asked for: the second curve
over the same assets does not read them again.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Any, Final

from weft.core.firm import Firm
from weft.core.vocabulary import Property
from weft.engines.guardrails.curve.columns import Column, Elements, typed
from weft.engines.guardrails.standing import laid_out

_KEPT: Final = 2


class Catalogue:
    """The assets of a firm in the order of their ids, and their columns."""

    def __init__(self, firm: Firm) -> None:
        """Take a firm."""
        self.firm = firm
        self.assets = [firm.assets[key] for key in sorted(firm.assets)]
        self.missions = Column(asset.mission or "" for asset in self.assets)
        self._columns: dict[str, Column] = {}
        self._elements: dict[str, Elements] = {}

    def column(self, prop: Property) -> Column:
        """Give the values of a word."""
        if prop.id not in self._columns:
            self._columns[prop.id] = Column(typed(prop, self._raw(prop.id)))
        return self._columns[prop.id]

    def elements(self, name: str) -> Elements:
        """Give the elements of a list."""
        if name not in self._elements:
            self._elements[name] = Elements(self._raw(name))
        return self._elements[name]

    def _raw(self, name: str) -> list[Any]:
        """Read one word of all assets, None where one has nothing."""
        return laid_out(self.firm).plain(name)


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
