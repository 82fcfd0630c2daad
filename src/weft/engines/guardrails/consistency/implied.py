"""Guardrails that could go: whatever they refuse, others refuse as well.

Asked of all worlds, also those in which facts are missing. Only a guardrail that is as
heavy, and in force whenever the other is, makes it needless.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from weft.core.guardrails import Guardrail
from weft.engines.guardrails.consistency.flaws import Flaw
from weft.engines.guardrails.consistency.saying import listed, named, want
from weft.engines.guardrails.consistency.space import Says, Space
from weft.engines.guardrails.consistency.spans import stands_in

_WAIVERS: Final = "Who needs an exception has to ask for one from each of them."


def implied(
    spaces: Sequence[Space], one: Guardrail, others: Iterable[Guardrail], today: date
) -> Iterator[Flaw]:
    """Find by which of the others a guardrail is made needless: each, or some together.

    spaces: one for each act. others: such as are met somewhere and refuse something.
    """
    able = {other.id: other for other in others if other.id != one.id}
    alone, together = _ever(
        spaces, one, lambda name: name in able and stands_in(able[name], one, today)
    )
    for name in sorted(alone):
        same = not _apart(spaces, able[name], [one.id])
        if not same or _goes(one, able[name], today):
            yield _flaw(spaces, one, [name], same=same)
    if not alone and together:
        core = sorted(together)
        for name in tuple(core):
            fewer = [each for each in core if each != name]
            if fewer and not _apart(spaces, one, fewer):
                core = fewer
        if _can_all_be_met(spaces, one, core):
            yield _flaw(spaces, one, core, same=False)


def _ever(
    spaces: Sequence[Space], one: Guardrail, is_able: Callable[[str], bool]
) -> tuple[set[str], set[str]]:
    """Give those that refuse whatever one refuses: each alone; and some, together."""
    left: set[str] | None = None
    alone, together = set[str](), set[str]()
    for space in spaces:
        says = space.by_id.get(one.id)
        if says is None or not space.possible([says], -says.holds, known=False):
            continue
        if left is None:
            left = {each for each in _near(space, says) if is_able(each)}
            alone = left.copy()
        left.intersection_update(_near(space, says))
        alone &= left
        some = [space.by_id[name] for name in sorted(left)]
        holds = [other.holds for other in some]
        if space.possible([says, *some], -says.holds, *holds, known=False):
            return set(), set()
        together |= {o.guardrail.id for o in some if o.holds in space.formula.core}
        while alone:
            those = [space.by_id[name] for name in sorted(alone)]
            held = space.formula.one(other.holds for other in those)
            if not space.possible([says, *those], -says.holds, held, known=False):
                break
            alone -= {o.guardrail.id for o in those if space.true(o.holds)}
    return alone, together


def _near(space: Space, says: Says) -> Iterator[str]:
    """Name the guardrails that read a word that this one reads, itself among them."""
    for name, other in space.by_id.items():
        if not says.words.isdisjoint(other.words):
            yield name


def _apart(spaces: Sequence[Space], one: Guardrail, others: Iterable[str]) -> bool:
    """Tell whether something is refused by one guardrail and by none of the others."""
    for space in spaces:
        says = space.by_id.get(one.id)
        some = [space.by_id[name] for name in others if name in space.by_id]
        holds = (other.holds for other in some)
        if says and space.possible([says, *some], -says.holds, *holds, known=False):
            return True
    return False


def _can_all_be_met(
    spaces: Sequence[Space], one: Guardrail, names: Sequence[str]
) -> bool:
    """Tell whether something meets a guardrail and is not refused by some others."""
    for space in spaces:
        says = space.by_id.get(one.id)
        some = [space.by_id[name] for name in names if name in space.by_id]
        holds = (other.holds for other in some)
        if says and space.possible([says, *some], says.met, *holds):
            return True
    return False


def _goes(one: Guardrail, other: Guardrail, today: date) -> bool:
    """Tell which of two equal guardrails could go: the lighter, else the later name."""
    return not stands_in(one, other, today) or one.id > other.id


def _flaw(
    spaces: Sequence[Space], one: Guardrail, names: Sequence[str], *, same: bool
) -> Flaw:
    """Tell that a guardrail is made needless by others."""
    space = next(
        space
        for space in spaces
        if one.id in space.by_id
        and space.possible(
            [space.by_id[one.id]], -space.by_id[one.id].holds, known=False
        )
    )
    says, others = space.by_id[one.id], [space.by_id[name] for name in names]
    told = listed(named(other.guardrail) for other in others)
    if same:
        what = f"{named(one)} refuses exactly what {told} refuses."
    else:
        together = " together" if others[1:] else ""
        verb = "refuse" if others[1:] else "refuses"
        what = f"All that {named(one)} refuses, {told} {verb}{together}."
    more = f" Its duty would go with it: {one.duty}" if one.duty else ""
    return Flaw(
        flaw="equal" if same else "implied",
        guardrails=(one.id, *names),
        what=f"{what} {_WAIVERS}{more}",
        example=space.example([says, *others], -says.holds),
        wants=tuple(map(want, (says, *others))),
    )
