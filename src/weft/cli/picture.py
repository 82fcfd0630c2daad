"""The weave as a picture of letters, for a terminal of any width."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from rich.text import Text

from weft.engines.knowledge import Crossing, Weave, WeaveColumn, WeaveRow

DEPTHS = ("· ", "░1", "▒▒", "▓▓", "██")
"""How a crossing looks by its depth: learners only, one person, and so on."""
_LEGEND = (
    ("· ", "learners only"),
    ("░1", "hangs on one person"),
    ("▒▒", "2 to 4 people"),
    ("▓▓", "5 to 14"),
    ("██", "15 or more"),
)
_LABEL, _CELL, _TAIL, _FEWEST = 34, 3, 22, 4
_STYLES = {"business": "yellow", "technology": "cyan"}
_ALONE = "bold red"


def picture(weave: Weave, width: int) -> Iterator[Text]:
    """Draw a weave, line by line.

    width: of the terminal, in letters. Where not all columns fit beside each
    other, the picture goes on below with the next ones, its rows repeated.
    """
    fit = max(_FEWEST, (width - _LABEL - _TAIL) // _CELL)
    at = {(c.row, c.column): c for c in weave.crossings}
    known = {c.row for c in weave.crossings}
    if not known:
        yield Text("There is nothing to weave yet: no people with skills or roles.")
        return
    for first in range(0, len(weave.columns), fit):
        columns = range(first, min(first + fit, len(weave.columns)))
        yield from _heads(weave, columns)
        camp = ""
        for place, row in enumerate(weave.rows):
            if place not in known:
                continue
            if row.camp != camp:
                camp = row.camp
                yield Text(camp, style="bold")
            yield _row(row, place, columns, at)
        yield Text()
    yield _legend()
    yield from map(Text, _about(weave, known))


def _heads(weave: Weave, columns: range) -> Iterator[Text]:
    """Draw the heads: each title leads along its own line down to its column."""
    for place in reversed(columns):
        column = weave.columns[place]
        before = (place - columns.start) * _CELL
        after = "  │" * (columns.stop - 1 - place)
        title = _cut(_title(column), _LABEL - 1)
        line = Text(title, style="bold")
        line.append(" " + "─" * (_LABEL - 1 - len(title) + before) + "┐" + after, "dim")
        yield line


def _title(column: WeaveColumn) -> str:
    """Write what a column is and how many sit in it."""
    own = " itself" if column.itself else ""
    return f"{_cut(column.title, 24)}{own} ({column.people})"


def _row(
    row: WeaveRow,
    place: int,
    columns: range,
    at: Mapping[tuple[int, int], Crossing],
) -> Text:
    """Draw one row: its cells, who knows it, and in how many places one person."""
    line = Text(f"{_cut(row.title, _LABEL - 2):<{_LABEL}}")
    for column in columns:
        crossing = at.get((place, column))
        line.append(_cell(crossing), _style(row, crossing))
        line.append(" ")
    alone = f", {row.alone} on one" if row.alone else ""
    line.append(f" {row.holders}{alone}", "dim")
    return line


def _cell(crossing: Crossing | None) -> str:
    """Draw one crossing."""
    return DEPTHS[crossing.depth] if crossing else "  "


def _style(row: WeaveRow, crossing: Crossing | None) -> str:
    """Give the colour of a crossing: red where it hangs on one person."""
    alone = crossing is not None and crossing.depth == 1
    return _ALONE if alone else _STYLES[row.camp]


def _legend() -> Text:
    """Say what the letters mean."""
    return Text("   ".join(f"{mark} {words}" for mark, words in _LEGEND))


def _about(weave: Weave, known: Collection[int]) -> Iterator[str]:
    """Say what the picture rests on, and what nobody in it knows."""
    if absent := [r.title for n, r in enumerate(weave.rows) if n not in known]:
        yield f"Known to nobody here: {', '.join(absent)}."
    if weave.spread is not None:
        yield (
            f"Technology is spread {weave.spread:.2f} over these {weave.across}: "
            "0 is all in one, 1 is even."
        )
    told = f"{weave.by_claims} people by what they claim, {weave.by_role} by their role"
    left = f"{weave.untold} not at all, {weave.unplaced} sit in none of the columns"
    yield f"Told of {told}; {left}."


def _cut(text: str, most: int) -> str:
    """Cut a text that is too long for its place."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
