"""What guardrails cost, against a second counting of random histories."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from statistics import median
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conftest import many

from weft.core.assets import Asset
from weft.core.entries import put
from weft.core.firm import Firm, change
from weft.core.guardrails import Clause, Guardrail, Principle, Waiver
from weft.core.missions import Mandate, Mission
from weft.core.records import show
from weft.core.requests import Decision, Request
from weft.core.roles import Role
from weft.core.vocabulary import Act, Property
from weft.engines.guardrails import (
    Assets,
    Cost,
    Ledger,
    Past,
    costs_of,
    decide,
    rules_on,
    unmet_assets,
)

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
SEEDS = st.integers(0, 2**32)
MISSIONS = ("m0", "m1", "m2")
WORLD = (
    *(Mission(id=name, title=name) for name in MISSIONS),
    *(
        Mandate(
            mission=name,
            business_lead="anna",
            technology_lead="ben",
            signed_by=("anna", "ben"),
        )
        for name in MISSIONS
    ),
    Role(id="security", title="Security", holders=("cleo",)),
    Principle(id="belief", title="Belief"),
    Act(id="deploy", title="Deploy", asks=("region", "team")),
    Act(id="buy", title="Buy", asks=("team",)),
    Property(id="region", title="Region", type="enum", values=("eu", "us")),
    Property(id="team", title="Team", type="enum", values=("a", "b")),
    Asset(id="ledger", title="Ledger", mission="m0", properties={"region": "us"}),
)


class History:
    """A year of a firm told by a dice: rules change, missions ask, are waived."""

    def __init__(self, seed: int) -> None:
        self.dice = Random(seed)  # noqa: S311 # a dice
        self.firm = change(Firm(seq=1, at=START, on=START.date()), map(put, WORLD))
        self.now, self.seq = START, 1
        self.ledger = Ledger(upto=1)
        self.decisions: dict[int, tuple[Decision, Firm]] = {}
        for name in ("one", "two", "three"):
            self.rule(name, 1)
        for _ in range(self.dice.randint(1, 40)):
            self.step()

    def step(self) -> None:
        """Let something happen."""
        self.seq += 1
        self.now += self.dice.randint(1, 90) * HOUR
        self.firm = msgspec.structs.replace(
            self.firm, seq=self.seq - 1, at=self.now, on=self.now.date()
        )
        what = self.dice.choice(["ask"] * 6 + ["rule", "waive", "waive"])
        if what == "rule":
            old = self.firm.guardrails[self.dice.choice(["one", "two", "three"])]
            self.rule(old.id, old.version + 1)
        elif what == "waive" and self.decisions:
            self.waive()
        else:
            self.ask()
        self.ledger.upto = self.seq

    def rule(self, name: str, version: int) -> None:
        """Put a version of a guardrail in its place."""
        dice = self.dice
        when = (Clause(path="team", is_="a"),) if dice.random() < 0.6 else ()
        made = Guardrail(
            id=name,
            title=name,
            version=version,
            level=dice.choice(["must", "must", "advise"]),
            phase=dice.choice(["enforced", "enforced", "trial", "retired"]),
            principle="belief",
            owner="security",
            when=when,
            must=(Clause(path="region", is_=dice.choice(["eu", "us"])),),
        )
        self.firm = change(self.firm, [put(made)])
        self.ledger.put(made, self.now)

    def ask(self) -> None:
        """Let a mission ask, and count the answer."""
        dice = self.dice
        properties: dict[str, Any] = {}
        if dice.random() < 0.8:
            properties["region"] = dice.choice(["eu", "us"])
        if dice.random() < 0.7:
            properties["team"] = dice.choice(["a", "b"])
        request = Request(
            mission=dice.choice(MISSIONS),
            act=dice.choice(["deploy", "buy"]),
            title=dice.choice(["", "x"]),
            properties=properties,
        )
        told = decide(self.firm, request, asked_by="ben", at=self.now)
        self.decisions[self.seq] = (told, self.firm)
        past = msgspec.json.decode(show(told), type=Past)
        self.ledger.add(self.seq, past, rules_on(self.firm, self.now.date()))

    def waive(self) -> None:
        """Grant, refuse or leave a waiver after one of the answers."""
        number = self.dice.choice(sorted(self.decisions))
        request = self.decisions[number][0].request
        rule = self.firm.guardrails[self.dice.choice(["one", "two", "three"])]
        decided = self.dice.choice(["granted", "refused", "left"])
        then = self.now + self.dice.randint(0, 60) * HOUR
        more: dict[str, Any] = {}
        if decided != "left":
            more = {f"{decided}_by": "cleo", f"{decided}_at": then}
        waiver = Waiver(
            id=f"w{self.seq}",
            guardrail=rule.id,
            version=rule.version,
            mission=request.mission,
            reason="So.",
            asked_by="ben",
            asked_at=self.now,
            starts=self.now,
            until=self.now + timedelta(days=60),
            decision=number,
            **more,
        )
        self.firm = change(self.firm, [put(waiver)])

    def costs(self) -> dict[str, Cost]:
        """Give what each guardrail costs, as the ledger has it."""
        keys = self.firm.guardrails
        assets = unmet_assets(self.firm, self.now, keys)
        told = costs_of(self.firm, self.ledger, self.now, assets, keys)
        return {cost.guardrail: cost for cost in told.guardrails}


# The second counting, apart from the code


def applies(rule: Guardrail, told: Decision) -> bool:
    """Tell whether a rule applies to what was asked, or may."""
    team = told.request.properties.get("team")
    return not rule.when or team in {None, "a"}


def meets(rule: Guardrail, told: Decision) -> bool:
    region = told.request.properties.get("region")
    return region == rule.must[0].is_


def counted(history: History, name: str) -> dict[str, Any]:
    """Count for one guardrail, going through all answers once for each figure."""
    found: Counter[str] = Counter()
    missions: set[str] = set()
    turned: list[int] = []
    persons = 0
    named = {w.decision for w in history.firm.waivers.values() if w.guardrail == name}
    for number, (told, firm) in history.decisions.items():
        rule = firm.guardrails[name]
        if rule.phase == "retired" or not told.judged:
            continue
        found["judged"] += 1
        if not applies(rule, told):
            continue
        found["asked"] += 1
        if meets(rule, told):
            found["met"] += 1
            continue
        missions.add(told.request.mission)
        (said,) = [f for f in told.findings if f.guardrail == name]
        kind = "refused" if said.blocks else "waived" if said.waiver else "advised"
        found[kind] += 1
        region, team = (told.request.properties.get(n) for n in ("region", "team"))
        found["unproven"] += region is None or (bool(rule.when) and team is None)
        persons += kind == "waived" or (kind == "refused" and number in named)
        if kind == "refused":
            turned += later(history, number, told)
    days = sorted(turned)
    return {
        **{key: found[key] for key in FIGURES},
        "missions": tuple(sorted(missions)),
        "turned": (len(days), median(days) if days else None, sum(days)),
        "by_person": persons,
        "freedom": round(1 - persons / found["asked"], 4) if found["asked"] else None,
    }


FIGURES = ("judged", "asked", "met", "refused", "waived", "advised", "unproven")


def later(history: History, number: int, told: Decision) -> Iterator[int]:
    """Give the days until the same was allowed."""
    for other, (again, _) in sorted(history.decisions.items()):
        one, two = again.request, told.request
        same = (one.mission, one.act, one.title) == (two.mission, two.act, two.title)
        if other > number and same and again.verdict != "refused":
            yield (again.at - told.at).days
            return


@given(seed=SEEDS)
@settings(max_examples=many(150), deadline=None)
def test_the_ledger_says_what_a_second_counting_says(seed: int) -> None:
    history = History(seed)
    for name, cost in history.costs().items():
        wanted = counted(history, name)
        turned = (cost.turned.n, cost.turned.median, cost.turned.total)
        told = {key: getattr(cost, key) for key in wanted} | {"turned": turned}
        assert told == wanted
        assert cost.asked == cost.met + cost.refused + cost.waived + cost.advised
        assert cost.judged == sum(v.judged for v in cost.versions)


@given(seed=SEEDS)
@settings(max_examples=many(50), deadline=None)
def test_the_freedom_of_the_firm_counts_each_request_once(seed: int) -> None:
    history = History(seed)
    told = costs_of(history.firm, history.ledger, history.now, {}, ())
    named = {waiver.decision for waiver in history.firm.waivers.values()}
    persons = 0
    for number, (decision, _) in history.decisions.items():
        if decision.verdict == "refused":
            persons += number in named
        else:
            persons += any(f.waiver for f in decision.findings)
    assert (told.requests, told.by_person) == (len(history.decisions), persons)


@given(seed=SEEDS)
@settings(max_examples=many(50), deadline=None)
def test_waits_are_those_of_the_waivers_decided(seed: int) -> None:
    history = History(seed)
    for name, cost in history.costs().items():
        mine = [w for w in history.firm.waivers.values() if w.guardrail == name]
        ends = [(w, w.granted_at or w.refused_at) for w in mine]
        days = [(end - w.asked_at) / timedelta(days=1) for w, end in ends if end]
        assert cost.waits.n == len(days)
        # To a tenth; the order in which they are added up may turn the last bit.
        assert cost.waits.total == pytest.approx(sum(days), abs=0.05 + 1e-9)
        middle = pytest.approx(median(days), abs=0.05 + 1e-9) if days else None
        assert cost.waits.median == middle
        assert cost.waivers_asked == len(mine)


@given(seed=SEEDS)
@settings(max_examples=many(25), deadline=None)
def test_a_ledger_kept_and_read_again_is_the_same(seed: int) -> None:
    ledger = History(seed).ledger
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(ledger), type=Ledger) == ledger


# Signs, in words


def cost_with(refused: int = 0, met: int = 0, **more: Any) -> list[str]:
    """Give the signs of a guardrail that refused and let pass so many."""
    rule = Guardrail(
        id="rule",
        title="Rule",
        level="must",
        principle="belief",
        owner="security",
        must=(Clause(path="region", is_="eu"),),
    )
    firm = change(Firm(seq=1, at=START), map(put, (*WORLD, rule)))
    ledger = Ledger()
    ledger.put(rule, START)
    rules = rules_on(firm, START.date())
    for number in range(refused + met):
        region: dict[str, Any] = {"region": "us" if number < refused else "eu"}
        if number < more.get("missing", 0):
            region = {}
        request = Request(mission="m1", act="deploy", properties=region)
        told = decide(firm, request, asked_by="ben", at=START)
        ledger.add(number, msgspec.json.decode(show(told), type=Past), rules)
    assets = {"rule": more.get("assets", Assets())}
    (cost,) = costs_of(firm, ledger, START, assets, ["rule"]).guardrails
    return [sign.sign for sign in cost.signs]


def test_signs_are_told_from_the_figures() -> None:
    assert cost_with(refused=3, met=3) == []
    assert cost_with(refused=4, met=3) == ["wall"]
    assert cost_with(refused=3, met=1) == []  # too few to say anything
    assert cost_with(refused=5, met=6, missing=2) == ["unproven"]
    assert cost_with(assets=Assets(breaking=4, waived=2)) == ["leaky"]
    assert cost_with(met=1, assets=Assets(applies=False)) == []


def test_dead_is_what_applied_to_nothing() -> None:
    rule = History(1).firm.guardrails["one"]
    never = msgspec.structs.replace(
        rule,
        id="never",
        phase="enforced",
        when=(Clause(path="act", is_="buy"), Clause(path="mission", is_="m2")),
    )
    firm = change(Firm(seq=1, at=START), map(put, (*WORLD, never)))
    ledger, rules = Ledger(), rules_on(firm, START.date())
    ledger.put(never, START)
    request = Request(mission="m0", act="deploy", properties={})
    told = decide(firm, request, asked_by="ben", at=START)
    ledger.add(2, msgspec.json.decode(show(told), type=Past), rules)
    later = START + timedelta(days=400)
    assets = unmet_assets(firm, later, ["never"], ["never"])
    (cost,) = costs_of(firm, ledger, later, assets, ["never"]).guardrails
    (sign,) = cost.signs
    assert sign.sign == "dead"
    assert (
        sign.why
        == "It applied to no asset and to no request, of 1 request in 400 days."
    )
