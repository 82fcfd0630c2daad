"""The same firm, request and instant give the same decision, to the byte."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.engines.guardrails.conftest import AT, firm, guardrail, prop, request
from tests.engines.guardrails.worlds import seeded, world

from weft.core.firm import Firm
from weft.core.records import decode, show
from weft.core.requests import Decision
from weft.engines.guardrails import decide

ROOT = Path(__file__).parents[3]
WORLDS = 60


def digest() -> str:
    """Sum up the decisions of some random worlds."""
    shown = []
    for seed in range(WORLDS):
        rules, asked = world(seeded(seed))
        shown.append(show(decide(rules, asked, asked_by="eve", at=AT)))
    return hashlib.sha256("\n".join(shown).encode()).hexdigest()


@pytest.mark.slow
@pytest.mark.parametrize("hash_seed", ["0", "1", "4242"])
def test_in_another_process_under_other_hashes_nothing_is_told_otherwise(
    hash_seed: str,
) -> None:
    code = "from tests.engines.guardrails.test_replay import digest; print(digest())"
    told = subprocess.run(  # noqa: S603 # our own words
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == digest()


@pytest.mark.slow
@given(st.randoms(use_true_random=False))
def test_a_decision_reads_back_from_the_journal_as_it_was_written(rng: Random) -> None:
    rules, asked = world(rng)
    decision = decide(rules, asked, asked_by="eve", at=AT)
    assert decode(Decision, show(decision).encode()) == decision


def test_the_order_in_which_the_firm_was_made_does_not_matter() -> None:
    rules, asked = world(seeded(3))
    tables = {}
    for kind in ("guardrails", "vocabulary", "sets", "acts", "missions"):
        table = rules.table(kind)
        tables[kind] = type(table)({k: table[k] for k in sorted(table, reverse=True)})
    other: Firm = replace(rules, **tables)
    decisions = [decide(f, asked, asked_by="eve", at=AT) for f in (rules, other)]
    assert show(decisions[0]) == show(decisions[1])


def test_the_digest_tells_the_framework_that_was_judged_by() -> None:
    word, rule = prop("safe", "bool"), guardrail("g", [{"path": "safe", "is": True}])
    trial = guardrail("h", [{"path": "safe", "is": True}], phase="trial")
    draft = guardrail("i", [{"path": "safe", "is": True}], phase="draft")
    digests = [
        decide(rules, request(), asked_by="eve", at=AT).guardrails
        for rules in (
            firm([word], [rule]),
            firm([word], [rule, draft]),
            firm([word], [replace(rule, version=2)]),
            firm([word], [rule, trial]),
            firm([prop("safe", "bool", help="?")], [rule]),
        )
    ]
    assert digests[0] == digests[1]
    assert len({*digests}) == len(digests) - 1
