"""How long it takes to refuse a wrong guardrail, on each way by which one comes in.

As a file that is put (read, and held against the firm), as a text that is tried or
written in the page, and as JSON over HTTP (read, and held against the firm). Each is
told with a place and a cure, or this fails. Bound: 100 ms, in CPU time, the least of
three; starting a process and the transport are left out.

    python benchmarks/badrules.py [--short]      --short: a tenth of the assets
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from typing import Final

import msgspec

from blast import firm_of
from weft.app.records import stays_whole
from weft.app.texts import as_text, from_file
from weft.app.writing.reading import misfits, written
from weft.core.entries import put
from weft.core.firm import Firm, change
from weft.core.guardrails import Guardrail, Principle
from weft.core.records import read_json
from weft.core.roles import Role
from weft.errors import InputError, Problems
from weft.interop.yaml import read_yaml

ASSETS, BOUND_MS = 10_000, 100
LEAF: Final = "  - {path: cost, at_most: 5}\n"
WRONG: Final[tuple[tuple[str, str], ...]] = (
    ("property", "  - {path: coost, at_most: 5}\n"),
    ("type", "  - {path: cost, at_most: soon}\n"),
    ("operator", "  - {path: cost, at_mots: 5}\n"),
    ("date", "starts: 2026-13-45\n"),
    ("level", "level: block\n"),
    ("level nobody may set", "owner: council\n"),
    ("scope that is nowhere", "when: [{path: mission, is: nowhere}]\n"),
    ("scope of nothing", "when: [{path: cost, below: 5}, {path: cost, above: 9}]\n"),
    ("10,000 conditions", LEAF * 10_000),
    ("a million characters", "reason: " + "x" * 1_000_000 + "\n"),
)


def with_line(right: str, wrong: str) -> str:
    """Give a text with something wrong in it, instead of what is right there."""
    name = wrong.partition(":")[0]
    if wrong.startswith("  - "):
        return right + wrong
    kept = [line for line in right.splitlines(keepends=True) if name != _key(line)]
    return wrong + "".join(kept)


def _key(line: str) -> str:
    return line.partition(":")[0]


def faces(firm: Firm, text: str) -> dict[str, Callable[[], object]]:
    """Give the ways by which a text comes in, ready to be gone."""

    def file() -> object:
        record, _ = from_file("guardrails", text.encode(), "bad.yaml")
        return stays_whole(firm, [put(record)])

    body = msgspec.json.encode(read_yaml(text).plain)

    def http() -> object:
        found = [*misfits(firm, read_json(Guardrail, body, "body"))]
        raise Problems(found)

    return {
        "file": file,
        "text": lambda: written(firm, text, "bad.yaml").whole(),
        "HTTP": http,
    }


def refused(face: Callable[[], object]) -> tuple[float, InputError]:
    """Give the CPU milliseconds until it is refused, and why."""
    begin = time.process_time()
    try:
        face()
    except InputError as error:
        return (time.process_time() - begin) * 1000, error
    raise AssertionError("It was taken.")


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    words.add_argument("--short", action="store_true")
    firm = firm_of(ASSETS // (10 if words.parse_args().short else 1))
    more = (Role(id="council", title="Council"), Principle(id="p", title="Care"))
    firm = change(firm, [put(each) for each in more])
    right = as_text(firm.guardrails["cost"])
    written(firm, right).whole()  # what is loaded once is loaded
    longest = 0.0
    print(f"{len(firm.assets):,} assets; CPU ms:     file     text     HTTP")
    for title, wrong in WRONG:
        took = []
        for face in faces(firm, with_line(right, wrong)).values():
            several = [refused(face) for _ in range(3)]
            error = several[0][1]
            assert error.what, title
            assert error.do, title
            assert str(error.where), title
            took.append(min(ms for ms, _ in several))
        longest = max(longest, *took)
        print(f"{title:28}" + "".join(f"{ms:9.1f}" for ms in took))
    print(f"{longest:.1f} ms at most (bound {BOUND_MS} ms)")


if __name__ == "__main__":
    main()
