"""Waivers and baselines: the one place that decides which of them count, for what.

An item of a baseline is to the judgement what a waiver is: it covers one path and
value of one asset until its end. It asks for nothing but to be as it was recorded.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from immutables import Map

from weft.core.firm import Firm
from weft.core.framework.rollouts import BaselineItem
from weft.core.guardrails import Guardrail, Waiver, WaiverState, WaiverWord
from weft.core.indexes import baseline_by_asset
from weft.core.requests import Reason
from weft.engines.guardrails.rules.wording import line
from weft.errors import InputError, UnknownName, Where

Exempt = Waiver | BaselineItem
Groups = Mapping[str, list[Waiver]]

DAYS: Final = 90
"""How long an exception lasts at most where the guardrail states no terms."""
VETO_DAYS: Final = 30
"""How long a veto is lifted at most, whatever its terms say."""


def approver(guardrail: Guardrail) -> str:
    """Name the role that grants exceptions; a veto is lifted by its owner alone."""
    terms = guardrail.waiver
    if guardrail.level == "veto" or terms is None or terms.approver is None:
        return guardrail.owner
    return terms.approver


def longest(guardrail: Guardrail) -> timedelta:
    """Give how long an exception may last at most."""
    days = guardrail.waiver.max_days if guardrail.waiver else DAYS
    return timedelta(days=min(days, VETO_DAYS) if guardrail.level == "veto" else days)


def instant(firm: Firm, at: datetime) -> datetime:
    """Give the instant that counts, in UTC: a clock that went back revives nothing."""
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return at if firm.at is None else max(at, firm.at)


def waiver_state(firm: Firm, waiver: Exempt, at: datetime) -> WaiverState:
    """Tell how a waiver stands at an instant; nothing else decides whether it counts.

    It counts from its start until just before its end. Who granted it has to hold
    the approving role still: when they leave it, it has to be granted anew. An item
    of a baseline counts until its end for as long as it has never been mended.
    """
    now = instant(firm, at)
    if isinstance(waiver, BaselineItem):
        return _recorded(firm, waiver, now)
    for state in (_decided(waiver, now), _lost(firm, waiver), _over(waiver, now)):
        if state is not None:
            return state
    guardrail = firm.guardrails[waiver.guardrail]
    wrong = (*misfits(waiver, guardrail), *_by_a_stranger(firm, waiver, guardrail))
    if wrong:
        return _state("invalid", wrong[0])
    if now < waiver.starts:
        return _state("scheduled", f"It counts from {_told(waiver.starts)}.")
    return _state("live", f"It counts until {_told(waiver.until)}.")


def _recorded(firm: Firm, item: BaselineItem, now: datetime) -> WaiverState:
    """Tell how an item of a baseline stands."""
    if _past(item.mended_at, now):
        when = _told(item.mended_at or now)
        return _state("mended", f"It was mended at {when} and does not come back.")
    if item.rollout not in firm.rollouts:
        return _state("orphaned", f"Roll-out {item.rollout} is gone.")
    if lost := _lost(firm, item):
        return lost
    if over := _over(item, now):
        return over
    return _state("live", f"It counts until {_told(item.until)}.")


def _decided(waiver: Waiver, now: datetime) -> WaiverState | None:
    """Tell what was decided about it, if that settles its state."""
    if waiver.refused_by is not None or _past(waiver.refused_at, now):
        return _state("refused", waiver.ended_because or "It was refused.")
    if waiver.granted_by is None or not _past(waiver.granted_at or now, now):
        if _past(waiver.until, now):
            return _state("expired", "Nobody granted it before its end.")
        return _state("asked", "Nobody has granted it yet.")
    revoked = waiver.revoked_by is not None or waiver.revoked_at is not None
    if revoked and _past(waiver.revoked_at or now, now):
        return _state("revoked", waiver.ended_because or "It was revoked.")
    return None


def _lost(firm: Firm, waiver: Exempt) -> WaiverState | None:
    """Tell what it was granted for and is there no more."""
    guardrail = firm.guardrails.get(waiver.guardrail)
    if guardrail is None or guardrail.phase == "retired":
        return _state("orphaned", f"Guardrail {waiver.guardrail} is gone.")
    if isinstance(waiver, Waiver) and waiver.mission not in firm.missions:
        return _state("orphaned", f"Mission {waiver.mission} is gone.")
    if waiver.asset is not None and waiver.asset not in firm.assets:
        return _state("orphaned", f"Asset {waiver.asset} is gone.")
    if guardrail.version != waiver.version:
        new, old = guardrail.version, waiver.version
        return _state("outdated", f"It is for version {old}; now there is {new}.")
    return None


def _over(waiver: Exempt, now: datetime) -> WaiverState | None:
    """Tell whether its end has come."""
    if not _past(waiver.until, now):
        return None
    return _state("expired", f"It ended at {_told(waiver.until)}.")


def misfits(waiver: Waiver, guardrail: Guardrail) -> Iterator[str]:
    """Say why a waiver could never count, by its own fields and its guardrail's."""
    if guardrail.level == "advise":
        yield f"{guardrail.id} only advises: nothing has to be waived."
    if waiver.until - waiver.starts > longest(guardrail):
        days = longest(guardrail).days
        yield f"It lasts longer than the {days} days that {guardrail.id} allows."
    if waiver.granted_by is not None and waiver.granted_by == waiver.asked_by:
        yield "It was granted by who asked for it."


def _by_a_stranger(firm: Firm, waiver: Waiver, guardrail: Guardrail) -> Iterator[str]:
    """Say if who granted a waiver does not hold the role that may."""
    role = approver(guardrail)
    held = firm.roles.get(role)
    holders = held.holders if held else ()
    if waiver.granted_by is not None and waiver.granted_by not in holders:
        yield f"It was granted by {waiver.granted_by}, who does not hold {role}."


def check_waiver(firm: Firm, waiver: Waiver) -> tuple[InputError, ...]:
    """Find all that is wrong with a waiver before it is asked, granted or loaded."""
    at = f"waivers/{waiver.id}"
    guardrail = firm.guardrails.get(waiver.guardrail)
    named = (
        ("guardrail", waiver.guardrail, firm.guardrails),
        ("mission", waiver.mission, firm.missions),
        ("asset", waiver.asset, firm.assets),
    )
    found: list[InputError] = [
        UnknownName(what, name, known, Where(at, 0, f"$.{what}"))
        for what, name, known in named
        if name is not None and name not in known
    ]
    if guardrail is None:
        return tuple(found)
    if guardrail.version != waiver.version:
        found.append(
            InputError(
                f"{guardrail.id} has version {guardrail.version} now.",
                do="Ask for a waiver of that version.",
                where=Where(at, 0, "$.version"),
            )
        )
    do = f"{approver(guardrail)} may grant it, for {longest(guardrail).days} days."
    if guardrail.level == "advise":
        do = "Go ahead without a waiver."
    wrong = (*misfits(waiver, guardrail), *_by_a_stranger(firm, waiver, guardrail))
    found += [InputError(why, do=do, where=Where(at, 0, "$")) for why in wrong]
    return tuple(found)


def covers(waiver: Exempt, reason: Reason) -> bool:
    """Tell whether a waiver is about one offending path and value."""
    return not waiver.covers or any(
        cover.path == reason.path and cover.value in {None, reason.actual}
        for cover in waiver.covers
    )


def exempting(
    firm: Firm, guardrail: str, mission: str | None, asset: str | None
) -> list[Exempt]:
    """Give what could exempt a subject from a guardrail, whatever its state.

    A waiver without an asset is about all that its mission does. What was recorded
    of an asset holds for whoever owns it now, and for nobody else.
    """
    found: list[Exempt] = [
        waiver
        for waiver in waived(firm, mission).get(guardrail, ())
        if waiver.asset in {None, asset}
    ]
    found += [i for i in items_of(firm, mission, asset) if i.guardrail == guardrail]
    return found


def items_of(
    firm: Firm, mission: str | None, asset: str | None
) -> tuple[BaselineItem, ...]:
    """Give what was recorded of an asset, where it is the mission's own."""
    if not firm.baseline or asset is None:
        return ()
    owned = firm.assets.get(asset)
    if owned is None or owned.mission != mission:
        return ()
    items = baseline_by_asset(firm).get(asset, ())
    return tuple(sorted(items, key=lambda item: item.id))


def waived(firm: Firm, mission: str | None) -> Groups:
    """Give the waivers of a mission, in whatever state, by guardrail."""
    return _by_mission(firm.waivers).get(mission or "", _NONE)


def _by_mission(table: Map[str, Waiver]) -> Mapping[str, Groups]:
    """Group the waivers, once for each state of their table."""
    kept = _cache.get(id(table))
    if kept is None:
        groups: dict[str, dict[str, list[Waiver]]] = {}
        for waiver in (table[key] for key in sorted(table)):
            mine = groups.setdefault(waiver.mission, {})
            mine.setdefault(waiver.guardrail, []).append(waiver)
        kept = _cache[id(table)] = (table, groups)
        while len(_cache) > _KEPT:
            _cache.popitem(last=False)
    return kept[1]


_NONE: Groups = {}
_KEPT: Final = 8
_cache: OrderedDict[int, tuple[Map[str, Waiver], Mapping[str, Groups]]]
_cache = OrderedDict()


def _past(instant: datetime | None, now: datetime) -> bool:
    """Tell whether an instant has come."""
    return instant is not None and instant <= now


def _told(instant: datetime) -> str:
    """Write an instant as people read it."""
    told = instant.astimezone(UTC).isoformat(" ", "minutes")
    return told.replace("+00:00", " UTC")


def _state(word: WaiverWord, why: str) -> WaiverState:
    """Make a state; the reason that people wrote may be long."""
    return WaiverState(state=word, why=line(why, 380))
