"""After any changes the mirror, the weave and the map are those of a firm made anew.

What changed is worked out from what was known before; a firm whose tables were made
anew has nothing to begin from, so it is judged in full: the two have to be equal.
"""

from __future__ import annotations

import os
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from immutables import Map
from msgspec.structs import replace
from tests.conftest import many

from weft.core.assets import Asset
from weft.core.entries import Change, put
from weft.core.firm import KINDS, Firm, change
from weft.core.missions import Mission, Need, Seat
from weft.core.people import Partner, Person, Unit
from weft.core.records import Record
from weft.core.skills import Claim, Discipline, Skill
from weft.engines.knowledge import (
    all_covered,
    camps,
    diagnose,
    it_boxes,
    network,
    weave,
)

MONTH, TODAY = "2026-11", date(2026, 11, 29)
PEOPLE = [f"p{n:02}" for n in range(24)]
UNITS, MISSIONS = ("all", "shop", "it", "lab"), ("pay", "lend")
SKILLS = {"java": "software", "sql": "software", "law": "legal"}
TITLES = ("Software Engineer", "Accountant", "Business Analyst", "Zzz", "", "Lead")


def people(key: str) -> st.SearchStrategy[Record]:
    """Draw somebody."""
    return st.builds(
        Person,
        id=st.just(key),
        title=st.sampled_from(TITLES),
        unit=st.sampled_from((None, *UNITS)),
        manager=st.sampled_from((None, *PEOPLE[:6])),
        partner=st.sampled_from((None, None, "acme")),
        disciplines=st.sampled_from(({}, {}, {"software": 100}, {"legal": 100})),
    )


claims = st.builds(
    Claim,
    person=st.sampled_from(PEOPLE),
    skill=st.sampled_from(tuple(SKILLS)),
    level=st.integers(1, 5),
    seen=st.sampled_from((date(2020, 1, 1), date(2026, 1, 1))),
)
seats = st.builds(
    Seat,
    person=st.sampled_from(PEOPLE),
    mission=st.sampled_from(MISSIONS),
    share=st.sampled_from((20, 50, 100)),
    start=st.sampled_from(("2026-01", "2026-12")),
)
assets = st.builds(
    Asset,
    id=st.sampled_from(("ledger", "till")),
    title=st.sampled_from(("One", "Two")),
    mission=st.sampled_from((None, *MISSIONS)),
    unit=st.sampled_from((None, "it")),
    keepers=st.sampled_from(((), ("p01",), ("p01", "p02"))),
    needs=st.sampled_from(((), ("java",), ("java", "law"))),
)
needs = st.builds(
    Need,
    mission=st.sampled_from(MISSIONS),
    skill=st.sampled_from(tuple(SKILLS)),
    level=st.integers(1, 5),
    share=st.sampled_from((50, 100)),
    month=st.sampled_from(("2026-11", "2026-12")),
)
others = st.sampled_from(
    [
        Unit(id="lab", title="Laboratory", parent="it"),
        Unit(id="lab", title="Lab", parent="all"),
        Mission(id="pay", title="Paying"),
        Skill(id="law", title="Law", discipline="software"),
        Skill(id="cobol", title="Cobol", discipline="software"),
        Discipline(id="legal", title="Legal", camp="technology"),
    ]
)


@st.composite
def deeds(draw: st.DrawFn) -> list[Change]:
    """Draw some changes at once: records that are put or dropped."""
    somebody = st.sampled_from(PEOPLE).flatmap(people)
    records = draw(
        st.lists(st.one_of(somebody, claims, seats, needs, assets, others), max_size=3)
    )
    drops = st.sampled_from(("people", "claims", "seats", "needs", "assets"))
    return [
        Change(each.kind, each.key)
        if each.kind == draw(drops) and draw(st.booleans())
        else put(each)
        for each in records
    ]


@st.composite
def firms(draw: st.DrawFn) -> Firm:
    """Draw a firm to begin with."""
    whole: list[Record] = [
        *(Unit(id=u, title=u, parent=None if u == "all" else "all") for u in UNITS),
        *(Mission(id=m, title=m) for m in MISSIONS),
        *(Skill(id=s, title=s, discipline=d) for s, d in SKILLS.items()),
        Discipline(id="software", title="Software", camp="technology"),
        Discipline(id="legal", title="Legal", camp="business"),
        Partner(id="acme", title="Acme"),
        *(draw(people(key)) for key in PEOPLE[: draw(st.integers(8, 24))]),
    ]
    known = {each.key for each in whole}
    whole += [c for c in draw(st.lists(claims, max_size=20)) if c.person in known]
    whole += [s for s in draw(st.lists(seats, max_size=12)) if s.person in known]
    return change(Firm(), map(put, whole))


def anew(firm: Firm) -> Firm:
    """Give an equal firm whose tables were made out of no others."""
    tables = {kind: Map(dict(firm.table(kind).items())) for kind in KINDS}
    return replace(firm, **tables)


def seen(firm: Firm) -> dict[str, object]:
    """Give all that is worked out of a whole firm."""
    return {
        "camps": camps(firm),
        "order": [*camps(firm)],
        "boxes": it_boxes(firm),
        "diagnosis": diagnose(firm, MONTH),
        "units": weave(firm, MONTH, "units"),
        "missions": weave(firm, MONTH, "missions"),
        "skills": weave(firm, MONTH, "missions", discipline="software"),
        "network": network(firm, MONTH),
    }


@pytest.mark.slow
@settings(max_examples=200 if os.environ.get("WEFT_LONG") else 8)
@given(firms(), st.lists(deeds(), min_size=1, max_size=5))
def test_what_is_seen_after_changes_is_what_is_seen_anew(
    firm: Firm, following: list[list[Change]]
) -> None:
    seen(firm)
    for deed in following:
        firm = change(firm, deed)
        now, fresh = seen(firm), seen(anew(firm))
        for name, each in now.items():
            assert each == fresh[name], name


FEW = PEOPLE[:5]
few = {"person": st.sampled_from(FEW)}
touching = st.one_of(
    st.builds(Person, id=st.sampled_from(FEW), title=st.sampled_from(TITLES)),
    st.builds(
        Claim,
        **few,
        skill=st.sampled_from(tuple(SKILLS)),
        level=st.sampled_from((2, 4)),
        seen=st.sampled_from((date(2010, 1, 1), date(2026, 1, 1))),
    ),
    st.builds(
        Seat,
        **few,
        mission=st.sampled_from(MISSIONS),
        share=st.sampled_from((20, 50)),
        start=st.just(MONTH),
    ),
    needs,
    assets,
    st.sampled_from(
        [
            Mission(id="pay", title="Paying"),
            Skill(id="java", title="Java", discipline="software", half_life=1),
        ]
    ),
)
dropping = st.builds(
    lambda record: Change(record.kind, record.key),
    touching.filter(lambda record: record.kind != "skills"),
)


@settings(max_examples=many(200))
@given(
    st.lists(touching, min_size=15, max_size=25),
    st.lists(st.one_of(touching.map(put), dropping), min_size=1, max_size=4),
)
def test_what_is_covered_after_changes_is_what_is_covered_anew(
    some: list[Record], following: list[Change]
) -> None:
    whole = [
        *(Mission(id=m, title=m) for m in MISSIONS),
        *(Skill(id=s, title=s, discipline=d) for s, d in SKILLS.items()),
        *(Person(id=p) for p in FEW),
    ]
    firm = change(Firm(), map(put, [*whole, *some]))
    all_covered(firm, MONTH, TODAY)
    for each in following:
        firm = change(firm, [each])
        told = all_covered(firm, MONTH, TODAY)
        assert told == all_covered(anew(firm), MONTH, TODAY)


def test_the_map_keeps_its_places_where_somebody_gets_a_new_title() -> None:
    firm = change(Firm(), [put(Person(id=p, manager="p00")) for p in PEOPLE])
    before = network(firm, MONTH)
    after = change(firm, [put(replace(firm.people["p03"], title="Pilot"))])
    assert network(after, MONTH).edges is before.edges
