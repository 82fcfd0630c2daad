"""Random small firms with assets, waivers and past requests, and drafts to try."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from msgspec.structs import replace
from tests.engines.guardrails.conftest import AT, firm, request
from tests.engines.guardrails.worlds import (
    INSIDE,
    SETS,
    WORDS,
    copies,
    properties,
    rule,
    value,
)

from weft.core.assets import Asset
from weft.core.entries import put
from weft.core.firm import Firm, change
from weft.core.framework.rollouts import BaselineItem, Rollout
from weft.core.guardrails import Cover, Guardrail, Waiver, WaiverTerms
from weft.core.records import Record
from weft.core.requests import Decision
from weft.core.vocabulary import Property
from weft.engines.guardrails import decide
from weft.engines.guardrails.rollout.mending import offending

MISSIONS = ("payments", "cards", None)
Past = list[tuple[int, Decision]]


def a_firm(rng: Random, words: tuple[Property, ...] = WORDS) -> Firm:
    """Make a firm of a few rules, assets and waivers from the first rule."""
    rules = [rule(rng, f"g{number}", words) for number in range(rng.randint(1, 3))]
    if rng.random() < 0.2:
        rules[0] = replace(rules[0], phase="trial")
    assets = [asset(rng, f"a{number}", words) for number in range(8)]
    held = [waiver(rng, f"w{number}", words) for number in range(rng.randint(0, 4))]
    world = firm((*INSIDE, *words, copies(rng)), rules, *SETS, *assets, *held)
    return change(world, map(put, baseline(rng, world)))


def baseline(rng: Random, world: Firm) -> list[Record]:
    """Record some of what breaks the first rule, in some state."""
    until = AT + timedelta(days=rng.choice([-1, 30, 30, 30]))
    rollout = Rollout(
        id="r0",
        guardrail="g0",
        version=1,
        until=until.date(),
        recorded=0,
        started_by="ada",
        started_at=AT - timedelta(days=40),
    )
    found: list[Record] = [rollout]
    for key in sorted(world.assets):
        pairs = sorted({*(offending(world, "g0", key, AT) or ()), ("days", "0")})
        for number, (path, told) in enumerate(pairs if rng.random() < 0.3 else ()):
            item = BaselineItem(
                id=f"{key}-{number}",
                rollout="r0",
                guardrail="g0",
                version=rng.choice([1, 1, 1, 2]),
                asset=key,
                mission=world.assets[key].mission,
                path=path,
                value=told,
                until=until,
                mended_at=rng.choice([None, None, None, AT - timedelta(days=1)]),
            )
            found.append(item)
    return found


def asset(rng: Random, name: str, words: tuple[Property, ...]) -> Asset:
    """Make an asset of a mission, or of none."""
    found = properties(rng, words)
    return Asset(id=name, title=name, mission=rng.choice(MISSIONS), properties=found)


def waiver(rng: Random, name: str, words: tuple[Property, ...]) -> Waiver:
    """Make a waiver from g0 in some state, often for a path or a value alone."""
    covers: tuple[Cover, ...] = ()
    if rng.random() < 0.4:
        word = rng.choice(words)
        told = str(value(rng, word)) if rng.random() < 0.5 else None
        covers = (Cover(path=word.id, value=told), Cover(path="copies"))
    days = rng.choice([-2, 9, 40])
    return Waiver(
        id=name,
        guardrail="g0",
        version=rng.choice([1, 1, 1, 2]),
        mission=rng.choice(["payments", "payments", "cards"]),
        asset=rng.choice([None, "a0", "a1"]),
        covers=covers,
        reason="for now",
        asked_by="eve",
        granted_by=rng.choice(["ada", "ada", "cy", None]),
        asked_at=AT - timedelta(days=9),
        starts=AT - timedelta(days=9),
        until=AT + timedelta(days=days),
    )


def drafted(rng: Random, world: Firm, words: tuple[Property, ...] = WORDS) -> Guardrail:
    """Change the first rule in one of many ways, or make a new one."""
    held = world.guardrails["g0"]
    if held.phase == "trial" and rng.random() < 0.5:
        return replace(held, phase="enforced")
    other = rule(rng, "g0", words)
    ways: list[dict[str, Any]] = [
        {"must": other.must},
        {"when": other.when},
        {"when": ()},
        {"level": rng.choice(["advise", "must"]), "harm": None},
        {"level": "veto", "harm": "customers"},
        {"phase": rng.choice(["trial", "retired", "enforced", "draft"])},
        {"starts": date(2026, 12, rng.randint(1, 28))},
        {"ends": date(2026, 11, rng.choice([1, 21, 22]))},
        {"version": 2},
        {"must": other.must, "version": 2, "level": "must"},
        {"title": "Another title"},
        {"waiver": WaiverTerms(max_days=rng.choice([5, 60]), approver="security")},
        {"id": "fresh", "must": other.must},
    ]
    return replace(held, **rng.choice(ways))


def past(rng: Random, world: Firm, words: tuple[Property, ...] = WORDS) -> Past:
    """Decide some requests under rules that were others then."""
    others = change(world, [put(rule(rng, "g1", words))])
    found: Past = []
    for number in range(1, 7):
        then = rng.choice([world, others])
        more = {"mission": rng.choice(["payments", "cards", "payments", "gone"])}
        stated = {k: v for k, v in properties(rng, words).items() if rng.random() < 0.7}
        thing = rng.choice([None, "a0", "a5", "away"])
        asked = request(stated, asset=thing, **more)
        found.append((number, decide(then, asked, asked_by="eve", at=AT)))
    return found
