"""Drafts: changes looked at before they hold, applied as one or not at all."""

from __future__ import annotations

from datetime import date

import pytest
from tests.app.conftest import ANNA, BEN, CLEO, DORA, ERIK, NOW, OWNER

from weft.app import drafts, records
from weft.app.views import look
from weft.core.assets import Asset
from weft.core.entries import Change, put
from weft.core.missions import Mission, Need
from weft.core.skills import Claim, Skill
from weft.errors import ConflictError, Forbidden, InputError, NotFound, Problems
from weft.store.desk import Desk

CARE = Mission(id="care", title="Care")
TABLET = Asset(id="tablet", title="Tablet", mission="payments")
LEDGER = Asset(id="ledger", title="New ledger", mission="payments")


def begin(desk: Desk, *changes: Change) -> None:
    drafts.new(desk, ANNA, "plan", "A plan")
    drafts.add(desk, ANNA, "plan", changes)


def test_a_draft_is_applied_as_one_deed(desk: Desk) -> None:
    begin(desk, put(TABLET), put(LEDGER))
    assert "tablet" not in desk.firm().assets
    entry = drafts.apply(desk, ANNA, "plan", NOW)
    assert (entry.deed.name, entry.deed.note, entry.seq) == ("draft.apply", "plan", 2)
    assert desk.firm().assets["ledger"] == LEDGER
    assert desk.firm().assets["tablet"] == TABLET
    assert drafts.drafts(desk, ANNA) == []


def test_a_draft_that_the_firm_has_left_behind_says_where(desk: Desk) -> None:
    begin(desk, put(TABLET), put(LEDGER))
    other = Asset(id="ledger", title="Other ledger", mission="payments")
    records.write(desk, OWNER, [put(other)], name="put", at=NOW)
    with pytest.raises(ConflictError) as error:
        drafts.apply(desk, ANNA, "plan", NOW)
    assert "assets ledger was changed by entry 2" in error.value.what
    assert "entry 1" in error.value.what
    assert "tablet" not in desk.firm().assets
    assert [d.id for d in drafts.drafts(desk, ANNA)] == ["plan"]


def test_a_skill_stands_by_its_id_in_a_draft_by_whatever_word_it_came(
    quick: Desk,
) -> None:
    snakes = Skill(
        id="python", title="Python", discipline="software", synonyms=("CPython",)
    )
    begin(quick, put(snakes))
    claim = Claim(person="anna", skill="CPython", level=2, seen=date(2026, 11, 1))
    need = Need(mission="payments", skill="cpython", share=20, month="2026-12")
    held = drafts.add(quick, ANNA, "plan", [put(claim), put(need)])
    assert {c.key for c in held if c.kind != "skills"} == {
        "anna:python",
        "payments:python:3:2026-12",
    }


def test_what_happens_elsewhere_does_not_stand_in_the_way(desk: Desk) -> None:
    begin(desk, put(LEDGER))
    records.write(desk, OWNER, [put(CARE)], name="put", at=NOW)
    drafts.apply(desk, ANNA, "plan", NOW)
    assert desk.firm().assets["ledger"] == LEDGER


def test_applying_twice_with_one_key_has_one_effect(desk: Desk) -> None:
    begin(desk, put(LEDGER))
    first = drafts.apply(desk, ANNA, "plan", NOW, "k1")
    assert drafts.apply(desk, ANNA, "plan", NOW, "k1") == first
    assert desk.firm().seq == first.seq
    with pytest.raises(NotFound, match="There is no draft called 'plan'"):
        drafts.apply(desk, ANNA, "plan", NOW, "k2")
    with pytest.raises(NotFound, match="There is no draft called 'other'"):
        drafts.apply(desk, ANNA, "other", NOW, "k1")


def test_a_draft_cut_off_before_it_was_thrown_away_has_one_effect(quick: Desk) -> None:
    begin(quick, put(LEDGER))
    kept = quick.draft("plan")
    first = drafts.apply(quick, ANNA, "plan", NOW, "k1")
    quick.save_draft(*kept)  # as a kill between the two leaves it
    assert drafts.apply(quick, ANNA, "plan", NOW, "k1") == first
    assert drafts.drafts(quick, ANNA) == []


def test_applying_asks_for_the_right_to_each_change(quick: Desk) -> None:
    begin(quick, put(TABLET), put(CARE))
    with pytest.raises(Forbidden, match="missions care: you do not lead care"):
        drafts.apply(quick, ANNA, "plan", NOW)
    assert "tablet" not in quick.firm().assets
    assert drafts.apply(quick, ERIK, "plan", NOW).actor == "erik"


def test_a_draft_keeps_the_firm_whole(quick: Desk) -> None:
    gone = Change("people", "ben")
    begin(quick, gone, put(TABLET))
    with pytest.raises(Problems) as error:
        drafts.apply(quick, OWNER, "plan", NOW)
    places = {str(problem.where) for problem in error.value.problems}
    assert {
        "claims/ben:python:$.person",
        "mandates/payments:$.technology_lead",
        "mandates/lending:$.technology_lead",
        "seats/ben:payments:2026-01:$.person",
        "assets/ledger:$.keepers[0]",
    } <= places
    assert "tablet" not in quick.firm().assets


def test_the_last_change_of_a_record_counts(quick: Desk) -> None:
    begin(quick, put(TABLET), put(CARE))
    drafts.add(quick, ANNA, "plan", [Change("missions", "care"), put(LEDGER)])
    _, changes = drafts.changes(quick, ANNA, "plan")
    assert changes == (put(TABLET), put(LEDGER))


def test_a_draft_is_its_authors_to_change_and_everybodys_to_see(quick: Desk) -> None:
    begin(quick, put(TABLET))
    for deed in (
        lambda: drafts.add(quick, BEN, "plan", [put(LEDGER)]),
        lambda: drafts.drop(quick, BEN, "plan"),
    ):
        with pytest.raises(Forbidden, match="The draft plan is not yours"):
            deed()
    assert "tablet" in look(quick, CLEO, draft="plan").firm.assets
    drafts.drop(quick, OWNER, "plan")
    assert drafts.drafts(quick, BEN) == []


def test_partners_have_no_part_in_drafts(quick: Desk) -> None:
    begin(quick, put(TABLET))
    for deed in (
        lambda: drafts.new(quick, DORA, "mine", "Mine"),
        lambda: drafts.apply(quick, DORA, "plan", NOW),
        lambda: drafts.drop(quick, DORA, "plan"),
    ):
        with pytest.raises(Forbidden, match="none of the firm's own people"):
            deed()


def test_a_name_is_taken_once_and_an_empty_draft_is_not_applied(quick: Desk) -> None:
    begin(quick)
    with pytest.raises(ConflictError, match="There is a draft called plan already"):
        drafts.new(quick, BEN, "plan", "Mine")
    with pytest.raises(InputError, match="The draft plan is empty"):
        drafts.apply(quick, ANNA, "plan", NOW)


def test_a_draft_without_a_proper_name_is_refused(quick: Desk) -> None:
    for name in ("", "A plan", "x" * 81, "plan\n"):
        with pytest.raises(InputError):
            drafts.new(quick, ANNA, name, "A plan")
    assert drafts.drafts(quick, ANNA) == []
