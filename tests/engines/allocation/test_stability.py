"""Within a month seats do not flap: a need that changes a little leaves the plan be."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.examples.conftest import TODAY, tell

from weft.app.rounds.working_out import knowing
from weft.core.entries import put
from weft.core.firm import Firm, change
from weft.core.rounds.round import Move
from weft.engines.allocation import Proposal, months_from, propose, read, state, taken

MONTH = months_from(f"{TODAY:%Y-%m}", 2)[1]


def worked(firm: Firm, holding: Firm | None = None) -> Proposal:
    """Work the month out alone, with the same effort each time."""
    stated = state(firm, knowing(firm, firm, TODAY), MONTH, 1, holding=holding)
    return read(stated, propose(stated.problem, seed=1))


def agreed(firm: Firm) -> Firm:
    """Have all say yes to the round."""
    for each in worked(firm).moves:
        move = Move(month=MONTH, person=each.person, parts=each.parts, taken=True)
        firm = change(firm, [put(move), *taken(firm, move)])
    return firm


def scaled(firm: Firm, hundredths: int) -> Firm:
    """Let every need ask for more or less."""
    needs = [n for _, n in sorted(firm.needs.items())]
    more = [int(n.share * (hundredths - 100) / 100) for n in needs]
    pairs = zip(needs, more, strict=True)
    return change(firm, [put(replace(n, share=n.share + m)) for n, m in pairs])


@pytest.mark.slow
def test_a_tenth_more_or_less_asks_nobody_to_move() -> None:
    before = tell("bank", TODAY, 150).firm
    after = agreed(before)
    for hundredths in (90, 110):
        found = worked(scaled(after, hundredths), before)
        assert found.moves == ()
        assert [note for note in found.notes if "leave it as it is" in note.what]
    assert len(worked(scaled(after, 130), before).moves) > 0


def test_a_need_is_held_to_a_tenth_and_no_further() -> None:
    before = tell("bank", TODAY, 150).firm
    known = knowing(before, before, TODAY)

    def demand(hundredths: int, holding: Firm | None) -> list[list[int]]:
        firm = scaled(before, hundredths)
        found: list[list[int]] = state(
            firm, known, MONTH, 2, holding=holding
        ).problem.demand.tolist()
        return found

    assert demand(110, before) == demand(90, before) == demand(100, None)
    assert demand(112, before) == demand(112, None)
