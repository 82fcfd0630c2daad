"""The Answer: may a mission do what it asks, why, and what would turn a no."""

from weft.core.framework.challenges import ChallengeState
from weft.core.guardrails import WaiverState, WaiverUse
from weft.engines.guardrails.answer import decide
from weft.engines.guardrails.asking import check_request
from weft.engines.guardrails.audit.auditing import Progress, audit
from weft.engines.guardrails.audit.result import (
    Audit,
    Counts,
    OfGuardrail,
    OfMission,
    Unmet,
)
from weft.engines.guardrails.blast.radius import (
    Fate,
    Lapse,
    Radius,
    Redecided,
    Tally,
    Touched,
)
from weft.engines.guardrails.blast.sides import as_tried, judges_alike, numbered
from weft.engines.guardrails.blast.trying import EXPLAINED, blast_radius
from weft.engines.guardrails.challenges import (
    challenge_days,
    challenge_state,
    challenges_of,
    check_answer,
    check_challenge,
    level_at,
    longest_trial,
    resting,
)
from weft.engines.guardrails.change.core import core_of
from weft.engines.guardrails.change.ways import changed
from weft.engines.guardrails.costs.cost import costs as costs_of
from weft.engines.guardrails.costs.figures import (
    Assets,
    Cost,
    Costs,
    SignWord,
    Spread,
)
from weft.engines.guardrails.costs.ledger import Ledger, Past
from weft.engines.guardrails.costs.standing import unmet_assets
from weft.engines.guardrails.curve.limits import Limit, moved
from weft.engines.guardrails.curve.threshold import Curve, curves, limits
from weft.engines.guardrails.excerpt import excerpt
from weft.engines.guardrails.facts import standing_facts
from weft.engines.guardrails.manifest import check_manifest, given_of, judge_manifest
from weft.engines.guardrails.problems import problems
from weft.engines.guardrails.rollout.burning import (
    Burn,
    ItemStands,
    burn,
    burns,
    stands,
)
from weft.engines.guardrails.rollout.mending import grown, mended, settled
from weft.engines.guardrails.rollout.recording import (
    check_rollout,
    recorded,
    refuse_again,
)
from weft.engines.guardrails.rollout.remedies import Remedies
from weft.engines.guardrails.rules.constants import FITTING, MANY
from weft.engines.guardrails.rules.framework import rules_on
from weft.engines.guardrails.rules.kinds import is_value
from weft.engines.guardrails.rules.levels import level_on
from weft.engines.guardrails.rules.words import RUN, RUNNING, words_of
from weft.engines.guardrails.standing import judge_asset
from weft.engines.guardrails.usage import waiver_use
from weft.engines.guardrails.waivers import (
    approver,
    check_waiver,
    instant,
    longest,
    waiver_state,
)

__all__ = [
    "EXPLAINED",
    "FITTING",
    "MANY",
    "RUN",
    "RUNNING",
    "Assets",
    "Audit",
    "Burn",
    "ChallengeState",
    "Cost",
    "Costs",
    "Counts",
    "Curve",
    "Fate",
    "ItemStands",
    "Lapse",
    "Ledger",
    "Limit",
    "OfGuardrail",
    "OfMission",
    "Past",
    "Progress",
    "Radius",
    "Redecided",
    "Remedies",
    "SignWord",
    "Spread",
    "Tally",
    "Touched",
    "Unmet",
    "WaiverState",
    "WaiverUse",
    "approver",
    "as_tried",
    "audit",
    "blast_radius",
    "burn",
    "burns",
    "challenge_days",
    "challenge_state",
    "challenges_of",
    "changed",
    "check_answer",
    "check_challenge",
    "check_manifest",
    "check_request",
    "check_rollout",
    "check_waiver",
    "core_of",
    "costs_of",
    "curves",
    "decide",
    "excerpt",
    "given_of",
    "grown",
    "instant",
    "is_value",
    "judge_asset",
    "judge_manifest",
    "judges_alike",
    "level_at",
    "level_on",
    "limits",
    "longest",
    "longest_trial",
    "mended",
    "moved",
    "numbered",
    "problems",
    "recorded",
    "refuse_again",
    "resting",
    "rules_on",
    "settled",
    "standing_facts",
    "stands",
    "unmet_assets",
    "waiver_state",
    "waiver_use",
    "words_of",
]
