"""A guardrail as somebody writes it: read as far as it goes, all mistakes at once."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any, Final

import msgspec
from immutables import Map
from msgspec.structs import replace

from weft.core.checks import check
from weft.core.firm import Firm
from weft.core.guardrails import Guardrail
from weft.core.records import read
from weft.core.sources import Path, Source
from weft.engines.guardrails import as_tried, problems
from weft.engines.guardrails.effect import ineffective
from weft.errors import InputError, Malformed, Problems, Where
from weft.interop.folder.parts import decoded, source_of

_MOST_TOLD: Final = 20
_ANY: Final = {"path": "act", "present": True}
"""A condition that always fits, in the place of one that cannot be read."""
_STEP: Final = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]")


class Written(msgspec.Struct, frozen=True):
    """A text, what it says as plain data, and the guardrail, or what is wrong.

    plain: nothing where the text is no YAML. guardrail: nothing while there are
    problems; each of these has the line and the path of its place in the text.
    """

    text: str
    plain: dict[str, Any] | None = None
    guardrail: Guardrail | None = None
    problems: tuple[InputError, ...] = ()

    def whole(self) -> Guardrail:
        """Give the guardrail; raise Problems where something is wrong with it."""
        if self.guardrail is None:
            raise Problems(self.problems)
        return self.guardrail


def written_file(firm: Firm, raw: bytes, file: str) -> Written:
    """Read a file of YAML, or of JSON, which YAML holds.

    The id may be left out: then it is what the file is called.
    """
    return written(firm, decoded(raw, file), file, PurePath(file).stem)


def written(firm: Firm, text: str, name: str = "", key: str = "") -> Written:
    """Read a text by the words of a firm, and find all that is wrong with it.

    name: what its mistakes are told under. key: the id, where the text has none.
    """
    try:
        source = source_of(Guardrail, text, name)
        plain = _mapping(source)
    except InputError as error:
        return Written(text, problems=(error,))
    if key:
        plain.setdefault("id", key)
    told = copy.deepcopy(plain)
    reading = _Reading(firm, source, plain)
    guardrail = reading.guardrail()
    problems = reading.told
    if guardrail is not None:
        problems += reading.misfits(firm, guardrail)
    return Written(text, told, None if problems else guardrail, tuple(problems))


class _Reading:
    """One text while it is read; what cannot be read is told and left aside.

    The data of the source is changed on the way, and stays in its place: lines are
    looked up by it.
    """

    def __init__(self, firm: Firm, source: Source, plain: dict[str, Any]) -> None:
        self.source, self.plain = source, plain
        self.told: list[InputError] = []
        self.aside: list[Path] = []
        self.stand_ins = {
            "id": "a-guardrail",
            "title": "A guardrail",
            "level": "advise",
            "principle": next(iter(firm.principles), "none"),
            "owner": next(iter(firm.roles), "none"),
            "must": [_ANY],
        }

    def guardrail(self) -> Guardrail | None:
        """Read it, each time without what was wrong the time before."""
        for name, stand_in in self.stand_ins.items():
            if name not in self.plain:
                do = f"Add a line {name}: {_NEEDED[name]}."
                where = self.source.where(())
                self.told.append(Malformed(f"It has no {name}.", do=do, where=where))
                self.put(name, stand_in)
        while len(self.told) < _MOST_TOLD:
            try:
                return read(Guardrail, self.plain, self.source)
            except InputError as error:
                wrong = [(steps(each.where.path), each) for each in error.problems]
                self.told += [self.blank(at, each.where) or each for at, each in wrong]
                mended = [self.put_aside(path) for path, _ in wrong]
                if not any(mended):
                    break
        return None

    def blank(self, path: Path, where: Where) -> InputError | None:
        """Say of what is left blank that it is, rather than what it should be like."""
        here: Any = self.plain
        for step in path:
            here = here.get(step) if isinstance(here, dict) else here[step]
        if here != "":
            return None
        what, do = "Nothing is chosen here yet.", "Choose one, or take it away."
        return InputError(what, do=do, where=where)

    def put_aside(self, path: Path) -> bool:
        """Leave aside what lies at a path; tell whether that could be done."""
        if not path:
            return False
        if path == ("level",) and self.plain["level"] == "veto":  # it names no harm
            self.plain["level"] = "must"
            return True
        top, *more = path
        if more and isinstance(more[0], int):
            self.plain[str(top)][more[0]] = _ANY
            self.aside.append((top, more[0]))
        elif top in self.stand_ins:
            self.put(str(top), self.stand_ins[str(top)])
        else:
            self.plain.pop(str(top), None)
        return True

    def put(self, name: str, stand_in: Any) -> None:
        """Put something in the place of what is needed, and tell nothing about it."""
        self.plain[name] = stand_in
        self.aside.append((name,))

    def misfits(self, firm: Firm, guardrail: Guardrail) -> Iterator[InputError]:
        """Find what does not fit the firm, but for what was left aside."""
        for error in misfits(firm, as_tried(firm, guardrail)):
            path = steps(error.where.path)
            if not any(path[: len(aside)] == aside for aside in self.aside):
                error.where = self.source.where(path)
                yield error


_NEEDED: Final = {
    "id": "a-short-name",
    "title": "what it asks, in a line",
    "level": "advise, must or veto",
    "principle": "the principle that it makes checkable",
    "owner": "the role that answers for it",
    "must": "the conditions that have to hold, as a list",
}


def misfits(firm: Firm, draft: Guardrail) -> Iterator[InputError]:
    """Find all that is wrong with one guardrail, whatever else is with the firm.

    It takes as long as that one takes, however many others there are.
    """
    alone = Map({draft.id: draft})
    names = Firm(
        roles=firm.roles,
        principles=firm.principles,
        adrs=firm.adrs,
        guardrails=alone,
    )
    words = replace(firm, guardrails=alone, waivers=Map(), mandates=Map())
    wrong = (*check(names), *problems(words), *ineffective(words, draft))
    for error in wrong:
        if error.where.file == f"guardrails/{draft.id}":
            yield error


def steps(path: str) -> Path:
    """Take the steps of a path that is written out, such as `$.must[0].path`."""
    return tuple(int(n) if n else name for name, n in _STEP.findall(path))


def _mapping(source: Source) -> dict[str, Any]:
    """Give the data of a text that is a mapping, as a guardrail is."""
    if not isinstance(source.plain, dict):
        raise Malformed(
            "This is no guardrail yet." if source.plain is None else "It has no names.",
            do="Write lines such as `title: what it asks`.",
            where=source.where(()),
        )
    return source.plain
