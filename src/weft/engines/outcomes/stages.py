"""Input or outcome? A stage of the value chain proposed from a metric's own words.

The words are those in which firms say what they count, written from the definitions of
StratML's stages and looked at on a third of the metrics of one public portfolio; how
often they are right on the rest is told in docs/why/outcomes.md. It is a proposal: the
owner of a metric confirms or corrects it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from weft.core.outcomes.metric import NO_GOALS, OUTCOME_SIDE, Metric, Stage
from weft.core.records import Record


class Proposed(Record, frozen=True, kw_only=True):
    """The stage that a metric's words speak for; None where they say nothing of it.

    words: those that it was seen by.
    """

    stage: Stage | None
    words: str = ""
    why: str


class Mix(Record, frozen=True, kw_only=True):
    """What a mission or a firm is measured by: how many metrics of each kind.

    confirmed: how many of the stages an owner has confirmed; the rest are proposals.
    says: what that means, in a sentence.
    """

    metrics: int
    inputs: int
    outputs: int
    outcomes: int
    unknown: int
    confirmed: int
    mostly_inputs: bool
    says: str


FEWEST = 3
"""With fewer metrics nothing is said of what somebody is mostly measured by."""


def propose(title: str, unit: str = "") -> Proposed:
    """Propose a stage for a metric from its title and its unit, and say why.

    The first of the rules below that finds its words decides.
    """
    text = f"{title} [{unit}]".lower()
    for stage, pattern, why in _RULES:
        if found := pattern.search(text):
            words = found[0].strip(" []")
            return Proposed(stage=stage, words=words, why=f"“{words}” {why}")
    return Proposed(
        stage=None,
        why="No word in it says what is put in, handed over or better for somebody. "
        "Say for whom what gets better.",
    )


def stage_of(metric: Metric) -> Stage | None:
    """Give the stage that the owner confirmed, or else the one proposed."""
    return metric.stage or propose(metric.title, metric.unit).stage


def mix(metrics: Iterable[Metric]) -> Mix:
    """Tell what somebody is measured by; metrics that were given up do not count."""
    found = [metric for metric in metrics if metric.retired is None]
    stages = [stage_of(metric) for metric in found]
    inputs = sum(stage in NO_GOALS for stage in stages)
    outcomes = sum(stage in OUTCOME_SIDE for stage in stages)
    outputs = stages.count("Output")
    mostly = len(found) >= FEWEST and inputs * 2 > len(found)
    return Mix(
        metrics=len(found),
        inputs=inputs,
        outputs=outputs,
        outcomes=outcomes,
        unknown=stages.count(None),
        confirmed=sum(metric.stage is not None for metric in found),
        mostly_inputs=mostly,
        says=_says(len(found), inputs, outcomes, mostly=mostly),
    )


def _says(count: int, inputs: int, outcomes: int, *, mostly: bool) -> str:
    """Say in a sentence what a mix means."""
    if not count:
        return "Nothing is measured."
    if mostly:
        return (
            f"{inputs} of {count} metrics say what is put in: one can meet all of them "
            "while nothing gets better for anybody."
        )
    if not outcomes:
        return f"None of {count} metrics says what gets better for anybody."
    return f"{outcomes} of {count} metrics say what is different for somebody."


def _rule(stage: Stage, words: str, why: str) -> tuple[Stage, re.Pattern[str], str]:
    return stage, re.compile(rf"(?<![a-z])(?:{words})(?![a-z])"), why


_RULES: Final = (
    _rule(
        "Outcome",
        r"(?:dis)?satisf\w+|promoter|nps|recommend\w*|complain\w*|loyal\w*|churn\w*"
        r"|retention|well.?being|trust\w*|delight\w*|useful|usefull|treated well"
        r"|perceived",
        "says how those fare, or what they think, for whom it is done.",
    ),
    _rule(
        "Input",
        r"budget\w*|spen[dt]\w*|head ?count|ftes?|staff(?:ing)?|employees hired"
        r"|expenditures?|cost variance|costs? (?:per|of|remain)\b[^\[]*|it costs?"
        r"|training|turnover|attrition|certification|licen[cs]es (?:bought|held)"
        r"|person.days|hours (?:worked|booked)",
        "counts what is put in: money, people or their time.",
    ),
    _rule(
        "Input_Processing",
        r"tickets?|help ?desk|service desk|support desk|incidents?|outages?"
        r"|milestones?|schedules?|on.?time|on.?budget|deadlines?|projects?|backlog"
        r"|change requests?|scr|sla'?s?|severity|audits?"
        r"|security (?:controls?|assess\w*)"
        r"|story points|velocity|utili[sz]ation|requirements|work completed"
        r"|field work|defects?|issues|problems? reported|findings|escalated"
        r"|time to deploy|deploy\w*|lead time",
        "counts how the work goes, which can go well for nothing.",
    ),
    _rule(
        "Outcome",
        r"revenue|sales|profit|income|fraud\w*|saved|savings|repaid|collections"
        r"|benefit|mortality|immuni[sz]\w*|lost|losses|declined|queued?|waiting|waits?"
        r"|without (?:help|a|being)|first (?:conversation|try|visit)|main bank"
        r"|arrears|still (?:active|in use)|came on|put aside|missed (?:flights?|bags?)"
        r"|lost bags|delays? (?:of|for|per) passengers",
        "says what is different for those whom it is for.",
    ),
    _rule(
        "Output",
        r"uptime|up.time|availab\w+|response time|load speed|performance|throughput"
        r"|capacity|error rates?|errors|accuracy|accurate\w*|quality|data sources"
        r"|refresh\w*|models|artifacts|reports?|releases?|features?|records|files"
        r"|batch\w*|jobs|interface|processed|transactions|deliver\w*|number of new"
        r"|offerings|standards",
        "counts what is made, kept running or handed over.",
    ),
    _rule(
        "Output_Processing",
        r"users?|user base|use|uses|used|using|utilizing|adopt\w*|log.?ins?|sessions?"
        r"|submitt?\w*|electronically|online|self.service|visits?|participants|access"
        r"|sites|queries|sign.?ups?|downloads?|enrol\w*|registered|reporting|sending"
        r"|respon\w+ rates?|connections",
        "says what those whom it is for do with it.",
    ),
    _rule(
        "Outcome",
        r"customers?|citizens?|patients?|passengers?|beneficiar\w+|clients?|travell?ers?"
        r"|children|famil\w+|students?|people who|net promoter score|readers?|members?",
        "names those for whom something is to be better.",
    ),
    _rule(
        "Input_Processing",
        r"time (?:to|taken|from)|days? (?:to|from)|hours? to|cycle time"
        r"|within \w+ (?:\(\d+\) )?(?:business |working )?(?:hours?|days?)"
        r"|completion time|productivity",
        "counts how long the work takes.",
    ),
)
