"""Files as they come out of hands, editors and broken disks: damaged anywhere."""

from __future__ import annotations

import os

from hypothesis import strategies as st
from tests.conftest import many

TRIED = many(2_000 if os.environ.get("WEFT_LONG") else 60)
PIECES = st.sampled_from(
    [
        *(b"\0", b"\xef\xbb\xbf", b"\xff\xfe", b"\xff", b"\xc3", b"\xed\xa0\x80"),
        *(b'"', b"'", b"\r", b"\n", b"\r\n", b"\x0b", b"\xe2\x80\xa8", b"\x1a", b"\t"),
        *(b":", b": ", b"- ", b"? ", b"&a ", b"*a", b"!!int ", b"---\n", b"#", b"|\n"),
        *(b"{", b"}", b"[" * 300, b"]", b",", b";", b"\\", b"\\u0000", b"\\ud800"),
        *(b"1e400", b"NaN", b"9" * 5000, b"-", b"null", b"true", b"~", b"=1+1"),
    ]
)


def lines_of(raw: bytes) -> list[bytes]:
    """Give the lines of a file, each with its end."""
    return raw.splitlines(keepends=True) or [b""]


@st.composite
def damaged(draw: st.DrawFn, raw: bytes) -> bytes:
    """Give a file after one to three accidents."""
    for _ in range(draw(st.integers(1, 3))):
        raw = draw(st.sampled_from(ACCIDENTS))(draw, raw)
    return raw


def spot(draw: st.DrawFn, raw: bytes) -> int:
    """Choose a place in a file."""
    return draw(st.integers(0, len(raw)))


def flip(draw: st.DrawFn, raw: bytes) -> bytes:
    """Turn one bit."""
    at = spot(draw, raw)
    turned = bytes(byte ^ 1 << draw(st.integers(0, 7)) for byte in raw[at : at + 1])
    return raw[:at] + turned + raw[at + 1 :]


def cut(draw: st.DrawFn, raw: bytes) -> bytes:
    """Lose a part, or all from a place on."""
    start, end = sorted((spot(draw, raw), spot(draw, raw)))
    return raw[:start] + (raw[end:] if draw(st.booleans()) else b"")


def splice(draw: st.DrawFn, raw: bytes) -> bytes:
    """Put a part of it in somewhere else."""
    start, end = sorted((spot(draw, raw), spot(draw, raw)))
    at = spot(draw, raw)
    return raw[:at] + raw[start:end] + raw[at:]


def insert(draw: st.DrawFn, raw: bytes) -> bytes:
    """Put in what a reader may stumble over."""
    at = spot(draw, raw)
    return raw[:at] + draw(PIECES | st.binary(max_size=4)) + raw[at:]


def twice(draw: st.DrawFn, raw: bytes) -> bytes:
    """Have a line twice."""
    lines = lines_of(raw)
    at = draw(st.integers(0, len(lines) - 1))
    return b"".join([*lines[: at + 1], *lines[at:]])


def mixed(draw: st.DrawFn, raw: bytes) -> bytes:
    """Have the lines in another order."""
    return b"".join(draw(st.permutations(lines_of(raw)[:40])))


def saved_elsewhere(draw: st.DrawFn, raw: bytes) -> bytes:
    """Save it as another editor does: its encoding, its ends of lines."""
    text = raw.decode(errors="replace")
    ends = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    names = ["utf-8-sig", "utf-16", "utf-16-be", "utf-32", "latin-1", "cp1252"]
    encoding = draw(st.sampled_from(["utf-8", *names]))
    return text.replace("\n", ends).encode(encoding, "replace")


ACCIDENTS = [flip, cut, splice, insert, insert, twice, mixed, saved_elsewhere]
