"""Money as text: funds, promises, and what a round proposes."""

from __future__ import annotations

from collections.abc import Sequence

import click

from weft.app.funding.looking import FundState, Promises
from weft.app.funding.monthly import TrancheMonths
from weft.app.funding.rounds import Replay
from weft.app.views import View
from weft.cli.printing import apart, many, print_table
from weft.core.funding.round import MoneyMove
from weft.engines.funding.rounds import FundSum, MoneyLine, MoneyProposal, Other

_MOST = 60
"""So many lines are printed; --json has them all."""
_STANDS = {"untested": "is untested", "held": "held", "failed": "failed"}
_STATES = {"asked": "waits", "half": "one of two", "taken": "taken", "refused": "no"}


def title(view: View, mission: str) -> str:
    """Give the title of a mission; its id where it is gone."""
    found = view.firm.missions.get(mission)
    return found.title if found else mission


def _say(text: str, *, bold: bool = False) -> None:
    """Print a sentence with the thousands of its money apart."""
    click.secho(apart(text), bold=bold)


def show_funds(found: Sequence[FundState]) -> None:
    """Print every fund on a line."""
    if not found:
        _say("There is no fund. Put one in its place: weft put funds FILE.")
        return
    print_table(
        ["fund", "has", "reserve", "pays a month", "realised", "asks open"],
        [
            [
                state.fund.title,
                state.standing,
                state.reserve,
                state.paid,
                state.realised,
                sum(ask.state == "open" for ask in state.asks),
            ]
            for state in found
        ],
    )


def show_fund(view: View, state: FundState) -> None:
    """Print one fund with its tranches and asks."""
    fund = state.fund
    _say(f"{fund.title} in {state.month}", bold=True)
    _say(
        f"{fund.monthly} come in each month; {fund.reserve} % are kept for small bets."
    )
    _say(
        f"As the month begins it has {state.standing}, and {state.reserve} in reserve:"
        f" {state.put_in} came in, {state.released} was released, {state.returned}"
        " flowed back."
    )
    _say(f"Of it {state.paid} are paid this month.")
    print_table(
        ["mission", "since", "a month", "expected", "realised", "grade", "gap"],
        [
            [
                title(view, row.mission) + (" (bet)" if row.bet else ""),
                row.start + (f" to {row.end}" if row.end else ""),
                row.amount,
                row.expected or "not said",
                f"{row.realised} in {many(row.known, 'month')}",
                row.grade or "-",
                row.gap,
            ]
            for row in state.tranches
        ],
    )
    _say(
        f"All: expected {state.expected}, realised {state.realised}, gap {state.gap}"
        f" where something was expected. Proven (A and B): {state.proven}."
    )
    waits = state.waited
    if waits.median_days is not None:
        _say(
            f"From ask to money: {waits.median_days:g} days in the middle,"
            f" {waits.p90_days:g} for nine of ten ({many(waits.granted, 'ask')} granted"
            f" of {waits.asked} in 12 months)."
        )
    _show_rests(view, state)
    for ask in state.asks:
        if ask.state == "open":
            _say(
                f"{ask.id}: {ask.amount} a month from {ask.start} for"
                f" {title(view, ask.mission)}. {ask.why}"
            )


def show_behind(view: View, found: TrancheMonths) -> None:
    """Print a tranche month by month, then what the months come to."""
    whole = found.whole
    _say(f"{title(view, whole.mission)} out of {found.fund}", bold=True)
    print_table(
        ["month", "paid", "expected", "came", "grade", "what it rests on"],
        [
            [
                each.month,
                each.paid,
                each.expected,
                each.came,
                each.grade or "-",
                each.why or each.basis,
            ]
            for each in found.months
        ],
    )
    _say(
        f"Paid {whole.released} in {many(whole.months, 'month')}. In"
        f" {many(whole.known, 'month')} {whole.realised} came, {whole.proven} of it"
        " proven (A and B)."
    )
    if whole.gap:
        _say(f"Expected of these months: {whole.expected}; gap {whole.gap}.")


def _show_rests(view: View, state: FundState) -> None:
    """Print what the money of a fund rests on, a line for each assumption."""
    for each in state.rests:
        core = " No round proposes more money before it holds." * each.holds_back
        tried = f" (experiment {each.experiment})" if each.experiment else ""
        test = f" Test: {each.test}." if each.test else ""
        says = each.says.removesuffix(".")
        _say(
            f"{title(view, each.mission)} rests on: {says}. It"
            f" {_STANDS[each.verdict]}{tried}.{test}{core}"
        )


def show_kept(view: View, found: Sequence[Promises]) -> None:
    """Print how promises were kept, by mission and by how far ahead they were made."""
    if not found:
        _say("No forecast is recorded.")
    for each in found:
        _say(f"Promises in {each.currency}", bold=True)
        print_table(
            ["mission", "ahead", "came due", "promised", "came", "next comes to"],
            [
                [
                    title(view, record.mission) if record.mission else "All missions",
                    f"{row.horizon} months",
                    row.due,
                    row.promised,
                    row.came,
                    f"{row.share} % ({row.low} to {row.high})",
                ]
                for record in each.records
                for row in record.rows
                if row.due or not record.mission
            ],
        )
        old = [t for t in each.forecasts if t.came is None and t.age != "fresh"]
        for told in old[:_MOST]:
            _say(
                f"{told.forecast.key} is {told.age}: {told.forecast.value} a month"
                f" promised for {told.due}."
            )


def show_money(found: MoneyProposal) -> None:
    """Print what a round would do with the money."""
    _say(f"Money of {found.month}: {many(len(found.lines), 'mission')}", bold=True)
    if not found.funds:
        _say("There is no fund. Put one in its place: weft put funds FILE.")
    for each in found.funds:
        _show_sum(each)
        lines = [line for line in found.lines if line.fund == each.fund]
        for line in lines[:_MOST]:
            _show_line(line)
        if len(lines) > _MOST:
            _say(f"... and {len(lines) - _MOST} more; --json has them all.")


def _show_sum(each: FundSum) -> None:
    _say(f"\n{each.title}", bold=True)
    _say(
        f"{each.before} a month becomes {each.after}."
        f" Over {many(each.horizon, 'month')} {each.taken} of {each.available},"
        f" worth {each.worth} more than it costs."
    )
    if each.short:
        _say(f"The fund lacks {each.short}: not even the least fits.")
    else:
        _say(
            f"At most {each.gap:g} % from the best possible ({each.bound});"
            + (
                f" one more unit of money would bring {1 + each.price:.2f}."
                if each.price
                else " there is money for all that pays."
            )
        )


def _show_line(line: MoneyLine) -> None:
    kind = "platform " if line.platform else ""
    two = " (two people decide)" if line.two else ""
    _say(
        f"\n{line.word}: {kind}{line.title}, {line.before} -> {line.after} from"
        f" {line.starts}{two}",
        bold=True,
    )
    for told in line.why:
        _say(f"    {told}")
    _say(f"    Evidence: {' '.join(line.evidence)}")
    for other in line.others:
        if not other.barred:
            _say(f"    {_other(other)}")


def _other(other: Other) -> str:
    turns = f"; at {other.turns_at} a month it would be" if other.turns_at else ""
    return (
        f"Not {other.word} to {other.amount}: {other.worth} over the time,"
        f" {other.money} of money{turns}."
    )


def show_money_moves(view: View, found: Sequence[MoneyMove]) -> None:
    """Print the moves of a round, and how each stands."""
    if not found:
        _say("No money was put before people for that month.")
        return
    print_table(
        ["mission", "id", "proposed", "before", "after", "from", "stands", "said"],
        [
            [
                title(view, move.mission),
                move.mission,
                move.word,
                move.before,
                move.after,
                move.starts,
                _STATES[move.state],
                ", ".join(
                    f"{view.name(r.by)}: {r.answer}{f', {r.why}' if r.why else ''}"
                    for r in move.last
                ),
            ]
            for move in found
        ],
    )


def show_replay(found: Replay) -> None:
    """Print whether a round came out the same again."""
    told = "the same" if found.same else "NOT the same"
    _say(
        f"Worked out again on entry {found.seq}: {told} ({found.now[:12]} against"
        f" {found.then[:12]})."
    )
