"""The text of a file whose encoding nobody has told."""

from __future__ import annotations

import codecs

from weft.interop.sheets.table import Finding

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LOOKED_AT = 2000
_WINDOWS = "weft-windows"


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that are no UTF-8 as Windows wrote them."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return bad.decode("cp1252", "replace"), error.end


codecs.register_error(_WINDOWS, _as_windows)


def decoded(raw: bytes) -> tuple[str, list[Finding]]:
    """Give the text of a file, and what had to be guessed or lost to read it.

    UTF-8 and UTF-16 with a mark or without; else Windows-1252; a few stray bytes of
    that within UTF-8 are read and told, line by line.
    """
    findings: list[Finding] = []
    text = _text(raw, findings)
    if "\0" in text:
        what = f"{text.count(chr(0))} characters NUL."
        findings.append(Finding(sort="lost", what=what, done="Left out."))
        text = text.replace("\0", "")
    return text, findings


def _text(raw: bytes, findings: list[Finding]) -> str:
    """Decode by the mark, by what it looks like, or as Windows-1252."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _replaced(raw[len(mark) :], encoding, findings)
    if encoding := _wide(raw[:_LOOKED_AT]):
        return _replaced(raw, encoding, findings)
    return _replaced(raw, "utf-8", findings)


def _wide(start: bytes) -> str:
    """Tell UTF-16 without a mark by the zeros beside plain letters."""
    pairs = len(start) // 2
    if pairs and start[1::2].count(0) * 10 > pairs * 4:
        return "utf-16-le"
    if pairs and start[0::2].count(0) * 10 > pairs * 4:
        return "utf-16-be"
    return ""


def _replaced(raw: bytes, encoding: str, findings: list[Finding]) -> str:
    """Decode; where that fails, read what can be read and tell of the rest."""
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        text = raw.decode(encoding, "replace")
    bad = text.count("\ufffd")
    if encoding == "utf-8":
        good = sum(character > "\x7f" for character in text) - bad
        if good > bad:
            return _mended(raw, text, findings)
        text = raw.decode("cp1252", "replace")
        what = "The file is not in UTF-8."
        findings.append(Finding(sort="guess", what=what, done="Read as Windows-1252."))
    _tell_lines(text, "Characters that cannot be read.", "Written \ufffd.", findings)
    return text


def _mended(raw: bytes, text: str, findings: list[Finding]) -> str:
    """Read stray bytes within UTF-8 as Windows-1252, and tell in which lines."""
    for number, line in enumerate(text.split("\n"), 1):
        if "\ufffd" in line:
            what = "Bytes that are no UTF-8."
            done = "Read as Windows-1252."
            findings.append(Finding(sort="guess", what=what, done=done, row=number))
    return raw.decode("utf-8", _WINDOWS)


def _tell_lines(text: str, what: str, done: str, findings: list[Finding]) -> None:
    """Tell of each line that holds a character which could not be read."""
    if "\ufffd" in text:
        for number, line in enumerate(text.split("\n"), 1):
            if "\ufffd" in line:
                findings.append(Finding(sort="lost", what=what, done=done, row=number))
