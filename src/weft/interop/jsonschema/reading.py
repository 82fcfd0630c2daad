"""A JSON Schema of a thing, read as guardrails that ask the same of it.

It is never read as less than it says: what a guardrail cannot say is refused with its
place. Where the two see a thing differently, the guardrail is the stricter one: what is
missing or wrongly typed is unknown, and so does not satisfy it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from weft.core.guardrails import Guardrail, Harm, Phase, Severity
from weft.core.records import Record, read, read_plain
from weft.core.scalars import Line, Name
from weft.core.vocabulary import Property
from weft.errors import Problems
from weft.interop.jsonschema.clauses import Clause, Shape, shape_of
from weft.interop.jsonschema.nodes import Node, Reading
from weft.interop.jsonschema.words import words_of

MOST_CLAUSES = 20


class Schema(Record, frozen=True, kw_only=True):
    """A JSON Schema, and the guardrail that it is to become.

    It is a draft unless another phase is named: it can be tried, and touches nobody.
    only_act: the act that it is about, such as `deploy`; all acts where none is named.
    """

    text: Annotated[str, Meta(max_length=500_000)]
    id: Name
    title: Line = ""
    level: Severity = "must"
    phase: Phase = "draft"
    harm: Harm | None = None
    principle: Name
    owner: Name
    only_act: Name | None = None


class Understood(msgspec.Struct, frozen=True):
    """What a schema says: guardrails, words that are new, and what was left out."""

    guardrails: tuple[Guardrail, ...]
    vocabulary: tuple[Property, ...]
    notes: tuple[str, ...]


def read_schema(schema: Schema, known: Mapping[str, Property]) -> Understood:
    """Read a schema; raise Problems with everything that cannot be said.

    known: the vocabulary of the firm, into which its properties are to fit.
    """
    plain = read_plain(schema.text, "schema")
    reading = Reading(plain)
    root = Node(reading, {}, "#").made(plain, "#")
    shape = shape_of(root)
    words = words_of(reading, known)
    if not (shape.must or shape.optional or shape.cases or reading.problems):
        reading.wrong(root, "It asks for nothing.", "Give it `properties`.")
    if reading.problems:
        raise Problems(reading.problems)
    title = schema.title or _title(root, schema.id)
    made = enumerate(_parts(schema, shape), 1)
    guardrails = [_guardrail(schema, title, number, *part) for number, part in made]
    return Understood(tuple(guardrails), words, tuple(dict.fromkeys(reading.notes)))


def _title(root: Node, name: str) -> str:
    """Give the title of a schema, on one line."""
    title = root.get("title")
    return " ".join(title.split())[:300] if isinstance(title, str) else name


def _parts(schema: Schema, shape: Shape) -> Iterator[tuple[list[Clause], list[Clause]]]:
    """Give what becomes a guardrail each: where it applies, and what has to hold."""
    act = schema.only_act
    yield from _split([{"path": "act", "is": act}] if act else [], shape)


def _split(
    when: list[Clause], shape: Shape
) -> Iterator[tuple[list[Clause], list[Clause]]]:
    """Give the parts of a shape: of all, of those that have a word, of each case."""
    for start in range(0, len(shape.must), MOST_CLAUSES):
        yield when, shape.must[start : start + MOST_CLAUSES]
    for word, clauses in shape.optional.items():
        yield [*when, {"path": word, "present": True}], clauses
    for applies, inner in shape.cases:
        yield from _split([*when, *applies], inner)


def _guardrail(
    schema: Schema, title: str, number: int, when: list[Clause], must: list[Clause]
) -> Guardrail:
    """Make one guardrail; the first has the name, the others a number with it."""
    told = {f: getattr(schema, f) for f in ("level", "phase", "harm")}
    plain: dict[str, Any] = {
        **told,
        "id": schema.id if number == 1 else f"{schema.id}-{number}",
        "title": title if number == 1 else f"{title} ({number})",
        "principle": schema.principle,
        "owner": schema.owner,
        "when": when,
        "must": must,
    }
    return read(Guardrail, plain)
