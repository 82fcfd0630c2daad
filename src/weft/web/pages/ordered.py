"""People and assets in the order in which they are listed, kept up with the firm."""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from immutables import Map

from weft.app.search import folded
from weft.app.views import View
from weft.core.assets import Asset
from weft.core.firm import Firm
from weft.core.kept import kept
from weft.core.lineage import Changes
from weft.core.people import Person


class Listed(NamedTuple):
    """A record as it stands in a list.

    by, id: it is sorted by. searched: the words in which it can be searched.
    """

    by: str
    id: str
    searched: str
    record: Any


def people_by_name(view: View) -> Sequence[Listed]:
    """Give the people by name, to be searched by name and title."""
    people, profiles = view.firm.people, view.profiles

    def listed(key: str, person: Person) -> Listed:
        profile = profiles.get(key)
        name = profile.name if profile else key
        return Listed(name.casefold(), key, folded(f"{name} {person.title}"), person)

    return _in_order("people by name", people, (profiles,), listed)


def assets_by_title(firm: Firm) -> Sequence[Listed]:
    """Give the assets by title, to be searched by title and summary."""

    def listed(key: str, asset: Asset) -> Listed:
        words = folded(f"{asset.title} {asset.summary}")
        return Listed(asset.title.casefold(), key, words, asset)

    return _in_order("assets by title", firm.assets, (), listed)


_order = itemgetter(0, 1)


def _in_order(
    name: str,
    records: Map[str, Any],
    beside: tuple[Any, ...],
    listed: Callable[[str, Any], Listed],
) -> Sequence[Listed]:
    """Sort a table; after a change only what is another now is moved.

    beside: tables by the same ids that the order rests on too.
    """

    def work_out() -> list[Listed]:
        begins = defaultdict[str, list[Listed]](list)
        for key, each in records.items():
            found = listed(key, each)
            begins[found.by[:1]].append(found)
        # in parts, as nothing else has its turn during one long sort
        return [e for at in sorted(begins) for e in sorted(begins[at], key=_order)]

    def amend(before: list[Listed], *changed: Changes) -> list[Listed]:
        others = {key for each in changed for key in each}
        found = [each for each in before if each.id not in others]
        for key in others:
            if (record := records.get(key)) is not None:
                insort(found, listed(key, record), key=_order)
        return found

    return kept(name, (records, *beside), work_out, amend)
