"""Event logs in XES (IEEE 1849), as process mining tools write them.

Nothing outside the file is ever fetched and no entity of its own is expanded: a file
that declares a document type is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from xml.parsers.expat import ExpatError, ParserCreate, XMLParserType

from weft.errors import Malformed, Where
from weft.interop.logs.source import Source

_CHUNK = 1 << 20
_LOOKED_AT = 2000
_DEEPEST = 100
_OTHER, _VALUE, _EVENT, _TRACE = range(4)
_TAGS = {
    **dict.fromkeys(["string", "date", "int", "float", "boolean", "id"], _VALUE),
    "event": _EVENT,
    "trace": _TRACE,
}


def looks_like_xes(raw: bytes) -> bool:
    """Tell whether a file is XML and not a table."""
    return raw[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def xes(name: str, raw: bytes) -> Source:
    """Read an XES file; heads as tables of it have them, traces' with `case:`."""
    heads: dict[str, int] = {}
    first: list[list[str]] = []
    for _, cells in _rows(name, raw, heads):
        first.append(list(cells))
        if len(first) >= _LOOKED_AT:
            break
    width = len(heads)
    first = [row + [""] * (width - len(row)) for row in first]
    return Source(tuple(heads), first, _rows(name, raw, dict(heads)), [])


def _rows(
    name: str, raw: bytes, heads: dict[str, int]
) -> Iterator[tuple[int, Sequence[str]]]:
    """Give the rows: one for each event, with what its trace says.

    heads: the places of the columns; a new one comes last.
    """
    parser = ParserCreate()
    found: list[tuple[int, Sequence[str]]] = []
    parser.StartDoctypeDeclHandler = partial(_refuse, name, parser)
    _follow(parser, name, heads, found)
    view = memoryview(raw)
    try:
        for at in range(0, len(raw) + 1, _CHUNK):
            part = bytes(view[at : at + _CHUNK])
            parser.Parse(part, at + _CHUNK > len(raw))
            yield from found
            found.clear()
    except (ExpatError, LookupError, ValueError) as error:
        raise Malformed(
            f"The XML cannot be read: {error}.",
            do="Export the log again, as XES or as CSV.",
            where=Where(name, parser.CurrentLineNumber),
        ) from error


def _follow(  # noqa: C901 # three short functions that share what they count
    parser: XMLParserType,
    name: str,
    heads: dict[str, int],
    found: list[tuple[int, Sequence[str]]],
) -> None:
    """Have a parser follow the markup from trace to trace and event to event.

    depth: how many elements are open; below: how many there are where a value belongs
    to the event or trace that is open now, and is not one inside a value. These run for
    each element of millions, so what they need is at hand and not looked up.
    """
    kinds, trace = _Kinds(), [""]
    told: list[dict[str, str]] | None = None
    depth, below, traces = 0, 0, 0

    def start(tag: str, said: dict[str, str]) -> None:
        nonlocal depth, below, traces, trace, told
        depth += 1
        kind = kinds[tag]
        if kind == _VALUE:
            if depth != below:
                return
            if told is None:
                _put(heads, trace, f"case:{said.get('key', '')}", said)
            else:
                told.append(said)
        elif kind == _EVENT:
            told, below = [], depth + 1
        elif kind == _TRACE:
            traces, below, trace = traces + 1, depth + 1, []
            _put(heads, trace, "case:concept:name", {"value": f"trace {traces}"})
        elif depth > _DEEPEST:
            raise _malformed(name, parser, "is nested too deep", "Export the log again")

    def end(_: str) -> None:
        nonlocal depth, below, told
        depth -= 1
        if told is not None and depth + 1 < below:
            cells = trace + [""] * (len(heads) - len(trace))
            for said in told:
                try:
                    cells[heads[said["key"]]] = said["value"]
                except (KeyError, IndexError):
                    _put(heads, cells, said.get("key", ""), said)
            found.append((parser.CurrentLineNumber, cells))
            told, below = None, depth + 1

    parser.StartElementHandler, parser.EndElementHandler = start, end


def _refuse(name: str, parser: XMLParserType, *_: object) -> None:
    """Refuse a document type: what it declares is never what a log needs."""
    what = "declares a document type, which may hide other files in it"
    raise _malformed(name, parser, what, "Take the line with <!DOCTYPE out")


def _put(
    heads: dict[str, int], cells: list[str], head: str, said: dict[str, str]
) -> None:
    """Put a value into the column of its head, which may be a new one."""
    place = heads.setdefault(head, len(heads))
    cells += [""] * (place + 1 - len(cells))
    cells[place] = said.get("value", "")


def _malformed(name: str, parser: XMLParserType, what: str, do: str) -> Malformed:
    """Make the error for XML that Weft does not take."""
    where = Where(name, parser.CurrentLineNumber)
    return Malformed(f"The XML {what}.", do=f"{do}.", where=where)


class _Kinds(dict[str, int]):
    """What an element is, by its tag, whatever its namespace is called here."""

    def __missing__(self, tag: str) -> int:
        """Tell of a tag that was not seen before."""
        name = tag.rpartition(":")[2]
        kind = _TAGS.get(name, _OTHER)
        self[tag] = kind
        return kind
