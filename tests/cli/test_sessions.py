"""Every command on both example firms, output for output.

sessions/FIRM/*.txt is what somebody types and what Weft replies, top to bottom in
one store. To add a command, write its line, run with WEFT_BLESS=1, and read what
was put below it. A reply too long to be read is cut: its first lines and the
digest of all.
"""

from __future__ import annotations

import hashlib
import os
import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.cli.conftest import FIRMS, weft
from tests.test_main import ALL

from weft.app.comparing import keeping as kept
from weft.app.comparing.models import Apart, Shown
from weft.app.delivering import bringing as deliveries
from weft.app.delivering.hooks import Added
from weft.app.delivering.measuring import Board, Delivered
from weft.app.folder import Loaded
from weft.app.framework import rollouts
from weft.app.framework.adrs import Brought
from weft.app.framework.challenges import Hearing
from weft.app.framework.rollouts import Campaign, CampaignItems
from weft.app.framework.versions import Version
from weft.app.funding import rounds as money
from weft.app.funding.looking import FundState, Promises
from weft.app.funding.monthly import TrancheMonths
from weft.app.guardrails import Trial
from weft.app.knowing.coverage import Covering
from weft.app.knowing.esco import Vocabulary
from weft.app.knowing.pools import Pools
from weft.app.knowing.tickets import Evidence
from weft.app.mirror import Months
from weft.app.money.bills import BillTold
from weft.app.money.closing import Closing
from weft.app.money.looking import Behind, FirmPL
from weft.app.money.values import ValuesTold
from weft.app.moving.baseline import Paces
from weft.app.moving.keeping import OpenedMove
from weft.app.outcomes import board, experiments, readings
from weft.app.outcomes.board import Known, Measured
from weft.app.outcomes.improvements import Improved, Improving
from weft.app.outcomes.touchpoints import Touchpoint
from weft.app.planning import plans
from weft.app.published import oscal
from weft.app.published.coverage import Coverage
from weft.app.published.ready import Outlook, Taken
from weft.app.requests import Explained, Replay
from weft.app.rounds.arranging import Weighing
from weft.app.rounds.deciding import Said
from weft.app.rounds.lending import Lending
from weft.app.search import Hit
from weft.app.tables import Preview
from weft.app.waivers import Standing
from weft.app.working.handoffs import CaseRow
from weft.app.working.logs import Brought as LogBrought
from weft.app.working.replays import Followed
from weft.app.working.responsiveness import Responsiveness, Waited
from weft.app.writing.consistency import Consistency
from weft.core.entries import Draft, Entry
from weft.core.firm import KINDS
from weft.core.framework.challenges import Challenge
from weft.core.framework.rollouts import BaselineItem, Rollout
from weft.core.funding.ask import Ask as MoneyWanted
from weft.core.funding.round import MoneyMove, MoneyRound
from weft.core.guardrails import Waiver
from weft.core.manifests import Checked
from weft.core.money.bookings import Booking
from weft.core.money.purpose import Purpose
from weft.core.outcomes.experiment import Experiment
from weft.core.outcomes.metric import Metric
from weft.core.outcomes.past import PastWork
from weft.core.outcomes.reading import Reading
from weft.core.records import read
from weft.core.rounds.round import Move, Round
from weft.core.skills import Claim
from weft.core.sources import Source
from weft.engines.allocation import Ability, Proposal, RoundKept
from weft.engines.funding import ledger
from weft.engines.funding.rounds import MoneyProposal
from weft.engines.guardrails import Audit, Costs
from weft.engines.knowledge import (
    AddedUp,
    Covered,
    Diagnosis,
    Figure,
    Knowers,
    Leaving,
    Movement,
    Network,
    Pooled,
    Weave,
)
from weft.engines.outcomes.conflicts import Conflict
from weft.engines.outcomes.past import PastReport
from weft.engines.outcomes.stages import Proposed
from weft.engines.simulation.comparing import Report
from weft.engines.simulation.fitting import Fit
from weft.engines.simulation.models import Model
from weft.engines.simulation.moving import Transition
from weft.engines.work import Flow
from weft.ready import ReadySet
from weft.store.accounts import Account, Token
from weft.store.hooks import Hook
from weft.store.journal.rows import Heading
from weft.store.looks import Look
from weft.store.verify import Checkpoint, Verified

SESSIONS = Path(__file__).parent / "sessions"
NAMES = sorted(file.stem for file in (SESSIONS / "bank").iterdir())
BLESS = os.environ.get("WEFT_BLESS", "") not in {"", "0"}
MOST_LINES, FEW_MORE = 30, 12
VARYING = (
    (r"\b[0-9a-f]{64}\b", "<hash>"),
    (r'"(x|y)": -?[\d.e-]+', r'"\1": <place>'),
    (r"weft_[\w-]{20,}", "<secret>"),
    (r"\bt[0-9a-f]{8}\b", "<token>"),
    (r"Did you mean <token>\?", "Use one of: <token>."),  # two that are alike by chance
    (r"ed25519:[\w+/=]{40,}", "<public key>"),
    (r'(signed by |"key": ")[0-9a-f]{16}', r"\1<key>"),
)
"""What no two runs have alike: hashes keyed with a store's own key, secrets, and
the last digits of a layout."""


def typed(session: str) -> list[str]:
    """Give the commands of a session, without what they gave."""
    return re.findall(r"^\$ (.*?)(?:  # exit \d+)?$", session, re.MULTILINE)


def readable(text: str) -> str:
    """Give what a command printed, without what varies, and cut where it is long."""
    for pattern, instead in VARYING:
        text = re.sub(pattern, instead, text)
    lines = text.splitlines()
    if len(lines) <= MOST_LINES + FEW_MORE:
        return text
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    rest = f"... {len(lines) - MOST_LINES} lines more; sha256 of all: {digest}"
    return "\n".join([*lines[:MOST_LINES], rest, ""])


def replies(commands: list[str]) -> Iterator[str]:
    """Run commands one after the other, and give each with what it printed."""
    token = ""
    for command in commands:
        words = [w.replace("TOKEN", token or "TOKEN") for w in shlex.split(command)]
        result = weft(*words[1:])
        if command.endswith("tokens ines --json"):
            token = msgspec.json.decode(result.stdout)[0]["id"]
        if result.exit_code == 0 and "--json" in words:
            fits(words, result.stdout)
        code = f"  # exit {result.exit_code}" if result.exit_code else ""
        said = result.output.replace(token, "TOKEN") if token else result.output
        yield f"$ {command}{code}\n{readable(said)}"


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_session_goes_as_it_is_written(name: str, firm: str) -> None:
    file = SESSIONS / firm / f"{name}.txt"
    written = file.read_text("utf-8")
    said = "".join(replies(typed(written)))
    if BLESS:
        file.write_text(said, "utf-8")
        return
    assert said == written


# What is printed as JSON

GIVES: dict[str, Any] = {
    "adr export": dict[str, Any],
    "adr import": Brought,
    "account add": Account,
    "account list": list[Account],
    "account tokens": list[Token],
    "answer": Explained,
    "answer --replay": Replay,
    "ask": Explained,
    "check": Audit,
    "check MANIFEST": list[Checked],
    "baseline show": Paces,
    "challenge answer": Challenge,
    "challenge join": Challenge,
    "challenge list": list[Hearing],
    "challenge raise": Challenge,
    "challenge show": Hearing,
    "challenge withdraw": Challenge,
    "checkpoint": Checkpoint,
    "deliveries import": deliveries.Brought,
    "hooks add": Added,
    "hooks list": list[Hook],
    "deliveries show": Board,
    "deliveries payments": Delivered,
    "diagnose": Diagnosis,
    "diagnose --rows": Figure,
    "draft list": list[Draft],
    "draft new": Draft,
    "guardrails consistency": Consistency,
    "guardrails log": list[Version],
    "guardrails cost": Costs,
    "guardrails try": Trial,
    "fit": Fit,
    "handoffs": Flow,
    "handoffs --rows": list[CaseRow],
    "import log": LogBrought,
    "import table": Preview,
    "journal": list[Heading],
    "journal SEQ": Entry,
    "load": Loaded,
    "import focus": BillTold,
    "import values": ValuesTold,
    "money behind": tuple[Behind, ...],
    "money close": Closing,
    "money flow": ledger.Flow,
    "money accept": ledger.Redundant,
    "money purpose": Purpose,
    "money redundancies": tuple[ledger.Redundant, ...],
    "money trial": ledger.Trial,
    "money unmapped": tuple[Booking, ...],
    "money year": ledger.Year,
    "experiments close": Experiment,
    "experiments list": list[experiments.Tried],
    "experiments observe": experiments.Observed,
    "experiments show": experiments.Tried,
    "experiments spend": experiments.Tried,
    "experiments start": Experiment,
    "metrics classify": Proposed,
    "metrics confirm": Metric,
    "metrics list": Known,
    "metrics show": Measured,
    "movement": Movement,
    "network": Network,
    "rollout list": list[Campaign],
    "rollout preview": rollouts.Preview,
    "rollout prune": list[BaselineItem],
    "rollout show": CampaignItems,
    "rollout start": Rollout,
    "controls": list[Coverage],
    "coverage": Covering,
    "coverage --without": Leaving,
    "coverage bag-drop": Covered,
    "looked": list[Look],
    "pl": FirmPL,
    "pl payments": ledger.Statement,
    "pl pre-flight-experience": ledger.Statement,
    "unused": list[Claim],
    "outcomes conflicts": list[Conflict],
    "outcomes list": board.Board,
    "outcomes show": board.Standing,
    "outcomes touchpoints": list[Touchpoint],
    "pools": Pools,
    "improvements list": Improving,
    "improvements show": Improved,
    "past import": readings.Brought,
    "past list": list[PastWork],
    "past report": PastReport,
    "readings import": readings.Brought,
    "readings list": list[Reading],
    "spread": Months,
    "pools data": Pooled,
    "seats": AddedUp,
    "import esco": Vocabulary,
    "import tickets": Evidence,
    "import oscal": oscal.Brought,
    "responsiveness": Responsiveness,
    "responsiveness payments": Waited,
    "responsiveness pre-flight-experience": Waited,
    "round": Proposal,
    "round plan": Proposal,
    "round try": Weighing,
    "round lent": Lending,
    "round kept": RoundKept,
    "round propose": Round,
    "round show": list[Move],
    "round accept": Said,
    "round change": Said,
    "round refuse": Said,
    "round money plan": MoneyProposal,
    "round money propose": MoneyRound,
    "round money show": list[MoneyMove],
    "round money replay": money.Replay,
    "round money accept": money.Decided,
    "round money change": money.Decided,
    "round money refuse": money.Decided,
    "fund list": list[FundState],
    "fund show": FundState,
    "fund behind": TrancheMonths,
    "fund track": list[Promises],
    "fund ask": MoneyWanted,
    "fund answer": MoneyWanted,
    "can": Ability,
    "compare": Report,
    "comparisons list": list[kept.Listed],
    "comparisons show": kept.Opened,
    "comparisons repeat": kept.Repeated,
    "transition": Transition,
    "transitions list": list[kept.Listed],
    "transitions show": OpenedMove,
    "transitions repeat": kept.Repeated,
    "models": list[Model],
    "models list": list[Model],
    "models show": Shown,
    "models compare": list[Apart],
    "replay": Followed,
    "search": list[Hit],
    "sets list": list[ReadySet],
    "sets load": Taken,
    "sets load --dry-run": Outlook,
    "sets show": ReadySet,
    "stratml import": plans.Brought,
    "stratml show": plans.Told,
    "verify": Verified,
    "waive ask": Waiver,
    "waive grant": Waiver,
    "waive list": list[Standing],
    "waive refuse": Waiver,
    "waive revoke": Waiver,
    "weave": Weave,
    "who": Knowers,
}
"""The type that a command's JSON claims; of the others it is a plain object."""


def name_of(words: list[str]) -> str:
    """Give the name of the command that was typed."""
    rest = list(words[1:])
    while rest and rest[0] in {"--db", "--as"}:
        del rest[:2]
    names = (" ".join(rest[:most]) for most in (3, 2))
    return next((name for name in names if name in ALL), rest[0])


def fits(words: list[str], text: str) -> None:
    """See that JSON is what its type says: read and written again, it is the same."""
    name = name_of(words)
    type_: Any = GIVES.get(name, dict[str, Any])
    if name in {"list", "show"}:
        record = KINDS[words[2]]
        type_ = list[record] if name == "list" else record  # type: ignore[valid-type]
    elif name == "journal" and words[2].isdigit():
        type_ = GIVES["journal SEQ"]
    elif longer := next((f"{name} {w}" for w in words if f"{name} {w}" in GIVES), ""):
        type_ = GIVES[longer]
    elif name == "check" and any(w.endswith(".yaml") for w in words):
        type_ = GIVES["check MANIFEST"]
    elif name == "misfits":
        type_ = list[dict[str, Any]]
    plain = without_records(msgspec.json.decode(text))
    told = msgspec.json.decode(msgspec.json.encode(plain), type=type_)
    assert msgspec.json.decode(msgspec.json.encode(told)) == plain, words


def without_records(plain: Any) -> Any:
    """Give JSON without the records that changes put, each read as what it is.

    A change carries a record of any kind, of which only its kind tells the type.
    """
    if isinstance(plain, list):
        return [without_records(each) for each in plain]
    if not isinstance(plain, dict):
        return plain
    if set(plain) == {"kind", "key", "record"} and plain["record"]:
        record = read(KINDS[plain["kind"]], plain["record"], Source("output"))
        assert record.key == plain["key"]
        return {**plain, "record": None}
    return {name: without_records(each) for name, each in plain.items()}


# Every command is there

ELSEWHERE = {"serve": "test_process.py"}
"""What does not end by itself, and where it is run."""


@pytest.mark.parametrize("firm_name", FIRMS)
@pytest.mark.parametrize("name", ALL)
def test_every_command_is_in_a_session_of_each_firm(name: str, firm_name: str) -> None:
    if name in ELSEWHERE:
        where = Path(__file__).with_name(ELSEWHERE[name])
        assert f'"{name}"' in where.read_text("utf-8")
        return
    found = [line for words, line in typed_in(firm_name) if name_of(words) == name]
    assert found, f"type `weft {name}` in a session of the {firm_name}"
    for asked in (False, True) if "--json" in options(name) else (False,):
        assert any(("--json" in c) == asked for c in found), (name, asked)


@cache
def typed_in(firm_name: str) -> list[tuple[list[str], str]]:
    """Give every command of a firm's sessions, as words and as it was typed."""
    files = (SESSIONS / firm_name).iterdir()
    lines = [line for file in files for line in typed(file.read_text("utf-8"))]
    return [(shlex.split(line), line) for line in lines]


def options(name: str) -> set[str]:
    """Give the options of a command."""
    return {option for param in ALL[name].params for option in param.opts}


@pytest.mark.parametrize("firm_name", FIRMS)
def test_a_session_has_no_path_of_a_machine(firm_name: str) -> None:
    for file in (SESSIONS / firm_name).iterdir():
        assert not re.search(r"/(tmp|home|root|usr)/", file.read_text("utf-8"))
