"""What a workbook's sheet says beside its values: merges, formulas without a value.

Openpyxl, reading row by row, gives neither; the sheet's own markup does.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

import msgspec
from openpyxl.utils.cell import range_boundaries

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ROW = re.compile(r"\d+$")


class Merge(msgspec.Struct, frozen=True):
    """A block of merged cells; rows and columns count from 1."""

    ref: str
    left: int
    top: int
    bottom: int


class Markup(msgspec.Struct, frozen=True):
    """The merges of a sheet, and the cells of formulas without a value, by row."""

    merges: tuple[Merge, ...]
    unvalued: tuple[tuple[str, int], ...]


def markup_of(packed: zipfile.ZipFile, title: str) -> Markup:
    """Read the markup of the sheet with a title, part by part."""
    merges: list[Merge] = []
    unvalued: list[tuple[str, int]] = []
    with packed.open(_part(packed, title)) as part:
        for _, element in ET.iterparse(part):  # noqa: S314 # expat stops expansion
            if element.tag == f"{_MAIN}c":
                formula = element.find(f"{_MAIN}f") is not None
                if formula and not element.findtext(f"{_MAIN}v"):
                    unvalued.append(_place(element.get("r", "")))
            elif element.tag == f"{_MAIN}mergeCell":
                merges += _merge(element.get("ref", ""))
            if element.tag == f"{_MAIN}row":
                element.clear()
    return Markup(tuple(sorted(merges, key=lambda m: m.top)), tuple(unvalued))


def _part(packed: zipfile.ZipFile, title: str) -> str:
    """Find the part of the package that holds a sheet."""
    book = ET.fromstring(packed.read("xl/workbook.xml"))  # noqa: S314 # as above
    links = ET.fromstring(packed.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    link = next(_linked(book, title))
    targets = {each.get("Id"): each.get("Target", "") for each in links}
    return posixpath.normpath(posixpath.join("xl", targets[link])).lstrip("/")


def _linked(book: Any, title: str) -> Iterator[str | None]:
    """Find the link of a sheet."""
    for sheet in book.iter(f"{_MAIN}sheet"):
        if sheet.get("name") == title:
            yield sheet.get(_LINK)


def _place(ref: str) -> tuple[str, int]:
    """Give a cell with the number of its row."""
    row = _ROW.search(ref)
    return ref, int(row[0]) if row else 0


def _merge(ref: str) -> Iterator[Merge]:
    """Read a block of cells such as A2:A7."""
    left, top, _, bottom = range_boundaries(ref)
    if left and top and bottom:
        yield Merge(ref, left, top, bottom)
