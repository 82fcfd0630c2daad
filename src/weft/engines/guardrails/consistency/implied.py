"""Guardrails that could go: whatever they refuse, others refuse as well.

Asked of all worlds, also those in which facts are missing. Only a guardrail that is as
heavy, and in force whenever the other is, makes it needless.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from weft.engines.guardrails.consistency.flaws import Flaw
from weft.engines.guardrails.consistency.saying import listed, named, want
from weft.engines.guardrails.consistency.space import Says, Space
from weft.engines.guardrails.consistency.spans import stands_in

_WAIVERS: Final = "Who needs an exception has to ask for one from each of them."


def implied(
    space: Space, says: Says, others: Sequence[Says], today: date
) -> Iterator[Flaw]:
    """Find by which of the others a guardrail is made needless: each, or some together.

    others: such as are met somewhere and refuse something.
    """
    one = says.guardrail
    able = [
        other
        for other in others
        if other is not says
        and stands_in(other.guardrail, one, today)
        and not says.words.isdisjoint(other.words)
    ]
    if not able or _apart(space, says, able):
        return
    core = [other for other in able if other.holds in space.formula.core]
    alone = [other for other in able if not _apart(space, says, [other])]
    for other in alone:
        same = not _apart(space, other, [says])
        if not same or _goes(says, other, today):
            yield _flaw(space, says, [other], same=same)
    if not alone:
        for other in list(core):
            fewer = [each for each in core if each is not other]
            if fewer and not _apart(space, says, fewer):
                core = fewer
        met = (each.holds for each in core)
        if space.possible([says, *core], says.met, *met):
            yield _flaw(space, says, core, same=False)


def _apart(space: Space, says: Says, others: Sequence[Says]) -> bool:
    """Tell whether something is refused by one guardrail and by none of the others."""
    holds = (other.holds for other in others)
    return space.possible([says, *others], -says.holds, *holds, known=False)


def _goes(says: Says, other: Says, today: date) -> bool:
    """Tell which of two equal guardrails could go: the lighter, else the later name."""
    one, two = says.guardrail, other.guardrail
    return not stands_in(one, two, today) or one.id > two.id


def _flaw(space: Space, says: Says, others: Sequence[Says], *, same: bool) -> Flaw:
    """Tell that a guardrail is made needless by others."""
    names = listed(named(other.guardrail) for other in others)
    if same:
        what = f"{named(says.guardrail)} refuses exactly what {names} refuses."
    else:
        together = " together" if others[1:] else ""
        verb = "refuse" if others[1:] else "refuses"
        what = f"All that {named(says.guardrail)} refuses, {names} {verb}{together}."
    duty = says.guardrail.duty
    more = f" Its duty would go with it: {duty}" if duty else ""
    return Flaw(
        flaw="equal" if same else "implied",
        guardrails=(says.guardrail.id, *(other.guardrail.id for other in others)),
        what=f"{what} {_WAIVERS}{more}",
        example=space.example([says, *others], -says.holds),
        wants=tuple(map(want, (says, *others))),
    )
