"""A log read whole: columns told, rows put in order, each case followed to its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter

import msgspec

from weft.core.work.cases import Case, Grouped, StateTaken
from weft.errors import InputError, Where
from weft.interop.layouts.words import plain
from weft.interop.logs.columns import Column, columns_of
from weft.interop.logs.exports import ENDS, as_events, one_row_each
from weft.interop.logs.following import Row, follow
from weft.interop.logs.source import MOST_EVENTS, Source, delimited, unpacked
from weft.interop.logs.states import States
from weft.interop.logs.times import Clock, check_zones, zoned
from weft.interop.logs.xes import looks_like_xes, xes
from weft.interop.sheets.table import Finding

FEWEST = 5
_MISSING = {"", "?", "-", "--", "n/a", "na", "nan", "null", "none", "missing", "empty"}
_CHANGES = {"status", "state", "incident state", "zustand", "estado", "statut"}
_SHOWN, _LONGEST, _DAY_LONG = 3, 16, 10
_TEXTS = (
    *("case", "time", "state", "step", "group", "person"),
    *("asker", "product", "priority", "sort", "opened", "order"),
    *("done", "closed", "change"),
)


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody said of a log: columns by field, states by what they mean.

    log: its name, under which a later one of the same tickets comes too. zone: of
    times that name none; empty for the clock of the log, kept as it stands.
    """

    log: str = "tickets"
    columns: Mapping[str, str] = {}
    states: Mapping[str, str] = {}
    zone: str = ""


class Told(msgspec.Struct, frozen=True):
    """Who asked for a case and who had it last, as the log calls them; never kept."""

    asker: str
    person: str
    group: str


class Log(msgspec.Struct, frozen=True, kw_only=True):
    """A log as it was read: its cases, what was understood, what was done to read it.

    told: beside each case who is behind it, for units to be found; never kept.
    people: how many persons had a case.
    """

    columns: tuple[Column, ...]
    states: tuple[StateTaken, ...]
    groups: tuple[Grouped, ...]
    cases: tuple[Case, ...]
    told: tuple[Told, ...]
    people: int
    events: int
    findings: tuple[Finding, ...]


def read_log(name: str, raw: bytes, said: Said | None = None) -> Log:
    """Read a log: CSV or XES, packed by gzip or not.

    Raises InputError where it is empty, too large, or a needed column cannot be told;
    Malformed, with the row, for what cannot be read at all.
    """
    said = said or Said()
    source = _source(name, raw)
    rows = None
    if source.first:
        columns = columns_of(source.heads, source.first, said.columns, name)
        rows = _Rows(name, source, columns)
    if rows is None or not rows.all:
        raise InputError(
            "There is no event in it.",
            do="Give a log with a row for each change of a ticket.",
            where=Where(name),
        )
    return _understood(name, rows, rows.columns, said)


def read_heads(name: str, raw: bytes) -> tuple[str, ...]:
    """Give the heads of the columns of a log."""
    return _source(name, raw).heads


def _source(name: str, raw: bytes) -> Source:
    """Open a log in the form that it has."""
    raw = unpacked(name, raw)
    return xes(name, raw) if looks_like_xes(raw) else delimited(name, raw)


class _Rows:
    """The rows of a log, each as the texts of the fields, missing ones empty."""

    def __init__(self, name: str, source: Source, columns: Sequence[Column]) -> None:
        self.findings, self.columns = list(source.findings), tuple(columns)
        self.all: list[tuple[str, ...]] = []
        self.numbers: list[int] = []
        places = {column.field: source.heads.index(column.head) for column in columns}
        at = [places.get(field, -1) for field in _TEXTS]
        caseless, timeless, others = [], [], []
        clean, widest = _Clean().__getitem__, max(at)
        pick = itemgetter(*at)
        for number, told in source.rows:
            short = widest + 1 - len(told)
            # One cell more, always empty: that of the fields that have no column.
            cells = [*told, *[""] * (short + 1 if short > 0 else 1)]
            row = tuple(map(clean, pick(cells)))
            if not row[0]:
                caseless.append(number)
            elif not row[1]:
                timeless.append(number)
            elif row[14] and plain(row[14]) not in _CHANGES:
                others.append(number)
            else:
                self.all.append(row)
                self.numbers.append(number)
            if len(self.all) > MOST_EVENTS:
                raise InputError(
                    f"{name} has more than {MOST_EVENTS:,} events.",
                    do="Cut it by time, and import the parts under one name.",
                    where=Where(name),
                )
        self.lose(caseless, "without a case")
        self.lose(timeless, "without a time")
        self.lose(others, "that tell of a change of something else than the state")
        self.spread()

    def spread(self) -> None:
        """Make events of an export that has one row for each case.

        Else when a case ended is never looked at: in a log it stands in its first row.
        """
        if not one_row_each(self.all):
            self.columns = tuple(c for c in self.columns if c.field not in ENDS)
            return
        pairs = [
            (number, event)
            for number, row in zip(self.numbers, self.all, strict=True)
            for event in as_events(row)
        ]
        what = f"Each case has one row: {len(self.all):,} cases."
        done = "Opened and done as it says; who had a case in between is not in it."
        self.findings.append(Finding(sort="note", what=what, done=done))
        self.numbers = [number for number, _ in pairs]
        self.all = [event for _, event in pairs]

    def lose(self, numbers: Sequence[int], why: str, sort: str = "lost") -> None:
        """Tell of rows that are left out, and of the first of them by number."""
        if numbers:
            some = ", ".join(map(str, numbers[:_SHOWN]))
            more = " ..." if len(numbers) > _SHOWN else ""
            what = f"{len(numbers):,} rows {why}: {some}{more}"
            self.findings.append(
                Finding(sort=sort, what=what, done="Left out.", row=numbers[0])  # type: ignore[arg-type]
            )


class _Clean(dict[str, str]):
    """Cells with single blanks; nothing where they say that there is none."""

    def __missing__(self, cell: str) -> str:
        """Clean a cell that was not seen before; few of them are kept."""
        text = " ".join(cell.split()) if cell.isprintable() else _printable(cell)
        text = "" if text.casefold() in _MISSING else text[:400]
        if len(self) < 1 << 20:
            self[cell] = text
        return text


def _printable(cell: str) -> str:
    """Give a text on one line, without signs that steer terminals."""
    return " ".join("".join(c if c.isprintable() else " " for c in cell).split())


def _understood(name: str, rows: _Rows, columns: tuple[Column, ...], said: Said) -> Log:
    """Order the rows by case and time, and follow each case to its end."""
    clock = _clock(name, rows, columns, said)
    states = States(said.states, frozenset(row[3] for row in rows.all))
    by_case = _by_case(name, rows, clock, _head(columns, "time"))
    ordered = any(column.field == "order" for column in columns)
    counted = Counter[str]()
    cases = tuple(
        follow(said.log, some, states, clock, ordered=ordered, counted=counted)
        for some in by_case.values()
    )
    seen = Counter(row.texts[2:4] for some in by_case.values() for row in some)
    persons: dict[str, set[str]] = {}
    for texts in rows.all:
        if texts[5]:
            persons.setdefault(texts[4], set()).add(texts[5])
    visits = Counter(group for case in cases for group in case.path())
    findings = [*rows.findings, *_counted(counted), *_of_states(states, said)]
    return Log(
        columns=columns,
        states=tuple(_states(states, seen)),
        groups=tuple(_groups(visits, persons)),
        cases=cases,
        told=tuple(map(_told, by_case.values())),
        people=len(set[str]().union(*persons.values())),
        events=seen.total(),
        findings=tuple(findings),
    )


def _by_case(name: str, rows: _Rows, clock: Clock, head: str) -> dict[str, list[Row]]:
    """Give the rows of each case; what is there twice or has no time is told."""
    by_case: dict[str, list[Row]] = {}
    timeless, twice = [], []
    before: set[tuple[str, ...]] = set()
    known = 0
    for number, row in zip(rows.numbers, rows.all, strict=True):
        at = clock.seconds(row[1])
        if at is None:
            timeless.append(number)
            continue
        before.add(row)
        if len(before) == known:
            twice.append(number)
        else:
            known += 1
            counter = row[11]
            counts = counter.isdecimal() and len(counter) < _LONGEST
            order = int(counter) if counts else 0
            by_case.setdefault(row[0], []).append(Row(at, order, number, row))
    if not by_case:
        raise InputError(
            f"No time can be read in the column {head}: {rows.all[0][1]!r}.",
            do="Say which column holds the time: --column time=HEAD.",
            where=Where(name, rows.numbers[0]),
        )
    rows.lose(timeless, "with a time that cannot be read")
    rows.lose(twice, "that stand there twice", "joined")
    return by_case


def _told(rows: list[Row]) -> Told:
    """Tell who asked for a case, and which person and group had it last."""
    asker = next((row.texts[6] for row in rows if row.texts[6]), "")
    person = next((row.texts[5] for row in reversed(rows) if row.texts[5]), "")
    group = next((row.texts[4] for row in reversed(rows) if row.texts[4]), "")
    return Told(asker, person, group)


def _clock(name: str, rows: _Rows, columns: Sequence[Column], said: Said) -> Clock:
    """Tell how the log writes its instants."""
    where = Where(name, rows.numbers[0], _head(columns, "time"))
    counts = Counter(map(zoned, [row[1] for row in rows.all]))
    check_zones(counts, said.zone, where)
    begins = {row[at][:_DAY_LONG] for row in rows.all for at in (1, 10)}
    days = {each.partition(" ")[0].partition("T")[0] for each in begins}
    if counts[False] and not said.zone:
        what = "The times name no time zone."
        done = "Kept by the clock of the log; --zone says which it is."
        rows.findings.append(Finding(sort="note", what=what, done=done))
    return Clock(days, said.zone or "UTC", where)


def _head(columns: Sequence[Column], field: str) -> str:
    """Give the head of the column that holds a field."""
    return next((each.head for each in columns if each.field == field), "")


_COUNTED = {
    "back": (
        "note",
        "{:,} steps go back in time within their case.",
        "Taken for happening at the moment before: no wait is negative.",
    ),
    "opened": (
        "note",
        "{:,} cases are opened after their first event, as they say.",
        "Opened with their first event.",
    ),
    "unread": (
        "note",
        "{:,} cases say when they were opened in a way that cannot be read.",
        "Opened with their first event.",
    ),
    "reopened": (
        "note",
        "{:,} cases came back after they had been done.",
        "Done from when they stayed so.",
    ),
    "groupless": (
        "note",
        "{:,} cases never name a group.",
        "Counted without handoffs.",
    ),
}


def _counted(counted: Mapping[str, int]) -> Iterator[Finding]:
    """Tell what was put right within cases."""
    for key, (sort, what, done) in _COUNTED.items():
        if counted.get(key):
            told = what.format(counted[key])
            yield Finding(sort=sort, what=told, done=done)  # type: ignore[arg-type]


def _of_states(states: States, said: Said) -> Iterator[Finding]:
    """Tell of states that no word explained, and of said ones that are not there."""
    taken = sorted(states.taken.values())
    if guessed := sorted({label for label, _, sure in taken if not sure}):
        told = ", ".join(guessed[:8])
        more = f" and {len(guessed) - 8} more" if len(guessed) > 8 else ""  # noqa: PLR2004 # as many as fit a line
        yield Finding(
            sort="guess",
            what=f"States that no word explains: {told}{more}.",
            done="Taken for held; --state NAME=queue puts it right.",
        )
    if states.unused and said.states:
        what = f"States that do not occur: {', '.join(sorted(states.unused))}."
        yield Finding(sort="note", what=what, done="Nothing was taken for them.")
    if not any(holding in {"done", "closed"} for _, holding, _ in taken):
        yield Finding(
            sort="guess",
            what="No state says that a case is done.",
            done="All cases are taken for open; --state NAME=done puts it right.",
        )


def _states(
    states: States, seen: Mapping[tuple[str, ...], int]
) -> Iterator[StateTaken]:
    """Tell what each state was taken for, the most frequent first."""
    counts = Counter[tuple[str, str, bool]]()
    for pair, number in seen.items():
        counts[states.of(pair[0], pair[1])] += number
    for (label, holding, sure), number in sorted(
        counts.items(), key=lambda each: (-each[1], each[0])
    ):
        yield StateTaken(state=label, holding=holding, events=number, sure=sure)  # type: ignore[arg-type]


def _groups(
    visits: Mapping[str, int], persons: Mapping[str, set[str]]
) -> Iterator[Grouped]:
    """Tell of each group how often it had a case, and its people from five on."""
    for title in sorted(visits, key=lambda t: (-visits[t], t)):
        people = len(persons.get(title, ()))
        shown = people if people >= FEWEST else None
        yield Grouped(title=title, people=shown, visits=visits[title])
