"""A baseline covers what was recorded, exactly, and only ever shrinks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from immutables import Map
from msgspec.structs import replace
from tests.engines.guardrails.blast.drafts import a_firm, asset
from tests.engines.guardrails.conftest import AT, firm, guardrail, prop, request
from tests.engines.guardrails.worlds import WORDS

from weft.core.assets import Asset
from weft.core.entries import Change, put
from weft.core.firm import Firm, change
from weft.core.framework.rollouts import BaselineItem, Rollout
from weft.core.guardrails import Guardrail
from weft.core.manifests import Manifest
from weft.core.vocabulary import NamedSet
from weft.engines.guardrails import (
    audit,
    burn,
    check_rollout,
    decide,
    grown,
    judge_asset,
    judge_manifest,
    recorded,
    refuse_again,
    settled,
    stands,
    waiver_state,
)
from weft.engines.guardrails.excerpt import excerpt
from weft.errors import ConflictError
from weft.interop.sarif import audit_sarif

DAY = timedelta(days=1)
UNTIL = date(2027, 1, 1)
END = datetime(2027, 1, 1, tzinfo=UTC)
WORDS_HERE = (prop("safe", "bool"), prop("tls", "rank", values=["1.0", "1.1", "1.2"]))
RULE = guardrail(
    "g", [{"path": "safe", "is": True}, {"path": "tls", "at_least": "1.2"}]
)


def thing(name: str, mission: str | None = "payments", **facts: Any) -> Asset:
    """Make an asset."""
    return Asset(id=name, title=name, mission=mission, properties=facts)


def rollout(rule: Guardrail, at: datetime = AT, **more: Any) -> Rollout:
    """Make a roll-out of a guardrail."""
    plain: dict[str, Any] = {
        "id": f"{rule.id}-v{rule.version}",
        "guardrail": rule.id,
        "version": rule.version,
        "until": UNTIL,
        "recorded": 0,
        "started_by": "ada",
        "started_at": at,
    }
    return Rollout(**{**plain, **more})


def begun(world: Firm, rule: Guardrail, at: datetime = AT, **more: Any) -> Firm:
    """Roll a guardrail out."""
    begins = rollout(rule, at, **more)
    items = recorded(world, rule, begins)
    return after(world, at, put(rule), put(begins), *map(put, items))


def after(world: Firm, at: datetime, *changes: Change) -> Firm:
    """Write a deed as the store does."""
    return replace(change(world, settled(world, changes, at)), at=at)


def breaks(world: Firm, name: str, at: datetime = AT) -> bool:
    """Tell whether an asset breaks something."""
    return any(f.blocks for f in judge_asset(world, world.assets[name], at))


WORLD = firm(
    WORDS_HERE,
    [],
    thing("old", tls="1.0", safe=True),
    thing("both", "cards", tls="1.1", safe=False),
    thing("new", tls="1.2", safe=True),
    thing("nobodys", None, tls="1.2"),
)
ROLLED = begun(WORLD, RULE, dates={"cards": date(2026, 12, 1)})


def test_each_path_and_value_is_recorded_with_its_mission_and_end() -> None:
    found = [
        (i.asset, i.mission, i.path, i.value, i.until.date().isoformat())
        for i in ROLLED.baseline.values()
    ]
    assert sorted(found, key=str) == [
        ("both", "cards", "safe", "false", "2026-12-01"),
        ("both", "cards", "tls", "1.1", "2026-12-01"),
        ("nobodys", None, "safe", "missing", "2027-01-01"),
        ("old", "payments", "tls", "1.0", "2027-01-01"),
    ]


def test_what_is_recorded_is_tolerated_until_its_end_and_then_breaks() -> None:
    assert not any(breaks(ROLLED, name) for name in ROLLED.assets)
    told = judge_asset(ROLLED, ROLLED.assets["old"], AT)[0]
    assert (told.waiver, told.waived_until) == ("g-v1-00004", END)
    assert breaks(ROLLED, "both", datetime(2026, 12, 1, tzinfo=UTC))
    assert not breaks(ROLLED, "old", END - timedelta(seconds=1))
    assert breaks(ROLLED, "old", END)


ZONES = (UTC, timezone(timedelta(hours=14)), timezone(timedelta(hours=-12)))


@pytest.mark.parametrize("zone", ZONES, ids=str)
@pytest.mark.parametrize(
    ("name", "end"),
    [("old", END), ("both", datetime(2026, 12, 1, tzinfo=UTC))],
)
def test_it_is_tolerated_to_the_last_instant_before_its_day(
    name: str, end: datetime, zone: timezone
) -> None:
    """Whatever the clock's zone; and the burn-down calls it overdue from then on."""
    mine = [i for i in ROLLED.baseline.values() if i.asset == name]
    last = (end - timedelta(microseconds=1)).astimezone(zone)
    for at, over in ((last, False), (end.astimezone(zone), True)):
        assert breaks(ROLLED, name, at) is over
        states = {waiver_state(ROLLED, item, at).state for item in mine}
        assert states == ({"expired"} if over else {"live"})
        told = stands(ROLLED, mine, at)
        assert [each.counts for each in told] == [not over] * len(mine)
        assert all(each.open for each in told)
        burnt = burn(ROLLED, ROLLED.rollouts["g-v1"], told, at)
        assert burnt.overdue == (len(mine) if over else 0)
    late = replace(ROLLED, at=end)  # a clock that went back revives nothing
    assert {waiver_state(late, item, AT).state for item in mine} == {"expired"}


@pytest.mark.parametrize(
    "then",
    [
        thing("old", tls="1.1", safe=True),  # better, and yet another value
        thing("old", tls="1.0", safe=False),  # the same, and another path
        thing("old", safe=True),  # a value gone missing is another value
        thing("other", tls="1.0", safe=True),  # a new asset that breaks alike
    ],
)
def test_another_value_path_or_asset_is_not_tolerated(then: Asset) -> None:
    assert breaks(after(ROLLED, AT + DAY, put(then)), then.id, AT + DAY)


def test_what_was_mended_for_a_moment_never_comes_back() -> None:
    fixed = after(ROLLED, AT + DAY, put(thing("old", tls="1.2", safe=True)))
    assert fixed.baseline["g-v1-00004"].mended_at == AT + DAY
    back = after(fixed, AT + 2 * DAY, put(WORLD.assets["old"]))
    assert breaks(back, "old", AT + 2 * DAY)
    told = judge_asset(back, back.assets["old"], AT + 2 * DAY)[0]
    assert "does not come back" in told.dead_waivers[0].why


def test_an_item_leaves_with_its_asset_and_stays_with_another_owner() -> None:
    gone = after(ROLLED, AT + DAY, Change("assets", "old"))
    again = after(gone, AT + DAY, put(WORLD.assets["old"]))
    assert breaks(again, "old", AT + DAY)
    moved = after(ROLLED, AT + DAY, put(replace(ROLLED.assets["old"], mission="cards")))
    assert not breaks(moved, "old", AT + DAY)


def test_a_set_that_takes_a_value_in_mends_what_had_it() -> None:
    rule = guardrail("s", [{"path": "tls", "in": "@good"}])
    good = NamedSet(id="good", title="Good", values=("1.2",))
    world = begun(change(WORLD, [put(good)]), rule)
    assert not breaks(world, "old")
    wider = after(world, AT + DAY, put(replace(good, values=("1.0", "1.2"))))
    assert {i.asset for i in wider.baseline.values() if i.mended_at} == {"old"}


def test_a_request_about_the_asset_is_tolerated_for_its_owner_alone() -> None:
    asked = request(asset="old")
    told = decide(ROLLED, asked, asked_by="eve", at=AT)
    assert told.verdict == "allowed"
    strange = replace(asked, mission="cards")
    assert decide(ROLLED, strange, asked_by="eve", at=AT).verdict == "refused"


def test_the_smallest_change_may_go_back_to_what_is_tolerated() -> None:
    asked = request({"tls": "1.1"}, asset="old")
    told = decide(ROLLED, asked, asked_by="eve", at=AT)
    assert told.verdict == "refused"
    assert {way.edits[0].new for way in told.ways} == {"1.0"}
    for way in told.ways:
        edit = way.edits[0]
        changed = request({"tls": edit.value}, asset="old")
        assert decide(ROLLED, changed, asked_by="eve", at=AT).verdict == "allowed"


def test_a_version_is_rolled_out_once() -> None:
    with pytest.raises(ConflictError, match="rolled out already"):
        refuse_again(ROLLED, RULE)


def test_the_next_version_keeps_the_earlier_end_and_forgets_nothing() -> None:
    fixed = after(ROLLED, AT + DAY, put(thing("both", "cards", tls="1.1", safe=True)))
    broken = after(
        fixed,
        AT + 2 * DAY,
        put(thing("both", "cards", tls="1.1", safe=False)),  # was mended
        put(thing("late", tls="1.1", safe=True)),  # breaks since
    )
    stricter = replace(RULE, version=2, level="veto", harm="customers")
    world = begun(broken, stricter, AT + 3 * DAY, until=date(2027, 6, 1))
    new = {
        (i.asset, i.path): i.until.date().isoformat()
        for i in world.baseline.values()
        if i.version == 2
    }
    assert new == {
        ("old", "tls"): "2027-01-01",
        ("both", "tls"): "2026-12-01",
        ("nobodys", "safe"): "2027-01-01",
    }
    assert breaks(world, "late", AT + 3 * DAY)
    assert breaks(world, "both", AT + 3 * DAY)


def test_a_guardrail_that_blocked_nothing_meanwhile_does_not_bring_it_back() -> None:
    fixed = after(ROLLED, AT + DAY, put(thing("old", tls="1.2", safe=True)))
    back = after(fixed, AT + 2 * DAY, put(WORLD.assets["old"]))
    eased = after(back, AT + 2 * DAY, put(replace(RULE, version=2, phase="trial")))
    world = begun(eased, replace(RULE, version=3), AT + 3 * DAY)
    assert "old" not in {i.asset for i in world.baseline.values() if i.version == 3}
    assert breaks(world, "old", AT + 3 * DAY)


@pytest.mark.parametrize(
    ("rule", "more", "what"),
    [
        (replace(RULE, level="advise"), {}, "block nothing"),
        (replace(RULE, phase="trial"), {}, "block nothing"),
        (RULE, {"until": AT.date()}, "no day to have mended"),
        (RULE, {"until": AT.date() + 731 * DAY}, "no day to have mended"),
        (replace(RULE, binds=UNTIL), {}, "no day to have mended"),
        (RULE, {"dates": {"cards": AT.date()}}, "no day to have mended"),
        (RULE, {"dates": {"crads": UNTIL}}, "crads"),
    ],
)
def test_what_cannot_be_rolled_out_is_told(
    rule: Guardrail, more: dict[str, Any], what: str
) -> None:
    assert what in str(next(check_rollout(WORLD, rule, rollout(rule, **more))))


ITEM = ROLLED.baseline["g-v1-00004"]


@pytest.mark.parametrize(
    "more",
    [
        replace(ITEM, id="another"),
        replace(ITEM, until=END + DAY),
        replace(ITEM, value="1.1"),
        replace(ITEM, asset="new"),
    ],
)
def test_nobody_adds_to_it_or_moves_an_end_outward(more: BaselineItem) -> None:
    assert [*grown(ROLLED, [put(more)])]
    closed = change(ROLLED, [put(replace(ITEM, mended_at=AT))])
    assert [*grown(closed, [put(ITEM)])]
    less = replace(ITEM, until=END - DAY, mended_at=AT)
    assert not [*grown(ROLLED, [put(less), put(ITEM)])]


def test_the_burn_down_counts_what_is_left_on_each_day() -> None:
    begins = ROLLED.rollouts["g-v1"]
    fixed = after(ROLLED, AT + DAY, put(thing("old", tls="1.2", safe=True)))
    drafted = change(fixed, [put(thing("nobodys", None, tls="1.2", safe=True))])
    found = stands(drafted, drafted.baseline.values(), AT + 3 * DAY)
    told = burn(drafted, begins, found, AT + 3 * DAY)
    assert [(s.day.day, s.open) for s in told.steps] == [(21, 4), (22, 3), (24, 2)]
    assert (told.recorded, told.open, told.overdue) == (4, 2, 0)
    late = stands(fixed, fixed.baseline.values(), END)
    assert burn(fixed, begins, late, END).overdue == 3


def test_a_manifest_is_judged_with_the_baseline_also_by_an_excerpt() -> None:
    """By its owner, as recorded; another mission cannot speak for the asset."""

    def told(world: Firm, mission: str, tls: str) -> str:
        stated: dict[str, Any] = {"tls": tls, "safe": True}
        asked = Manifest(mission=mission, act="deploy", asset="old", properties=stated)
        return judge_manifest(world, asked, AT).verdict

    for world in (ROLLED, excerpt(ROLLED, AT)):
        assert told(world, "payments", "1.0") == "allowed"
        assert told(world, "payments", "1.1") == "refused"
        assert told(world, "cards", "1.0") == "refused"
    assert not excerpt(ROLLED, END + DAY).baseline
    assert "ada" not in str(excerpt(ROLLED, AT).rollouts)


def test_a_result_that_is_tolerated_is_suppressed_by_its_baseline() -> None:
    log: Any = audit_sarif(audit(ROLLED, AT), ROLLED)
    found = [
        each
        for result in log["runs"][0]["results"]
        for each in result.get("suppressions", ())
    ]
    assert {each["status"] for each in found} == {"accepted"}
    assert {each["justification"] for each in found} == {"On g-v1."}


# Laws, over any history of any firm.


def histories(rng: Random) -> Iterator[tuple[Firm, datetime]]:
    """Give a firm after each deed of a random history, a roll-out first."""
    world = replace(a_firm(rng), waivers=Map(), baseline=Map())
    rule = replace(world.guardrails["g0"], version=9, level="must", phase="enforced")
    at = AT
    world = begun(world, rule, at, dates={"cards": AT.date() + 4 * DAY})
    yield world, at
    for _ in range(8):
        at += rng.choice([timedelta(hours=1), DAY, 20 * DAY])
        name = f"a{rng.randint(0, 9)}"
        old = world.assets.get(name)
        which = rng.random()
        if which < 0.15 and old is not None:
            made = Change("assets", name)
        elif which < 0.5 or old is None:
            made = put(asset(rng, name, WORDS))
        else:
            word = rng.choice(WORDS).id
            kept = {k: v for k, v in old.properties.items() if k != word}
            made = put(replace(old, properties=kept))
        world = after(world, at, made)
        yield world, at


def pairs(world: Firm, at: datetime) -> dict[str, set[tuple[str, str, str]]]:
    """Give what offends g0 without any baseline, and what blocks with it."""
    found: dict[str, set[tuple[str, str, str]]] = {"offends": set(), "blocks": set()}
    bare = replace(world, baseline=Map())
    for name, firm_ in (("offends", bare), ("blocks", world)):
        for key, each in firm_.assets.items():
            for told in judge_asset(firm_, each, at):
                if told.guardrail == "g0" and told.blocks and told.state != "error":
                    found[name] |= {
                        (key, r.path, r.actual)
                        for r in told.reasons
                        if r.part != "applies" and r.waiver is None
                    }
    return found


@pytest.mark.slow
@settings(max_examples=30)
@given(st.randoms(use_true_random=False))
def test_over_any_history_it_only_shrinks_and_covers_only_what_offended_ever_since(
    rng: Random,
) -> None:
    """The second judge: what offended in every state since the first, and no more."""
    ever: set[tuple[str, str, str]] | None = None
    covered: set[str] = set()
    for world, at in histories(rng):
        found = pairs(world, at)
        ever = found["offends"] if ever is None else ever & found["offends"]
        items = world.baseline.values()
        ends = {(i.asset, i.path, i.value): i.until for i in items}
        tolerated = {pair for pair in ever if pair in ends and at < ends[pair]}
        assert found["blocks"] == found["offends"] - tolerated
        live = {i.id for i in items if waiver_state(world, i, at).state == "live"}
        assert not covered or live <= covered
        covered = live
        assert {(i.asset, i.path, i.value) for i in items if i.id in live} == tolerated


@pytest.mark.slow
@settings(max_examples=30)
@given(st.randoms(use_true_random=False))
def test_the_audit_says_what_judging_each_asset_says(rng: Random) -> None:
    *_, (world, at) = histories(rng)
    told = {
        (u.asset, u.guardrail): (u.stand == "breaks", u.waiver)
        for u in audit(world, at).unmet
    }
    assert told == {
        (key, f.guardrail): (f.blocks, f.waiver)
        for key, each in world.assets.items()
        for f in judge_asset(world, each, at)
        if f.state != "holds"
    }
