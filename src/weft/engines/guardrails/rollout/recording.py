"""What a baseline is made of: what breaks a guardrail on the day it is rolled out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from weft.core.firm import Firm
from weft.core.framework.rollouts import BaselineItem, Rollout
from weft.core.guardrails import Guardrail
from weft.engines.guardrails.blast.sides import Side, Sides, first_instant
from weft.engines.guardrails.waivers import instant
from weft.errors import ConflictError, InputError, UnknownName, Where

MOST_DAYS: Final = 730
"""So many days from its start a baseline lasts at most: nothing is for good."""
Pair = tuple[str, str, str]
"""An asset, a path in it, and the value there as decisions tell it."""


def check_rollout(
    firm: Firm, guardrail: Guardrail, rollout: Rollout
) -> Iterator[InputError]:
    """Find all that is wrong with rolling a guardrail out in this way."""
    if guardrail.level == "advise" or guardrail.phase != "enforced":
        yield InputError(
            f"{guardrail.id} would block nothing: there is nothing to tolerate.",
            do="Give it the level must or veto and the phase enforced; `binds` names "
            "the day from which it is to block.",
            where=Where(f"guardrails/{guardrail.id}", 0, "$.level"),
        )
    first = first_instant(firm, guardrail, rollout.started_at).date()
    last = rollout.started_at.date() + timedelta(days=MOST_DAYS)
    dates = {"until": rollout.until}
    dates |= {f"dates.{mission}": day for mission, day in rollout.dates.items()}
    for path, day in dates.items():
        if not first < day <= last:
            yield InputError(
                f"{day} is no day to have mended by.",
                do=f"Give a day after {first}, when it binds, up to {last}.",
                where=Where("", 0, f"$.{path}"),
            )
    for mission in rollout.dates:
        if mission not in firm.missions:
            at = Where("", 0, f"$.dates.{mission}")
            yield UnknownName("mission", mission, firm.missions, at)


def refuse_again(firm: Firm, guardrail: Guardrail) -> None:
    """Refuse to roll a version out twice: its baseline is recorded once, and shrinks.

    Raises ConflictError.
    """
    for each in firm.rollouts.values():
        if (each.guardrail, each.version) == (guardrail.id, guardrail.version):
            raise ConflictError(
                f"Version {each.version} of {each.guardrail} was rolled out already, "
                f"as {each.id}.",
                do="What broke since is mended, or asks for a waiver.",
            )


def recorded(
    firm: Firm, guardrail: Guardrail, rollout: Rollout
) -> tuple[BaselineItem, ...]:
    """Give what breaks a guardrail today: the baseline of its roll-out.

    Judged is the day from which it binds. What a waiver covers then is left out. Of a
    guardrail that was rolled out before, what was mended never comes back, what is
    still to be mended keeps an earlier end, and what breaks the version before,
    tolerated by nothing, is not tolerated now either.
    """
    earlier = _earlier(firm, guardrail.id)
    refused: set[Pair] = set()
    if earlier or any(r.guardrail == guardrail.id for r in firm.rollouts.values()):
        today = Sides(firm, guardrail, instant(firm, rollout.started_at))
        refused = {pair for pair, _ in _offending(today, today.before)}
    sides = Sides(firm, guardrail, first_instant(firm, guardrail, rollout.started_at))
    found: list[BaselineItem] = []
    for pair, mission in _offending(sides, sides.after):
        olds = earlier.get(pair, ())
        end = min([_midnight(rollout.end_for(mission)), *(old.until for old in olds)])
        gone = any(old.mended_at for old in olds) or end <= rollout.started_at
        if pair in refused or gone:
            continue
        item = BaselineItem(
            id=f"{rollout.id}-{len(found) + 1:05}",
            rollout=rollout.id,
            guardrail=guardrail.id,
            version=guardrail.version,
            asset=pair[0],
            mission=mission,
            path=pair[1],
            value=pair[2],
            until=end,
        )
        found.append(item)
    return tuple(found)


def _offending(sides: Sides, side: Side) -> Iterator[tuple[Pair, str | None]]:
    """Give each path and value that makes an asset break, with its mission.

    A fault is no value: it is not tolerated.
    """
    for key in sorted(sides.firm.assets):
        asset = sides.firm.assets[key]
        facts: Mapping[str, Any] = sides.standing(asset)
        stands, told = side.stand(sides.rules, facts)
        if stands != "breaks":
            continue
        told = told or side.why(sides.rules, facts)
        if told is None or told.state == "error":
            continue
        for path, value in dict.fromkeys(
            (reason.path, reason.actual)
            for reason in told.reasons
            if reason.part != "applies" and reason.waiver is None
        ):
            yield (key, path, value), asset.mission


def _earlier(firm: Firm, guardrail: str) -> dict[Pair, list[BaselineItem]]:
    """Give what earlier roll-outs of a guardrail have recorded."""
    found: dict[Pair, list[BaselineItem]] = {}
    for item in firm.baseline.values():
        if item.guardrail == guardrail:
            found.setdefault((item.asset, item.path, item.value), []).append(item)
    return found


def _midnight(day: date) -> datetime:
    """Give the first instant of a day."""
    return datetime.combine(day, time(), UTC)
