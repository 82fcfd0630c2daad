"""Which grade a claim of worth carries: never a better one than what shows it.

A firm that funds by evidence is asked for good grades, so nobody's word gives one. A
and B come from what is on record: an experiment that was won, an improvement that got
better beside its control. C takes a basis that can be looked up. All else is a claim.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from weft.core.outcomes.improvement import Grade
from weft.core.scalars import Month


class Proof(msgspec.Struct, frozen=True):
    """What shows that a mission is worth something, from a month on.

    grade: the one that it carries. says: what it falls short of; empty where it carries
    what is claimed for it.
    """

    grade: Grade
    since: Month
    says: str = ""


def carried(
    claimed: Grade, basis: str, month: Month, proofs: Sequence[Proof]
) -> tuple[Grade, str]:
    """Give the grade that a claim about a month carries, and why it is not the claimed.

    The weaker of what is claimed and of the best that shows it by then; the reason is
    empty where the two are the same.
    """
    there = [each for each in proofs if each.since <= month]
    best = min((each.grade for each in there), default="D")
    found: Grade = max(claimed, min(best, "C" if basis else "D"))
    return found, "" if found == claimed else _why(claimed, found, there)


def _why(claimed: Grade, found: Grade, there: Sequence[Proof]) -> str:
    """Say why a claim counts for less."""
    if claimed == "C":
        short = "nothing says where the estimate can be looked up"
    elif short := next((each.says for each in there if each.says), ""):
        short = short.removesuffix(".")
    elif claimed == "A" and any(each.grade == "B" for each in there):
        short = "no experiment of it was won by then"
    else:
        short = "no experiment was won, and nothing is shown beside a control"
    return f"Grade {claimed} is claimed, and counts as {found}: {short}."
