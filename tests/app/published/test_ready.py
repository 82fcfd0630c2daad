"""Ready sets taken into a firm: as one deed, into a draft, or only looked at."""

from __future__ import annotations

import pytest
from tests.app.conftest import BEN, NOW, OWNER

from weft.app import drafts
from weft.app.published import ready
from weft.app.views import look
from weft.core.firm import change
from weft.engines.guardrails import audit
from weft.errors import Forbidden, Problems
from weft.store.desk import Desk

SECURITY = "security-protocols"


def test_a_set_is_taken_as_one_deed_and_once(desk: Desk) -> None:
    before = desk.firm()
    taken = ready.load(desk, OWNER, SECURITY, {}, NOW, key="k")
    assert taken.entry == before.seq + 1
    assert taken.unheld == ()  # the firm has that role, with holders
    firm = desk.firm()
    assert firm.guardrails["tls-modern"].owner == "security"
    assert firm.roles["security"] == before.roles["security"]
    assert firm.acts["deploy"].asks[:2] == ("region", "encrypted")
    assert ready.load(desk, OWNER, SECURITY, {}, NOW).entry is None
    assert ready.load(desk, OWNER, SECURITY, {}, NOW, key="k").entry == taken.entry
    assert desk.firm().seq == firm.seq


def test_looking_writes_nothing_and_counts_what_breaks(quick: Desk) -> None:
    before = quick.firm()
    found = ready.outlook(quick, look(quick, BEN), SECURITY, {}, NOW)
    assert quick.firm() == before
    assert found.assets == 2
    effects = {e.guardrail: e for e in found.effects}
    assert effects["tls-modern"].breaks == effects["tls-modern"].unproven == 2
    assert effects["attacked-every-year"].breaks == 0
    assert effects["attacked-every-year"].advised == 2


def test_what_it_breaks_is_what_then_breaks(quick: Desk) -> None:
    found = ready.outlook(quick, look(quick, OWNER), SECURITY, {}, NOW)
    ready.load(quick, OWNER, SECURITY, {}, NOW)
    broken: dict[str, int] = {}
    for unmet in audit(quick.firm(), NOW).unmet:
        broken[unmet.guardrail] = broken.get(unmet.guardrail, 0) + 1
    for effect in found.effects:
        assert effect.breaks + effect.advised == broken.get(effect.guardrail, 0)


def test_a_set_goes_into_a_draft_and_is_changed_there(quick: Desk) -> None:
    before = quick.firm()
    drafts.new(quick, OWNER, "locks", "Locks")
    taken = ready.load(quick, OWNER, SECURITY, {}, NOW, draft="locks")
    assert taken.draft == "locks"
    assert quick.firm() == before
    drafted = change(before, drafts.changes(quick, OWNER, "locks")[1])
    assert "tls-modern" in drafted.guardrails
    drafts.apply(quick, OWNER, "locks", NOW)
    assert "tls-modern" in quick.firm().guardrails


def test_only_who_may_change_the_words_takes_a_set(quick: Desk) -> None:
    with pytest.raises(Forbidden, match="administers"):
        ready.load(quick, BEN, SECURITY, {}, NOW)
    assert "tls-modern" not in quick.firm().guardrails


def test_a_clash_writes_nothing(quick: Desk) -> None:
    before = quick.firm()
    with pytest.raises(Problems, match=r"'eu'|region") as caught:
        ready.load(
            quick,
            OWNER,
            "data-residency-and-contracts",
            {"vocabulary/region:eu": "us", "vocabulary/run.region:eu": "europe"},
            NOW,
        )
    assert all(problem.do for problem in caught.value.problems)
    assert quick.firm() == before
