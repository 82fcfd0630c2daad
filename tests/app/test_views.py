"""What an actor may see: partners what they share and no name of anything else."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.app.conftest import BEN, DORA, NOW, OWNER, START
from tests.app.firms import START as THEN
from tests.app.firms import Dice

from weft.app import drafts, home, journal, mirror, records, requests, search
from weft.app.framework.versions import versions
from weft.app.permissions import outside
from weft.app.views import View, look, shared_with
from weft.core.checks import check
from weft.core.entries import Change, put
from weft.core.firm import KINDS, Firm
from weft.core.missions import Mission, Seat
from weft.core.people import Person, Unit
from weft.core.requests import Request
from weft.core.roles import Actor
from weft.engines.guardrails import decide
from weft.errors import Forbidden, InputError, NotFound, Problems
from weft.store.desk import Desk

SEEDS = st.integers(0, 2**32)
FOR_ALL = {"about", "disciplines", "skills", "roles", "acts", "vocabulary", "sets"}
FOR_ALL |= {"principles", "catalogues", "controls", "guardrails"}


def text(told: Any) -> str:
    """Write an answer out, tables of the firm too."""
    return msgspec.json.encode(told, enc_hook=dict).decode()


def names_in(told: Any) -> set[str]:
    """Give every name that an answer holds, wherever it stands in it."""
    return set(re.findall(r"[a-z]+\d", text(told)))


def outsider(dice: Dice) -> tuple[Firm, Actor]:
    """Draw a firm and somebody who sees shared missions only."""
    firm = dice.firm()
    actor = Actor(person=dice.one([*firm.people, "stranger"]))
    assume(outside(firm, actor))
    return firm, actor


def shared_names(firm: Firm, actor: Actor) -> set[str]:
    """Tell once more, and apart from the code, what an outsider shares."""
    seats = [s for s in firm.seats.values() if s.person == actor.person]
    missions = {s.mission for s in seats}
    mandates = [m for m in firm.mandates.values() if m.mission in missions]
    sitting = {s.person for s in firm.seats.values() if s.mission in missions}
    leading = {p for m in mandates for p in (m.business_lead, m.technology_lead)}
    people = {p for p in (*sitting, *leading, actor.person) if p}
    known = [firm.people[p] for p in people if p in firm.people]
    owned = {a.id for a in firm.assets.values() if a.mission in missions}
    told = [
        w
        for w in firm.waivers.values()
        if w.mission in missions and w.asset in {None, *owned}
    ]
    grounds = {name for g in firm.guardrails.values() for name in g.rests_on}
    for name in sorted(firm.adrs):  # a later one replaces an earlier one
        heir = firm.adrs[name].superseded_by
        grounds |= {heir} if heir and name in grounds else set()
    return {
        *missions,
        *people,
        *grounds,
        *(p.partner for p in known if p.partner),
        *owned,
        *(w.id for w in told),
        *names_in([w.asked_by for w in told] + [w.granted_by for w in told]),
        *names_in([firm.table(kind) for kind in FOR_ALL]),
        *firm.challenges,  # that there is one binds everybody; by whom, why: not told
        *(s for m in mandates for s in m.signed_by),
        # Who is asked to move is told where to, and what was said to it.
        *names_in([m for m in firm.moves.values() if m.person == actor.person]),
    }


@given(seed=SEEDS)
def test_an_outsider_sees_no_name_of_what_is_not_shared(seed: int) -> None:
    firm, actor = outsider(Dice(seed))
    view = shared_with(firm, actor)
    assert names_in([view.table(kind) for kind in KINDS]) <= shared_names(firm, actor)


@given(seed=SEEDS)
def test_an_outsider_sees_all_that_is_shared_and_it_fits_together(seed: int) -> None:
    firm, actor = outsider(Dice(seed))
    view = shared_with(firm, actor)
    mine = {s.mission for s in firm.seats.values() if s.person == actor.person}
    assert set(view.missions) == mine
    assert set(view.assets) == {k for k, a in firm.assets.items() if a.mission in mine}
    assert all(view.table(kind) == firm.table(kind) for kind in FOR_ALL)
    # Who answers for the rules is told by id, whether their record is shared or not.
    dangling = {str(e.where) for e in check(view) if e.where.file[:6] != "roles/"}
    assert dangling <= {str(e.where) for e in check(firm)}


@given(seed=SEEDS)
def test_what_is_shared_is_judged_as_on_the_whole_firm(seed: int) -> None:
    dice = Dice(seed)
    firm, actor = outsider(dice)
    view = shared_with(firm, actor)
    if not view.missions:
        return  # nothing is shared, so there is nothing to ask for
    request = Request(
        mission=dice.one(sorted(view.missions)),
        act="deploy",
        asset=dice.maybe(sorted(view.assets)),
        properties=dice.one([{}, {"region": "us"}, {"region": "eu"}]),
    )
    here = decide(view, request, asked_by=actor.person, at=THEN + timedelta(days=1))
    whole = decide(firm, request, asked_by=actor.person, at=THEN + timedelta(days=1))
    assert here == whole


@given(seed=SEEDS)
def test_whoever_is_not_outside_sees_everything(seed: int) -> None:
    dice = Dice(seed)
    firm, actor = dice.firm(), dice.actor()
    person = firm.people.get(actor.person)
    runs = any(r.administers and actor.person in r.holders for r in firm.roles.values())
    own = person is not None and person.partner is None
    assert outside(firm, actor) == (not (own or runs or actor.owner))


# Through the store

CANARY = "canary"


@pytest.fixture
def aviary(desk: Desk) -> Desk:
    """Give a store in which whatever dora does not share has `canary` in it."""
    new = (
        Unit(id="canary-board", title="Canary board"),
        Person(id="canary-zara", unit="canary-board", title="Canary analyst"),
        Mission(id="canary-care", title="Canary care", purpose="A canary sings."),
        Seat(person="canary-zara", mission="canary-care", start="2026-01"),
    )
    records.write(desk, OWNER, map(put, new), name="put", at=START)
    drafts.new(desk, OWNER, "canary-plan", "Canary plan")
    wish = Request(mission="canary-care", act="deploy", title="Canary cage")
    requests.ask(desk, OWNER, wish, NOW)
    return desk


def looks(desk: Desk, view: View) -> list[Any]:
    """Give all that somebody gets to see through the app."""
    month = "2026-11"
    return [
        [view.firm.table(kind) for kind in KINDS],
        dict(view.profiles),
        search.find(view, CANARY),
        search.find(view, "a", 1000),
        mirror.diagnose(view, month),
        *(mirror.weave(view, month, across=w) for w in ("units", "missions")),
        mirror.network(view, month),
        *(mirror.movement(desk, view, since) for since in (0, 1, "2026-11-02")),
        home.needed(view, NOW),
        requests.decisions(desk, view.actor),
    ]


@pytest.mark.slow
@pytest.mark.parametrize("as_of", ["", "1", "2", "2026-11-02", "2026-11-30"])
def test_a_canary_is_never_seen_by_a_partner(aviary: Desk, as_of: str) -> None:
    for actor in (DORA, Actor(person="stranger")):
        told = looks(aviary, look(aviary, actor, as_of=as_of))
        assert CANARY not in text(told).lower()
    if as_of not in {"1", ""}:
        told = looks(aviary, look(aviary, BEN, as_of=as_of))
        assert CANARY in text(told).lower()


def test_a_partner_is_told_no_names_by_a_refusal(aviary: Desk) -> None:
    near = Request(mission="payments", act="deploy", asset="canary-vaul")
    with pytest.raises(Problems) as wrong:
        requests.ask(aviary, DORA, near, NOW)
    assert "canary" not in wrong.value.problems[0].do
    with pytest.raises(Forbidden, match=r"You have no seat in canary-care"):
        requests.ask(aviary, DORA, Request(mission="canary-care", act="deploy"), NOW)
    other = Request(mission="payments", act="deploy", asset="vault")
    with pytest.raises(Problems, match="There is no asset called 'vault'"):
        requests.ask(aviary, DORA, other, NOW)
    with pytest.raises(NotFound):
        requests.answer(aviary, DORA, 3)


def test_what_is_the_firms_own_is_closed_to_partners(aviary: Desk) -> None:
    deeds: list[Callable[[], object]] = [
        lambda: look(aviary, DORA, draft="canary-plan"),
        lambda: list(journal.headings(aviary, DORA)),
        lambda: journal.entry(aviary, DORA, 1),
        lambda: journal.check(aviary, DORA),
        lambda: drafts.drafts(aviary, DORA),
        lambda: drafts.changes(aviary, DORA, "canary-plan"),
        lambda: versions(aviary, look(aviary, DORA), "guardrails", "data-in-eu"),
    ]
    for deed in deeds:
        with pytest.raises(Forbidden, match="none of the firm's own people"):
            deed()


def test_an_account_does_not_outlive_its_person_with_more_rights(desk: Desk) -> None:
    gone = [Change("people", "dora"), Change("seats", "dora:payments:2026-03")]
    records.write(desk, OWNER, gone, name="remove", at=NOW)
    assert set(look(desk, DORA).firm.people) == set()
    assert set(look(desk, DORA).firm.missions) == set()


# The day, the sequence, the draft


def test_the_firm_is_seen_as_of_a_day_and_as_of_an_entry(desk: Desk) -> None:
    new = put(Mission(id="care", title="Care"))
    records.write(desk, OWNER, [new], name="put", at=NOW)
    for as_of, there in [
        ("", True),
        ("2", True),
        ("1", False),
        ("2026-11-21", True),
        ("2026-11-20", False),
        ("2026-12-31", True),
    ]:
        view = look(desk, BEN, as_of=as_of)
        assert ("care" in view.firm.missions) == there, as_of
        assert (view.head, view.now) == (2, as_of == "")
    assert look(desk, BEN, as_of="2026-11-01").firm.people == Firm().people
    assert look(desk, BEN, as_of="0").firm.people == Firm().people


@pytest.mark.parametrize("as_of", ["never", "99", "-1", "2026-13-01", "1" * 40, "1²"])
def test_a_time_that_is_none_is_told(quick: Desk, as_of: str) -> None:
    with pytest.raises(InputError) as error:
        look(quick, BEN, as_of=as_of)
    assert error.value.do


def test_a_draft_lies_over_the_firm_and_not_in_it(desk: Desk) -> None:
    drafts.new(desk, BEN, "plan", "A plan")
    drafts.add(desk, BEN, "plan", [put(Mission(id="care", title="Care"))])
    seen = look(desk, BEN, draft="plan")
    assert ("care" in seen.firm.missions, seen.now) == (True, False)
    assert "care" not in look(desk, BEN).firm.missions
    with pytest.raises(NotFound):
        look(desk, BEN, draft="no-plan")


def test_a_name_is_the_profiles_and_else_the_id(quick: Desk) -> None:
    view = look(quick, BEN)
    assert (view.name("ben"), view.name("zoe"), view.name(None)) == (
        "Ben Borg",
        "zoe",
        "",
    )
