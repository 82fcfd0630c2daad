"""Lists of people and assets: moved with the firm, and as if sorted anew each time."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from immutables import Map

from weft.app.search import folded
from weft.app.views import View
from weft.core.assets import Asset
from weft.core.entries import Change, put
from weft.core.firm import Firm, change
from weft.core.lineage import step
from weft.core.people import Person, Profile
from weft.core.roles import Actor
from weft.web.pages.ordered import assets_by_title, people_by_name

IDS = st.sampled_from(["a", "b", "c", "d"])
NAMES = st.sampled_from(["Åsa", "asa", "Asa", "b", "Ýr", "ß", "ss", "😀"])


def asset_of(key: str, title: str) -> Asset:
    return Asset(id=key, title=title, type="application")


@given(
    st.dictionaries(IDS, NAMES),
    st.lists(st.tuples(IDS, st.one_of(st.none(), NAMES)), min_size=1, max_size=9),
)
def test_assets_are_listed_as_if_sorted_anew(
    begun: dict[str, str], moves: list[tuple[str, Any]]
) -> None:
    firm = Firm(assets=Map({key: asset_of(key, begun[key]) for key in begun}))
    assets_by_title(firm)
    for key, title in moves:
        asset = asset_of(key, title or "x")
        known = put(asset) if title else Change("assets", key)
        firm = change(firm, [known])
        found = [(each.by, each.id, each.record) for each in assets_by_title(firm)]
        every = firm.assets.values()
        assert found == sorted((a.title.casefold(), a.id, a) for a in every)


@given(st.lists(st.tuples(IDS, NAMES, st.booleans()), min_size=1, max_size=12))
def test_people_are_listed_as_if_sorted_anew(moves: list[Any]) -> None:
    people, names = Map[str, Person](), Map[str, Profile]()
    for key, name, post in moves:
        before = people, names
        if post:
            people = people.set(key, Person(id=key, unit="u", title=name))
        else:
            names = names.set(key, Profile(id=key, name=name))
        step(before[0], people, [key])
        step(before[1], names, [key])
        firm = Firm(people=people)
        view = View(actor=Actor(person="o"), firm=firm, profiles=names, head=0)
        called = {i: names[i].name if i in names else i for i in people}
        found = [(each.by, each.id) for each in people_by_name(view)]
        assert found == sorted((called[i].casefold(), i) for i in people)
        words = {i: folded(f"{called[i]} {people[i].title}") for i in people}
        assert {each.id: each.searched for each in people_by_name(view)} == words
