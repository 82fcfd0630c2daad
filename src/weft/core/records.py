"""The one gate: plain data becomes records here, and nowhere else."""

from __future__ import annotations

import difflib
import json
import math
import re
from collections.abc import Mapping
from functools import reduce
from operator import getitem
from typing import Any, ClassVar, TypeVar, cast, get_args, get_type_hints

import msgspec

from weft.core.scalars import explained
from weft.core.sources import Path, Source, Step
from weft.errors import LONGEST, InputError, Malformed, Where, cut


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of all records: never changed, and strict about its fields.

    Each record repeats `frozen=True, kw_only=True`: mypy asks for the first,
    and msgspec does not inherit the second. A record that the firm keeps has a
    `kind`, the name of its table, and a key in it: its id, unless it says other.
    """

    kind: ClassVar[str] = ""
    longest: ClassVar[int] = 0
    """So many parts may a list or mapping in its text have; 0 where that is open."""
    most_text: ClassVar[int] = 0
    """So many characters may its text have; 0 where that is open."""

    @property
    def key(self) -> str:
        """Give the key under which the firm keeps this record."""
        key: str = self.id  # type: ignore[attr-defined]
        return key


R = TypeVar("R", bound=Record)


def read(
    kind: type[R], plain: object, source: Source | None = None, at: Path = ()
) -> R:
    """Make a record of `kind` from plain data, which lies in `source` at `at`.

    Raises Malformed for a field that is absent, unknown or of another type, and
    InputError where the record itself refuses what its fields say together.
    """
    try:
        return msgspec.convert(plain, kind)
    except msgspec.ValidationError as error:
        raise _told(error, kind, plain, source or Source(), at) from error


def read_texts(kind: type[R], plain: Mapping[str, object], name: str = "") -> R:
    """Make a record from data in which all is text: a web form or argv."""
    try:
        return msgspec.convert(plain, kind, strict=False)
    except msgspec.ValidationError as error:
        raise _told(error, kind, plain, Source(name), strict=False) from error


def read_json(kind: type[R], raw: bytes | str, name: str = "") -> R:
    """Make a record of `kind` from JSON that somebody else wrote."""
    return read(kind, read_plain(raw, name), Source(name))


def read_plain(raw: bytes | str, name: str = "") -> Any:
    """Read JSON of any kind; refuse what hides or could not be written again.

    A key that comes twice, NaN, NUL or half a character in a text, a number that
    no store can hold, a nesting without end.
    """
    quick = _read_quickly(raw)
    if quick is not None:
        return quick
    try:
        return _read_closely(raw)
    except _UNREADABLE as error:
        do = "Send JSON in UTF-8, each key once, numbers finite."
        raise Malformed(f"{error}.", do=do, where=Where(name, 0, "$")) from error


def decode(kind: type[R], raw: bytes) -> R:
    """Make a record from JSON that `show` wrote: ours, so nothing to explain."""
    return msgspec.json.decode(raw, type=kind)


def show(record: Record) -> str:
    """Write a record as JSON: equal records give equal text."""
    return msgspec.json.encode(record, order="deterministic").decode()


# Levels of lists and mappings in each other: more than anybody means, and few enough
# that no stack is at its end, whoever reads them.
_DEEPEST = 200

# Escapes of a colon, of NUL, and of halves of a character.
_HIDING = re.compile(rb"\\u(?:003a|0000|d[89a-f])", re.IGNORECASE)

# Below: msgspec's message becomes ours, with the place spelt out.

_UNREADABLE = (ValueError, RecursionError, OverflowError)
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
_MESSAGE = re.compile(r"^(.*?)(?: - at (`key` in )?`\$(.*)`)?$", re.DOTALL)
_STEP = re.compile(r"\.(\w+)|\[(\d+)\]|\[\.\.\.\]")


def _read_quickly(raw: bytes | str) -> Any:
    """Read JSON that plainly hides nothing; None where it takes a closer look.

    Without such escapes as stand for a colon, as many colons are written again as were
    read if no key was lost as a second one.
    """
    text = raw.encode(errors="surrogatepass") if isinstance(raw, str) else raw
    if _HIDING.search(text):
        return None
    try:
        plain = msgspec.json.decode(text)
        if text.count(b"[") + text.count(b"{") > _DEEPEST:
            _check_depth(plain)
        again = msgspec.json.encode(plain)
    except (msgspec.DecodeError, *_UNREADABLE):
        return None
    return plain if again.count(b":") == text.count(b":") else None


def _read_closely(raw: bytes | str) -> Any:
    """Read JSON key by key and number by number, and refuse what cannot be kept."""
    plain = json.loads(
        raw,
        object_pairs_hook=_once,
        parse_float=_finite,
        parse_constant=_refuse,
    )
    _check_depth(plain)
    if _NUL.search(msgspec.json.encode(plain)):
        _refuse("The character NUL")
    return plain


def _check_depth(plain: Any) -> None:
    """Refuse what goes deeper than anybody means."""
    level: list[Any] = [plain]
    for _ in range(_DEEPEST + 1):
        below: list[Any] = []
        for each in level:
            if isinstance(each, dict):
                below += each.values()
            elif isinstance(each, list):
                below += each
        if not below:
            return
        level = below
    raise ValueError(f"What is nested more than {_DEEPEST} deep cannot be kept")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make a mapping of pairs, none of whose keys comes twice."""
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = next(k for k, _ in pairs if [x for x, _ in pairs].count(k) > 1)
        raise ValueError(f"The key {twice!r} comes twice")
    return found


def _finite(text: str) -> float:
    """Read a number that is not too large to be one."""
    number = float(text)
    if not math.isfinite(number):
        _refuse(text)
    return number


def _refuse(word: str) -> None:
    """Refuse what JSON does not have, or Weft cannot keep."""
    raise ValueError(f"{word} cannot be kept")


def _told(
    error: Exception,
    kind: type[Record],
    plain: object,
    source: Source,
    at: Path = (),
    *,
    strict: bool = True,
) -> InputError:
    """Say in Weft's words, and with the place, what msgspec has found."""
    what, in_key, place = _MESSAGE.findall(str(error))[0]
    path = _path(place, kind, plain, strict=strict)
    where, record = source.where(at + path), _record_at(kind, path)
    if isinstance(cause := error.__cause__, InputError):
        if field := cause.where.path:
            where = source.where((*at, *path, field))
        return InputError(what, do=cause.do, where=where)
    problem, _, name = what.rstrip("`").partition(" `")
    if problem == "Object contains unknown field":
        line = source.where((*at, *path, name)).line
        where = Where(source.name, line, f"{where.path}.{cut(name)}")
        what = f"{record.__name__} has no field {cut(name)!r}."
        do = _fields_like(record, name)
    elif problem == "Object missing required field":
        what, do = f"{record.__name__} needs {name!r}.", f"Add {name}."
    else:
        if in_key:
            key = _culprit(path, kind, plain, strict=strict)
            value, field = cast("Any", key), str(cut(key)) or "the key"
        else:
            value = reduce(getitem, path, cast("Any", plain))
            field = next((str(s) for s in reversed(path) if isinstance(s, str)), "")
        what, do = explained(what, field, value, _hint_at(kind, path))
    return Malformed(what, do=do, where=where)


def _fields_like(record: type[Record], name: str) -> str:
    """Say which fields a record has, those first that may have been meant."""
    fields = sorted(record.__struct_encode_fields__)
    near = difflib.get_close_matches(name[:LONGEST], fields, n=2, cutoff=0.7)
    if near:
        return f"Did you mean {' or '.join(near)}?"
    return f"Use one of: {', '.join(fields)}."


def _path(place: str, kind: type[Record], plain: object, *, strict: bool) -> Path:
    """Read msgspec's place, finding the key where it writes only `[...]`."""
    path: Path = ()
    for name, index in _STEP.findall(place):
        if index:
            path = (*path, int(index))
        else:
            path = (*path, name or _culprit(path, kind, plain, strict=strict))
    return path


def _culprit(path: Path, kind: type[Record], plain: Any, *, strict: bool) -> str:
    """Find the key at which the mapping at `path` fails, by trying each."""
    keys = reduce(getitem, path, plain)
    parts = ((key, _only(plain, path, key)) for key in keys)
    fails = (str(key) for key, part in parts if not _fits(kind, part, strict=strict))
    return next(fails, "...")


def _only(plain: Any, path: Path, key: str) -> Any:
    """Copy plain data, leaving one key in the mapping at `path`."""
    if not path:
        return {key: plain[key]}
    copy: Any = dict(plain) if isinstance(plain, Mapping) else list(plain)
    copy[path[0]] = _only(plain[path[0]], path[1:], key)
    return copy


def _fits(kind: type[Record], plain: object, *, strict: bool) -> bool:
    """Tell whether plain data would make a record."""
    try:
        msgspec.convert(plain, kind, strict=strict)
    except msgspec.ValidationError:
        return False
    return True


def _record_at(kind: type[Record], path: Path) -> type[Record]:
    """Give the innermost record on the way down `path`."""
    for step in path:
        if step in kind.__struct_encode_fields__:
            kind = _record_in(_hint_of(kind, step)) or kind
    return kind


def _hint_at(kind: type[Record], path: Path) -> Any:
    """Give the type of the innermost field on the way down `path`."""
    hint: Any = kind
    for step in path:
        if step in kind.__struct_encode_fields__:
            hint = _hint_of(kind, step)
            kind = _record_in(hint) or kind
    return hint


def _hint_of(kind: type[Record], step: Step) -> Any:
    """Give the type of a field, which is called so where it is written."""
    place = kind.__struct_encode_fields__.index(str(step))
    return get_type_hints(kind)[kind.__struct_fields__[place]]


def _record_in(hint: Any) -> type[Record] | None:
    """Find the record inside a type such as `tuple[Seat, ...] | None`."""
    if isinstance(hint, type) and issubclass(hint, Record):
        return hint
    return next(filter(None, map(_record_in, get_args(hint))), None)
