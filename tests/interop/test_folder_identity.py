"""Load, export, load is the identity, byte for byte, for any firm there can be.

Firms are made from the record types themselves, so a new field is tested the day
it is added. WEFT_FIRMS sets how many are tried: 200 by default, 2,000 by hand.
"""

from __future__ import annotations

import os
import tempfile
from datetime import UTC, timedelta, timezone
from functools import partial, singledispatch
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st
from msgspec import UNSET, inspect

from weft.core.entries import put
from weft.core.firm import Firm, change
from weft.core.guardrails import OPERATORS, Clause, Param, WaiverTerms
from weft.core.people import Profile
from weft.core.records import Record
from weft.errors import InputError
from weft.interop.folder import folder_files, read_folder, write_folder
from weft.interop.folder.cells import forms, read_cell, write_cell
from weft.interop.folder.forms import FOLDER_KINDS, compact
from weft.interop.folder.tables import read_table, write_table

FIRMS = int(os.environ.get("WEFT_FIRMS", "200"))

NASTY = st.sampled_from(
    [
        *[
            "=cmd()",
            "+1",
            "-1",
            "@x",
            "no",
            "On",
            "1e3",
            "007",
            "null",
            "None",
            "~",
            "",
        ],
        *["a; b", ";", "[1]", '["a"]', '"', '""', "'", '"a"', "a,b", "{}", "# x", "\\"],
        *["trailing ", " leading", " ", "😀", "👩‍👩‍👧", "שלום", "\u202eabc", "e\u0301"],
        *["a\u2028b", "\ufeffx", "\x85", "\xa0", "a: b", "- a", "true", "2026-01-01"],
    ]
)
NASTY_TEXTS = NASTY | st.sampled_from(
    [
        "a\nb",
        "a\r\nb",
        "\n",
        "a\n\n",
        "\ta",
        "a\n b\n",
        " a\nb",
        "a\n \nb",
        "\x07",
        "\r",
    ]
)
KEPT = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
SHOWN = st.characters(exclude_categories=["Cs", "Cc"])
NAMES = st.sampled_from(
    ["p1", "p2", "java", "a", "1", "0e1", "no", "null", "x.y", "a--b"]
)
PATTERNS = {
    "a-z0-9][a-z": NAMES | st.from_regex(r"[a-z0-9][a-z0-9._-]{0,8}", fullmatch=True),
    "x00-": NASTY | st.text(SHOWN, max_size=30),
    "9_+:/-": st.from_regex(r"[A-Za-z0-9_+:/-]{0,12}", fullmatch=True),
    "d{4}-(0": st.from_regex(r"20\d\d-(0[1-9]|1[0-2])", fullmatch=True),
    "^[A-Z]{3}": st.sampled_from(["EUR", "USD", "JPY"]),
    "d{0,8})": st.from_regex(r"[1-9]\d{0,3}(\.\d{1,4})?", fullmatch=True),
    "[A-Z]{3}": st.from_regex(r"(0|[1-9]\d{0,6})(\.\d{2})? (EUR|USD)", fullmatch=True),
}
ZONES = st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30))])
TIMES = st.datetimes(timezones=ZONES)
PLAIN = st.booleans() | st.integers(-(2**53), 2**53) | NASTY_TEXTS
CONSTANTS = (
    PLAIN
    | st.lists(PLAIN, max_size=2).map(tuple)
    | NAMES.map(lambda name: Param(param=name))
)
ANYTHING = st.recursive(
    st.none() | PLAIN,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(NASTY_TEXTS, inner, max_size=3)
    ),
    max_leaves=6,
)


@singledispatch
def of(hint: Any) -> st.SearchStrategy[Any]:
    """Give every value that a type of field allows."""
    return {
        inspect.NoneType: st.none(),
        inspect.BoolType: st.booleans(),
        inspect.DateType: st.dates(),
        inspect.DateTimeType: TIMES,
        inspect.AnyType: ANYTHING,
    }[type(hint)]


@of.register
def _(hint: inspect.Metadata) -> st.SearchStrategy[Any]:
    return of(hint.type)


@of.register
def _(hint: inspect.UnionType) -> st.SearchStrategy[Any]:
    return st.one_of([of(each) for each in hint.types])


@of.register
def _(hint: inspect.LiteralType) -> st.SearchStrategy[Any]:
    return st.sampled_from(hint.values)


@of.register
def _(hint: inspect.StrType) -> st.SearchStrategy[Any]:
    found = [s for part, s in PATTERNS.items() if part in (hint.pattern or "")]
    made = found[0] if found else NASTY_TEXTS | st.text(KEPT, max_size=40)
    return made.filter(lambda text: len(text) >= (hint.min_length or 0))


@of.register
def _(hint: inspect.IntType) -> st.SearchStrategy[Any]:
    low = -(2**53) if hint.ge is None else int(hint.ge)
    high = 2**53 if hint.le is None else int(hint.le)
    step = int(hint.multiple_of or 1)
    return st.integers(-(-low // step), high // step).map(lambda times: times * step)


@of.register
def _(hint: inspect.FloatType) -> st.SearchStrategy[Any]:
    assert hint.multiple_of is None
    return st.floats(
        min_value=hint.gt if hint.ge is None else hint.ge,
        max_value=hint.lt if hint.le is None else hint.le,
        exclude_min=hint.gt is not None,
        exclude_max=hint.lt is not None,
        allow_nan=False,
        allow_infinity=False,
    )


@of.register
def _(hint: inspect.VarTupleType) -> st.SearchStrategy[Any]:
    least = hint.min_length or 0
    return st.lists(of(hint.item_type), min_size=least, max_size=3).map(tuple)


@of.register
def _(hint: inspect.DictType) -> st.SearchStrategy[Any]:
    return st.dictionaries(of(hint.key_type), of(hint.value_type), max_size=3)


@of.register
def _(hint: inspect.StructType) -> st.SearchStrategy[Any]:
    return CLAUSES if hint.cls is Clause else records(hint.cls)


def records(kind: Any) -> st.SearchStrategy[Any]:
    """Give every record of a kind that can be made."""
    info: Any = inspect.type_info(kind)
    own = FIELDS.get(kind.kind, {})
    parts = {f.name: own[f.name] if f.name in own else of(f.type) for f in info.fields}
    free = [f.name for f in info.fields if not f.required and f.name not in own]
    left_out = {name: parts.pop(name) for name in free}
    return st.fixed_dictionaries(parts, optional=left_out).map(partial(made_of, kind))


def made_of(kind: Any, parts: dict[str, Any]) -> Any:
    """Make a record of parts that may not go together."""
    try:
        return kind(**parts)
    except InputError:
        reject()


def leaf(path: str, operator: str, constant: Any) -> Clause:
    """Give a leaf with one operator."""
    told: dict[str, Any] = {operator: True if operator == "present" else constant}
    return Clause(path=path, **told)


def quantified(form: str, path: str, where: Any, must: Any) -> Clause:
    """Give a clause over the elements of a list."""
    told: dict[str, Any] = {form: path}
    return Clause(where=where, must=must, **told)


LEAVES = st.builds(leaf, NAMES, st.sampled_from(sorted(OPERATORS)), CONSTANTS)
FEW_LEAVES = st.lists(LEAVES, min_size=1, max_size=2).map(tuple)
CLAUSES = st.one_of(
    LEAVES,
    FEW_LEAVES.map(lambda leaves: Clause(any=leaves)),
    st.builds(
        quantified,
        st.sampled_from(["every", "none", "some"]),
        NAMES,
        st.just(()) | FEW_LEAVES,
        FEW_LEAVES,
    ),
)
FEW_NAMES = st.lists(NAMES, min_size=1, max_size=3).map(tuple)
# What a record allows only together is made so that it fits.
FIELDS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "people": {"disciplines": st.sampled_from([{}, {"a": 100}, {"b": 40, "a": 60}])},
    "vocabulary": {"values": FEW_NAMES, "fields": FEW_NAMES},
    "guardrails": {
        "harm": st.sampled_from(["customers", "employees", "business"]),
        "level": st.sampled_from(["advise", "must"]),
    },
    "waivers": {
        "granted_by": st.none() | st.just("grantor"),
        "starts": TIMES.filter(lambda time: time.year < 5000),
        "until": TIMES.filter(lambda time: time.year > 5001),
    },
}
EVERY = {kind: records(record) for kind, record in FOLDER_KINDS.items()}


@st.composite
def firms(draw: st.DrawFn) -> tuple[Firm, dict[str, Profile]]:
    """Give a firm with a few records of a few kinds, and profiles."""
    drawn: list[Record] = []
    few = st.sets(st.sampled_from(sorted(EVERY)), min_size=1, max_size=4)
    for kind in sorted(draw(few)):
        drawn += draw(st.lists(EVERY[kind], min_size=1, max_size=3))
    firm = change(Firm(), [put(r) for r in drawn if not isinstance(r, Profile)])
    return firm, {r.id: r for r in drawn if isinstance(r, Profile)}


def contents(folder: Path) -> dict[str, bytes]:
    """Give what lies in a folder, however deep."""
    files = (file for file in folder.rglob("*") if file.is_file())
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


@pytest.mark.slow
@settings(max_examples=FIRMS)
@given(firms())
def test_load_export_load_is_the_identity(
    made: tuple[Firm, dict[str, Profile]],
) -> None:
    firm, profiles = made
    with tempfile.TemporaryDirectory() as temporary:
        first, second = Path(temporary, "first"), Path(temporary, "second")
        write_folder(first, firm, profiles)
        read = read_folder(first)
        assert read.firm == firm
        assert change(Firm(), map(put, read.records)) == firm
        assert {p.id: p for p in read.profiles} == profiles
        write_folder(second, read.firm, {p.id: p for p in read.profiles})
        assert contents(second) == contents(first)
        assert contents(first) == dict(folder_files(firm, profiles))


@pytest.mark.slow
@settings(max_examples=FIRMS)
@given(st.sampled_from(sorted(EVERY)), st.data())
def test_every_kind_can_be_a_table(kind: str, data: st.DataObject) -> None:
    found = data.draw(st.lists(EVERY[kind], max_size=3))
    raw = write_table(FOLDER_KINDS[kind], found)
    rows = list(read_table(FOLDER_KINDS[kind], raw, "file.csv"))
    assert [record for _, record in rows] == found
    assert [line for line, _ in rows] == list(range(2, len(found) + 2))


@given(NASTY_TEXTS | st.text(KEPT))
def test_a_cell_is_one_line_and_no_formula(text: str) -> None:
    cell = write_cell("text", text)
    assert len(cell.splitlines()) == 1
    assert cell[0] not in "=+-@"
    assert read_cell("text", cell) == text


@pytest.mark.parametrize("kind", FOLDER_KINDS)
def test_every_field_has_a_column(kind: str) -> None:
    assert set(forms(FOLDER_KINDS[kind])) == set(FOLDER_KINDS[kind].__struct_fields__)


def test_what_is_as_it_is_by_default_is_left_out() -> None:
    clause = Clause(path="cost", below=5)
    assert compact(clause) == {"path": "cost", "below": 5}
    assert compact(WaiverTerms()) == {}
    assert clause.any is UNSET
