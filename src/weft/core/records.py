"""The one gate: plain data becomes records here, and nowhere else."""

from __future__ import annotations

import difflib
import json
import math
import re
from collections.abc import Iterator, Mapping
from functools import reduce
from itertools import chain, islice, repeat
from operator import getitem
from types import UnionType
from typing import (
    Annotated,
    Any,
    ClassVar,
    Literal,
    TypeVar,
    Union,
    get_args,
    get_origin,
)

import msgspec
from msgspec.structs import fields

from weft.core.scalars import explained
from weft.core.sources import Path, Source
from weft.errors import LONGEST, InputError, Malformed, Problems, Where, cut


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

    Raises Malformed for a field that is absent, unknown or of another type, InputError
    where the record itself refuses what its fields say together, and Problems where
    there are several of these.
    """
    try:
        return msgspec.convert(plain, kind)
    except msgspec.ValidationError as error:
        raise _refused(kind, plain, source or Source(), at) from error


def read_partly(kind: type[R], plain: object) -> tuple[R, frozenset[str]] | None:
    """Make what can be made of data that is no record, and name the fields it lacks.

    A field that does not fit has its default, or what says nothing: an empty text, the
    first of some words. It is there to be held against the firm, not to be kept. None
    where nothing can stand for a field, or what is left makes no sense together.
    """
    if not isinstance(plain, Mapping):
        return None
    told, lost = dict[str, Any](), set[str]()
    for field in fields(kind):
        name = field.encode_name
        if name in plain and _fits(field.type, plain[name], strict=True):
            told[field.name] = msgspec.convert(plain[name], field.type)
        elif name in plain or field.required:
            lost.add(name)
    try:
        blanks = {f.name: _blank(f.type) for f in fields(kind) if f.required}
        made = kind(**(blanks | told))
        return (made, frozenset(lost)) if made.key else None
    except (TypeError, ValueError, AttributeError, ArithmeticError, LookupError):
        return None


def read_texts(kind: type[R], plain: Mapping[str, object], name: str = "") -> R:
    """Make a record from data in which all is text: a web form or argv."""
    try:
        return msgspec.convert(plain, kind, strict=False)
    except msgspec.ValidationError as error:
        raise _refused(kind, plain, Source(name), (), strict=False) from error


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

# Below: all that is wrong is found field by field, and msgspec's message becomes ours,
# with the place spelt out.

_MOST = 100
"""So many things wrong with one record are told: more than anybody mends at once."""

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


def _refused(
    kind: type[Record], plain: object, source: Source, at: Path, *, strict: bool = True
) -> InputError:
    """Tell everything that is wrong with plain data, in the order of the text."""
    found = list(islice(_wrong(kind, plain, source, at, strict=strict), _MOST))
    found.sort(key=lambda each: each.where.line)
    return Problems(found) if len(found) > 1 else found[0]


def _wrong(
    hint: Any, plain: Any, source: Source, at: Path, *, strict: bool
) -> Iterator[InputError]:
    """Find what is wrong with the parts of plain data, else with the whole of it."""
    try:
        msgspec.convert(plain, hint, strict=strict)
    except msgspec.ValidationError as error:
        whole = error
    else:
        return
    form = _formed(hint, plain)
    if not _is_record(form) and " - at " not in str(whole):
        form = None  # it is too long, or no list at all: its parts do not matter
    inside = chain.from_iterable(
        _wrong(inner, part, source, at + step, strict=strict)
        for step, inner, part in _parts(form, plain)
    )
    found = chain(_misnamed(form, plain, source, at), inside)
    if first := next(found, None):
        yield first
        yield from found
    else:
        yield _told(whole, hint, plain, source, at, strict=strict)


def _formed(hint: Any, plain: Any) -> Any:
    """Give the type in a hint whose form plain data has, if it has parts; else None."""
    if get_origin(hint) in {Annotated, Union, UnionType}:
        forms = (_formed(each, plain) for each in get_args(hint))
        return next(filter(None, forms), None)
    if isinstance(plain, Mapping):
        return hint if _is_record(hint) or get_origin(hint) is Mapping else None
    is_list = isinstance(plain, list | tuple) and get_origin(hint) is tuple
    return hint if is_list else None


def _parts(form: Any, plain: Any) -> Iterator[tuple[Path, Any, Any]]:
    """Give the parts of plain data: how to get there, the type it needs, what is there.

    Of a mapping each entry by itself, so that its key is judged as well.
    """
    if _is_record(form):
        for field in fields(form):
            if (name := field.encode_name) in plain:
                yield (name,), field.type, plain[name]
    elif get_origin(form) is tuple:
        inner = get_args(form)
        types = repeat(inner[0]) if inner[-1] is Ellipsis else inner
        for number, (each, part) in enumerate(zip(types, plain, strict=False)):
            yield (number,), each, part
    elif form and len(plain) > 1:
        for key, part in plain.items():
            yield (), form, {key: part}


def _misnamed(form: Any, plain: Any, source: Source, at: Path) -> Iterator[InputError]:
    """Tell of each field that a record does not have, and each that it lacks."""
    if not _is_record(form):
        return
    known, here, meant = form.__struct_encode_fields__, source.where(at), set[str]()
    for name in plain:
        if name not in known:
            line = source.where((*at, name)).line
            near = difflib.get_close_matches(name[:LONGEST], known, n=2, cutoff=0.7)
            meant.update(near)
            some = f"Use one of: {', '.join(sorted(known))}."
            do = f"Did you mean {' or '.join(near)}?" if near else some
            what = f"{form.__name__} has no field {cut(name)!r}."
            where = Where(source.name, line, f"{here.path}.{cut(name)}")
            yield Malformed(what, do=do, where=where)
    for field in fields(form):
        name = field.encode_name
        if field.required and name not in plain and name not in meant:
            what = f"{form.__name__} needs {name!r}."
            yield Malformed(what, do=f"Add {name}.", where=here)


def _blank(hint: Any) -> Any:
    """Give a value of a type that says nothing; TypeError where there is none."""
    form, inner = get_origin(hint), get_args(hint)
    if form in {Union, UnionType} and type(None) in inner:
        return None
    if form in {Annotated, Union, UnionType}:
        return _blank(inner[0])
    if form is Literal:
        return inner[0]
    return {} if form is Mapping else (form or hint)()


def _is_record(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, Record)


def _told(
    error: Exception, hint: Any, plain: Any, source: Source, at: Path, *, strict: bool
) -> InputError:
    """Say in Weft's words, and with the place, what msgspec has found."""
    what, in_key, place = _MESSAGE.findall(str(error))[0]
    path = _path(place, hint, plain, strict=strict)
    where = source.where(at + path)
    if isinstance(cause := error.__cause__, InputError):
        if field := cause.where.path:
            where = source.where((*at, *path, field))
        return InputError(what, do=cause.do, where=where)
    if in_key:
        value: Any = _culprit(path, hint, plain, strict=strict)
        field = str(cut(value)) or "the key"
    else:
        value, steps = reduce(getitem, path, plain), (*at, *path)
        field = next((str(s) for s in reversed(steps) if isinstance(s, str)), "")
    what, do = explained(what, field, value, hint)
    return Malformed(what, do=do, where=where)


def _path(place: str, hint: Any, plain: object, *, strict: bool) -> Path:
    """Read msgspec's place, finding the key where it writes only `[...]`."""
    path: Path = ()
    for name, index in _STEP.findall(place):
        if index:
            path = (*path, int(index))
        else:
            path = (*path, name or _culprit(path, hint, plain, strict=strict))
    return path


def _culprit(path: Path, hint: Any, plain: Any, *, strict: bool) -> str:
    """Find the key at which the mapping at `path` fails, by trying each."""
    keys = reduce(getitem, path, plain)
    parts = ((key, _only(plain, path, key)) for key in keys)
    fails = (str(key) for key, part in parts if not _fits(hint, part, strict=strict))
    return next(fails, "...")


def _only(plain: Any, path: Path, key: str) -> Any:
    """Copy plain data, leaving one key in the mapping at `path`."""
    if not path:
        return {key: plain[key]}
    copy: Any = dict(plain) if isinstance(plain, Mapping) else list(plain)
    copy[path[0]] = _only(plain[path[0]], path[1:], key)
    return copy


def _fits(hint: Any, plain: object, *, strict: bool) -> bool:
    """Tell whether plain data is of a type."""
    try:
        msgspec.convert(plain, hint, strict=strict)
    except msgspec.ValidationError:
        return False
    return True
