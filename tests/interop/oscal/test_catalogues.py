"""OSCAL catalogues: nothing is lost on the way in and out, and nothing crashes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conftest import many
from tests.interop.damage import TRIED, damaged
from tests.interop.oscal.catalogues import ANYTHING, catalogues, raw, small

from weft.app.records import faults
from weft.core.entries import put
from weft.core.firm import Firm, change
from weft.core.framework.controls import Control
from weft.core.guardrails import Clause, Guardrail, Principle
from weft.core.records import decode, show
from weft.core.roles import Role
from weft.errors import InputError, Malformed
from weft.interop.oscal import (
    brought_in,
    read_catalogue,
    statement,
    understand,
)


def having(plain: Any, firm: Firm | None = None, name: str = "") -> Firm:
    """Bring a catalogue into a firm."""
    base = firm or Firm()
    return change(base, understand(read_catalogue(raw(plain), "f"), base, name).changes)


def kept(firm: Firm) -> Firm:
    """Give a firm as the journal gives it back."""
    return change(
        Firm(), [put(decode(type(r), show(r).encode())) for r in firm.records()]
    )


@settings(max_examples=many(200))
@given(catalogues())
def test_what_comes_in_goes_out_again(plain: dict[str, Any]) -> None:
    firm = kept(having(plain))
    (name,) = firm.catalogues
    assert brought_in(firm, name) == plain
    assert faults(firm) == []
    told = read_catalogue(raw(plain), "f")
    assert understand(told, firm).changes == ()
    for control in firm.controls.values():
        statement(firm, control)


def test_families_become_principles_with_their_controls() -> None:
    firm = having(small())
    assert set(firm.catalogues) == {"rules-of-the-house"}
    assert {k: p.title for k, p in firm.principles.items()} == {
        "ac": "Access",
        "fi-1": "Alarms",
        "rules-of-the-house": "Rules of the house",
    }
    assert firm.principles["ac"].reason == "Who gets in."
    assert {k: (c.principle, c.within) for k, c in firm.controls.items()} == {
        "ac-2": ("ac", None),
        "ac-2.1": ("ac", "ac-2"),
        "ac-10": ("ac", None),
        "fi-1": ("fi-1", None),
        "loose": ("rules-of-the-house", None),
    }
    assert firm.controls["ac-2"].label == "AC-2"
    assert [c.id for c in firm.controls.values() if c.withdrawn] == ["ac-10"]
    assert firm.controls["fi-1"].told["id"] == "FI-1"


def test_blanks_are_filled_or_named() -> None:
    firm = having(small())
    said = statement(firm, firm.controls["ac-2"])
    assert [(line.part, line.label, line.text) for line in said] == [
        ("statement", "a.", "Close after [time];"),
        ("statement", "b.", "Open [by hand or at 9:00]."),
        ("guidance", "", "Doors keep out the rain."),
    ]
    (gates,) = statement(firm, firm.controls["ac-2.1"])
    assert gates.text == "At 9:00."  # the blank of the control that it adds to


def test_a_newer_version_changes_what_differs() -> None:
    firm = having(small())
    plain = small("2.0")
    access = plain["catalog"]["groups"][0]
    access["title"] = "Access to the house"
    access["controls"][0]["title"] = "Doors and windows"
    access["controls"][1] = {"id": "ac-11", "title": "Locks"}
    told = read_catalogue(raw(plain), "f")
    changes = understand(told, firm).changes
    assert {(c.kind, c.key, c.record is None) for c in changes} == {
        ("catalogues", "rules-of-the-house", False),
        ("principles", "ac", False),
        ("controls", "ac-2", False),
        ("controls", "ac-11", False),
        ("controls", "ac-10", True),
    }
    assert brought_in(change(firm, changes), "rules-of-the-house") == plain


def test_words_that_the_firm_gave_a_principle_stay() -> None:
    firm = change(having(small()), [put(Principle(id="ac", title="Who gets in here"))])
    plain = small("2.0")
    plain["catalog"]["groups"][0]["title"] = "Access to the house"
    after = having(plain, firm)
    assert after.principles["ac"].title == "Who gets in here"
    assert brought_in(after, "rules-of-the-house") == plain


def test_a_control_that_a_guardrail_names_does_not_go_unnoticed() -> None:
    rule = Guardrail(
        id="g",
        title="G",
        level="must",
        principle="ac",
        owner="house",
        controls=("ac-10",),
        must=(Clause(path="act", is_="run"),),
    )
    firm = change(having(small()), [put(Role(id="house", title="House")), put(rule)])
    plain = small("2.0")
    del plain["catalog"]["groups"][0]["controls"][1]
    (problem,) = faults(having(plain, firm))
    assert str(problem.where) == "guardrails/g:$.controls[0]"


def test_names_that_are_taken_get_the_catalogue_in_front() -> None:
    mine = Principle(id="ac", title="Air conditioning")
    firm = having(small(), change(Firm(), [put(mine)]))
    assert firm.principles["ac"] == mine
    assert firm.controls["ac-2"].principle == "rules-of-the-house.ac"
    both = having(small(), firm, "other")
    assert both.controls["other.ac-2"].within is None
    assert both.controls["other.ac-2.1"].within == "other.ac-2"
    assert faults(both) == []
    assert brought_in(both, "other") == small()
    assert brought_in(both, "rules-of-the-house") == small()


def test_a_title_that_is_changed_goes_out_changed() -> None:
    firm = having(small())
    own = decode(Control, show(firm.controls["loose"]).encode())
    firm = change(firm, [put(Control(**{**_fields(own), "title": "Ours"}))])
    written = brought_in(firm, "rules-of-the-house")
    assert written["catalog"]["controls"] == [{"id": "loose", "title": "Ours"}]


def _fields(control: Control) -> dict[str, Any]:
    return {name: getattr(control, name) for name in control.__struct_fields__}


def test_a_control_inside_itself_is_written_once() -> None:
    firm = having(small())
    loop = {"controls": ["ac-2", "loose"]}
    bent = Control(**{**_fields(firm.controls["loose"]), "told": loop})
    written = brought_in(change(firm, [put(bent)]), "rules-of-the-house")
    assert json.dumps(written).count('"In no group"') == 1


@pytest.mark.parametrize(
    ("plain", "place", "what"),
    [
        ([], "$", "no OSCAL catalogue"),
        ({"profile": {}}, "$", "This is a profile"),
        ({"catalog": {}}, "$.catalog.metadata", "missing"),
        ({"catalog": {"metadata": {"title": 3}}}, "$.catalog.metadata.title", "a text"),
        ({"catalog": {"metadata": {"title": "x"}}}, "$", "no control"),
        (
            {"catalog": {"metadata": {"title": "x"}, "controls": [{"id": "a"}]}},
            "$.catalog.controls[0].title",
            "missing",
        ),
        (
            {"catalog": {"metadata": {"title": "x"}, "groups": [3]}},
            "$.catalog.groups[0]",
            "no object",
        ),
        (
            {
                "catalog": {
                    "metadata": {"title": "x"},
                    "controls": [{"id": "a", "title": "A"}, {"id": "a", "title": "B"}],
                }
            },
            "$.catalog.controls[1].id",
            "twice",
        ),
    ],
)
def test_what_is_no_catalogue_is_told_with_its_place(
    plain: Any, place: str, what: str
) -> None:
    with pytest.raises(Malformed) as caught:
        read_catalogue(raw(plain), "rules.json")
    assert caught.value.where.file == "rules.json"
    assert caught.value.where.path == place
    assert what in caught.value.what
    assert caught.value.do


def tried(text: bytes) -> None:
    """Hold what becomes of a file to: brought in whole, or told."""
    try:
        told = read_catalogue(text, "f")
    except InputError:
        return
    firm = change(Firm(), understand(told, Firm()).changes)
    assert faults(firm) == []
    for control in kept(firm).controls.values():
        statement(firm, control)


@settings(max_examples=TRIED)
@given(damaged(raw(small())))
def test_a_damaged_file_is_read_or_told(text: bytes) -> None:
    tried(text)


@settings(max_examples=TRIED)
@given(st.dictionaries(st.sampled_from(["catalog", "x"]), ANYTHING) | ANYTHING)
def test_any_json_is_read_or_told(plain: Any) -> None:
    tried(raw(plain))


@settings(max_examples=TRIED)
@given(catalogues(), st.data())
def test_a_catalogue_with_anything_anywhere_is_read_or_told(
    plain: dict[str, Any], data: st.DataObject
) -> None:
    node: Any = plain["catalog"]
    while isinstance(node, dict) and node:
        key = data.draw(st.sampled_from(sorted(node)))
        if data.draw(st.booleans()):
            node[key] = data.draw(ANYTHING)
            break
        inner = node[key]
        node = inner[0] if isinstance(inner, list) and inner else inner
    tried(raw(plain))
