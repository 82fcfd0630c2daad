"""What missions wanted, as who asks meets it: first asking, the yes, and done.

A want is the same act of a mission on the same asset; where no asset is named, under
the same title; with neither, each asking is one of its own. It begins with the first
asking and is answered by the first yes: at once, after something was changed and asked
again, or once a waiver was granted for each guardrail that said no. What is asked after
that is another want. A no is no useful answer here, however well it says what to do.

Nothing on record ties a deployment to a request. So done is the first deployment of
the asset to production that came through after the yes: the earliest that it can be.
Where tools began to report of the asset only after the first asking, one before may
have gone unseen, so that its end is not told.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from weft.core.delivering.deliveries import Delivery
from weft.core.guardrails import Waiver
from weft.core.records import Record
from weft.core.requests import Asked
from weft.engines.transition.spans import Span


class Want(Record, frozen=True, kw_only=True, gc=False):
    """What a mission wanted, and what came of it.

    answers: the numbers of all its answers, the first one first. yes: when it was
    answered usefully. waived: by waivers, before it was asked again. reported: tools
    told of its asset by the first asking, so that its end is; done: when that was.
    """

    mission: str
    act: str
    asset: str | None = None
    title: str = ""
    answers: tuple[int, ...]
    asked: datetime
    yes: datetime | None = None
    waived: bool = False
    reported: bool = False
    done: datetime | None = None

    @property
    def at_once(self) -> bool:
        """Tell whether the first answer was a yes."""
        return self.yes == self.asked

    @property
    def answering(self) -> Span:
        """Give the time to the yes."""
        return Span(self.asked, self.yes)

    @property
    def doing(self) -> Span:
        """Give the time to its being done."""
        return Span(self.asked, self.done)


def wants(asked: Iterable[Asked], waivers: Iterable[Waiver]) -> Iterator[Want]:
    """Tell of each want from when to when who asked waited for a yes.

    asked: in order. They come as they are answered, and last those that still wait.
    """
    granted = _granted(waivers)
    waiting: dict[Hashable, Want] = {}
    for each in asked:
        key = _key(each)
        want = waiting.pop(key, None)
        if want and want.yes and want.yes <= each.at and not each.yes:
            yield want  # a waiver had let it pass: this is another
            want = None
        want = _answered(want, each, granted)
        if each.yes:
            yield want
        else:
            waiting[key] = want
    yield from waiting.values()


def _key(asked: Asked) -> Hashable:
    """Give what the same want is known by."""
    about = asked.asset or " ".join(asked.title.casefold().split()) or asked.number
    return asked.mission, asked.act, asked.asset is None, about


def _answered(
    want: Want | None, each: Asked, granted: Mapping[int, Mapping[str, datetime]]
) -> Want:
    """Add an answer to a want, or begin one with it."""
    if want is None:
        want = Want(
            mission=each.mission,
            act=each.act,
            asset=each.asset,
            title=each.title,
            answers=(),
            asked=each.at,
        )
    came = each.at if each.yes else _waived(each, granted.get(each.number, {}))
    answers = (*want.answers, each.number)
    if came is None or (want.yes and want.yes <= came):
        return replace(want, answers=answers)
    return replace(want, answers=answers, yes=came, waived=not each.yes)


def _granted(waivers: Iterable[Waiver]) -> Mapping[int, Mapping[str, datetime]]:
    """Give when waivers were granted, by the answer they were asked for on."""
    found: dict[int, dict[str, datetime]] = {}
    for each in waivers:
        if each.decision is not None and each.granted_at is not None:
            first = found.setdefault(each.decision, {})
            before = first.get(each.guardrail, each.granted_at)
            first[each.guardrail] = min(before, each.granted_at)
    return found


def _waived(each: Asked, granted: Mapping[str, datetime]) -> datetime | None:
    """Give when the last guardrail that said no was waived, if all of them were."""
    if not each.refused_by or not granted.keys() >= set(each.refused_by):
        return None
    return max(granted[guardrail] for guardrail in each.refused_by)


def ended(
    told: Iterable[Want], by_asset: Mapping[str, Sequence[Delivery]], until: datetime
) -> Iterator[Want]:
    """Tell of wants whether they are done, up to an instant, where that is reported."""
    known: dict[str, tuple[datetime, list[datetime]]] = {}
    for want in told:
        reported = by_asset.get(want.asset or "")
        if not want.asset or not reported:
            yield want
            continue
        if want.asset not in known:
            known[want.asset] = min(d.at for d in reported), _ran(reported, until)
        since, ran = known[want.asset]
        if since > want.asked:
            yield want
        else:
            yield replace(want, reported=True, done=_next(ran, want.yes))


def _next(ordered: Sequence[datetime], since: datetime | None) -> datetime | None:
    """Give the first instant at or after another, if there is any."""
    place = len(ordered) if since is None else bisect_left(ordered, since)
    return ordered[place] if place < len(ordered) else None


def _ran(reported: Iterable[Delivery], until: datetime) -> list[datetime]:
    """Give when something was deployed to production and came through, in order."""
    return sorted(
        each.at
        for each in reported
        if each.what == "deployment" and each.live and each.worked and each.at <= until
    )
