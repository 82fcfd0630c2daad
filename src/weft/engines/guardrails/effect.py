"""Whether a guardrail can take effect: it applies to something, and can be lifted.

One that cannot is refused when it is written. What becomes so later, as when the last
holder of a role leaves, holds nobody up: that is told as a misfit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from weft.core.firm import Firm
from weft.core.guardrails import Guardrail
from weft.engines.guardrails.consistency.saying import conditions
from weft.engines.guardrails.consistency.space import Space
from weft.engines.guardrails.rules.words import Words
from weft.engines.guardrails.waivers import approver
from weft.errors import InputError, Where


def ineffective(
    firm: Firm, guardrail: Guardrail, brought: Collection[str] = ()
) -> Iterator[InputError]:
    """Find why a guardrail could not take effect; nothing for a retired one.

    It takes about a millisecond. One that does not fit the words says nothing that
    could be read, so only those who answer for it are looked at. brought: roles that
    come with it, as with a ready set; they get their holders afterwards.
    """
    if guardrail.phase == "retired":
        return
    yield from _unheld(firm, guardrail, brought)
    space = Space(Words(firm.vocabulary, firm.acts), firm.sets, [guardrail])
    for says in space.all:
        if not space.possible([says], says.applies):
            yield InputError(
                f"{guardrail.id} applies to nothing: no request and no asset is"
                f" such that {conditions(says.tree.when)}.",
                do="Change or leave out one of these conditions.",
                where=Where(f"guardrails/{guardrail.id}", 0, "$.when"),
            )


def unheld(firm: Firm) -> Iterator[InputError]:
    """Find all guardrails whose level nobody may set or lift any more."""
    for _, guardrail in sorted(firm.guardrails.items()):
        if guardrail.phase != "retired":
            yield from _unheld(firm, guardrail)


def _unheld(
    firm: Firm, guardrail: Guardrail, brought: Collection[str] = ()
) -> Iterator[InputError]:
    """Find that nobody may set its level, or lift it by a waiver."""
    grants = approver(guardrail)
    duties = {guardrail.owner: ("owner", "nobody may set its level or lift it")}
    if guardrail.level != "advise" and grants != guardrail.owner:
        duties[grants] = ("waiver.approver", "nobody may grant a waiver from it")
    for name, (path, so) in duties.items():
        role = firm.roles.get(name)
        if role is not None and not role.holders and name not in brought:
            yield InputError(
                f"Nobody holds the role {name}, so {so}.",
                do=f"Give {name} a holder first, or name a role that has one.",
                where=Where(f"guardrails/{guardrail.id}", 0, f"$.{path}"),
            )
