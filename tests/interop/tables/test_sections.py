"""Sheets of teams and of things: missions, mandates, assets."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from weft.core.entries import put
from weft.core.firm import change
from weft.core.missions import Mandate, Mission
from weft.core.vocabulary import Property

LATER = date(2026, 12, 21)

Begun = Any  # the class that conftest gives

SECTIONS = """
people: {sheet: staff, name: [name], unit: [unit]}
missions:
  - {sheet: teams, id: $key, title: title, business_lead: lead, purpose: why}
assets:
  - sheet: things
    type: application
    id: id
    title: title
    mission: team
    unit: unit
    keepers: keepers
    supplier: from
    properties: {risk: risk, public: public, size: size}
"""


def sections(**changed: Any) -> str:
    """Give a table with three sections."""
    plain: dict[str, Any] = {
        "staff": [{"name": "A A", "unit": "X"}, {"name": "B B", "unit": "Y"}],
        "teams": {"t1": {"title": "One", "lead": "A A"}, "t2": {"title": "Two"}},
        "things": [
            {
                "id": "9",
                "title": "Desk",
                "team": "t1",
                "unit": "y",
                "keepers": ["B B", "One", "Nobody"],
                "from": "Softhaus",
                "risk": "High",
                "public": "yes",
                "size": "12",
            },
            {"id": "8", "title": "App", "team": "Two", "size": "large"},
        ],
    }
    return json.dumps({**plain, **changed})


VOCABULARY = (
    Property(id="risk", title="Risk", type="enum", values=("low", "high")),
    Property(id="public", title="Public", type="bool"),
    Property(id="size", title="Size", type="int"),
)


def test_sections_become_missions_mandates_and_assets(begun: Begun) -> None:
    staff = begun(*VOCABULARY)
    understood = staff.take(sections(), layout=SECTIONS)
    assert staff.firm.mandates["one"].business_lead == staff.id("A A")
    desk, app = staff.firm.assets["desk"], staff.firm.assets["app"]
    assert (desk.mission, desk.unit, desk.supplier) == ("one", "y", "softhaus")
    assert desk.keepers == (staff.id("B B"),)
    assert desk.properties == {"risk": "high", "public": True, "size": 12}
    assert (app.mission, app.properties) == ("two", {})
    assert [what for _, what, _ in begun.told(understood, "lost")] == [
        "'One' is a mission.",
        "'Nobody' is nobody in the table.",
        "'large' is no size.",
    ]
    assert staff.take(sections(), on=LATER, layout=SECTIONS).changes == ()


def test_what_leaves_a_section_goes_and_a_missing_section_says_nothing(
    begun: Begun,
) -> None:
    staff = begun(*VOCABULARY, Mission(id="own", title="Own"))
    staff.take(sections(), layout=SECTIONS)
    fewer = sections(teams={"t2": {"title": "Deux", "lead": "Nobody"}})
    understood = staff.take(fewer, on=LATER, layout=SECTIONS)
    assert {m.id: m.title for m in staff.firm.missions.values()} == {
        "own": "Own",
        "two": "Deux",
    }
    assert staff.firm.assets["desk"].mission is None
    whats = [what for _, what, _ in begun.told(understood, "note")]
    assert "1 missions are not there any more: one." in whats
    none = sections(teams={}, things=[])
    understood = staff.take(none, on=LATER, layout=SECTIONS)
    assert set(staff.firm.assets) == {"desk", "app"}
    assert (
        0,
        "The table has no sheet 'things'.",
        "What came from it before stays.",
    ) in (begun.told(understood, "note"))


def test_a_changed_lead_is_another_version_that_nobody_has_signed(begun: Begun) -> None:
    staff = begun(*VOCABULARY)
    staff.take(sections(), layout=SECTIONS)
    signed = Mandate(mission="one", business_lead=staff.id("A A"), signed_by=("p0001",))
    staff.firm = change(staff.firm, [put(signed)])
    staff.take(sections(), on=LATER, layout=SECTIONS)
    assert staff.firm.mandates["one"] == signed
    moved = {"t1": {"title": "One", "lead": "B B"}, "t2": {"title": "Two"}}
    staff.take(sections(teams=moved), on=LATER, layout=SECTIONS)
    mandate = staff.firm.mandates["one"]
    assert (mandate.version, mandate.signed_by) == (2, ())
    assert mandate.business_lead == staff.id("B B")
