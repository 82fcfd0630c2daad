"""Event logs in XES (IEEE 1849), as process mining tools write them.

Nothing outside the file is ever fetched and no entity of its own is expanded: a file
that declares a document type is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.parsers.expat import ExpatError, ParserCreate

from weft.errors import Malformed, Where
from weft.interop.logs.source import Source

_CHUNK = 1 << 20
_LOOKED_AT = 2000
_DEEPEST = 100
_VALUES = frozenset(["string", "date", "int", "float", "boolean", "id"])


def looks_like_xes(raw: bytes) -> bool:
    """Tell whether a file is XML and not a table."""
    return raw[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def xes(name: str, raw: bytes) -> Source:
    """Read an XES file; heads as tables of it have them, traces' with `case:`."""
    heads: dict[str, int] = {}
    first: list[list[str]] = []
    for _, cells in _Reader(name, heads).rows(raw):
        first.append(list(cells))
        if len(first) >= _LOOKED_AT:
            break
    width = len(heads)
    first = [row + [""] * (width - len(row)) for row in first]
    return Source(tuple(heads), first, _Reader(name, dict(heads)).rows(raw), [])


class _Reader:
    """Follows the markup from trace to trace and event to event.

    depth: how many elements are open; begun: how many were when the event or trace that
    is open now began, so that only values right below it count.
    """

    def __init__(self, name: str, heads: dict[str, int]) -> None:
        self.name, self.heads = name, heads
        self.trace: dict[int, str] = {}
        self.event: dict[int, str] | None = None
        self.depth, self.begun, self.traces = 0, -1, 0
        self.found: list[tuple[int, Sequence[str]]] = []
        self.parser = ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._refuse

    def rows(self, raw: bytes) -> Iterator[tuple[int, Sequence[str]]]:
        """Give the rows: one for each event, with what its trace says."""
        view = memoryview(raw)
        try:
            for at in range(0, len(raw) + 1, _CHUNK):
                part = bytes(view[at : at + _CHUNK])
                self.parser.Parse(part, at + _CHUNK > len(raw))
                yield from self.found
                self.found.clear()
        except (ExpatError, LookupError, ValueError) as error:
            raise Malformed(
                f"The XML cannot be read: {error}.",
                do="Export the log again, as XES or as CSV.",
                where=Where(self.name, self.parser.CurrentLineNumber),
            ) from error

    def _refuse(self, *_: object) -> None:
        """Refuse a document type: what it declares is never what a log needs."""
        raise Malformed(
            "The file declares a document type, which may hide other files in it.",
            do="Take the line with <!DOCTYPE out, or export the log again.",
            where=Where(self.name, self.parser.CurrentLineNumber),
        )

    def _start(self, tag: str, told: dict[str, str]) -> None:
        """Begin a trace, an event, or a value of one."""
        self.depth = depth = self.depth + 1
        if ":" in tag:
            tag = tag.rpartition(":")[2]
        if tag in _VALUES:
            if depth == self.begun + 1:
                key = told.get("key", "")
                if self.event is not None:
                    place = self.heads.setdefault(key, len(self.heads))
                    self.event[place] = told.get("value", "")
                else:
                    self.trace[self._place(f"case:{key}")] = told.get("value", "")
        elif tag == "event":
            self.event, self.begun = dict(self.trace), depth
        elif tag == "trace":
            self.traces, self.begun = self.traces + 1, depth
            self.trace = {self._place("case:concept:name"): f"trace {self.traces}"}
        elif depth > _DEEPEST:
            raise Malformed(
                "The XML is nested too deep.",
                do="Export the log again.",
                where=Where(self.name, self.parser.CurrentLineNumber),
            )

    def _end(self, tag: str) -> None:  # noqa: ARG002 # expat's own form
        """End an event: it is a row."""
        self.depth -= 1
        if self.event is not None and self.depth < self.begun:
            cells = [""] * len(self.heads)
            for place, text in self.event.items():
                cells[place] = text
            self.found.append((self.parser.CurrentLineNumber, cells))
            self.event, self.begun = None, self.depth

    def _place(self, head: str) -> int:
        """Give the place of a column; a new one comes last."""
        return self.heads.setdefault(head, len(self.heads))
