"""The law of drafts: whatever is put into one, however wrong, what holds stays.

Random firms with past requests on record, and random drafts over them: records put,
changed and dropped, through the deeds of drafts, the editor, ready sets, and the
formats of others. What holds is compared byte for byte: every table of the store but
those of drafts, the firm as it is held, its rules, and an Answer to a fixed request.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, Final

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.engines.guardrails.blast.drafts import a_firm, asset, drafted, waiver
from tests.engines.guardrails.conftest import AT, firm, guardrail, request
from tests.engines.guardrails.worlds import SETS, WORDS, properties, rule, seeded
from tests.interop.oscal.catalogues import small

from weft.app import drafts, guardrails, requests, waivers
from weft.app.framework import adrs, jsonschema, policies, versions
from weft.app.published import oscal, ready
from weft.app.views import look
from weft.app.writing import consistency
from weft.app.writing.reading import written
from weft.app.writing.saving import into_draft
from weft.core.entries import Change, Deed, put
from weft.core.firm import Firm, change
from weft.core.framework.adrs import ADR, Status
from weft.core.guardrails import Guardrail, Principle
from weft.core.people import Person
from weft.core.records import show
from weft.core.roles import Actor
from weft.core.vocabulary import Property
from weft.engines.guardrails import audit, rules_on
from weft.errors import WeftError
from weft.interop.jsonschema.reading import Schema, read_schema
from weft.interop.madr import read_madr, write_madr
from weft.interop.madr.reading import Known
from weft.interop.oscal import read_catalogue, understand
from weft.ready import ready_sets
from weft.store.desk import Desk, open_desk
from weft.store.schema import tables

OWNER: Final = Actor(person="ada", owner=True)
DRAFT: Final = "plan"
FIXED: Final = request({"language": "go", "tls": "1.2", "days": 3, "live": True})
OTHERS: Final = [firm((), (), seq=1000 + number) for number in range(12)]
OF_DRAFTS: Final = {"drafts", "draft_parts"}
Step = Callable[[Desk, Random], object]


def what_holds(desk: Desk) -> dict[str, object]:
    """Give all that holds, in the store and in memory, as what can be compared."""
    held = desk.firm()
    with desk.database.reading() as db:
        rows = {
            table.name: sorted(map(repr, db.execute(sa.select(table))))
            for table in tables.sorted_tables
            if table.name not in OF_DRAFTS
        }
    return {
        "store": rows,
        "firm": (held.seq, sorted(f"{r.kind} {show(r)}" for r in held.records())),
        "rules": rules_on(held, AT.date()).digest,
        "answer": show(requests.tried(held, OWNER, FIXED, AT)),
        "audit": show(audit(held, AT)),
    }


def forget() -> None:
    """Look at more other firms than any rules are kept of.

    So what was worked out of a draft is what is kept, should the two be taken for one.
    """
    for other in OTHERS:
        rules_on(other, AT.date())


def filled(desk: Desk, rng: Random) -> None:
    """Put a random firm into a store, with past requests and a record of a decision."""
    more = (
        *(Person(id=name, title=name) for name in ("ada", "bo", "cy", "di", "eve")),
        Principle(id="p", title="A principle", owner="stewards"),
        ADR(id="0001-one", title="One", status="accepted", principles=("p",)),
    )
    drawn = change(a_firm(rng), map(put, more))
    deed = Deed(name="load", changes=tuple(map(put, drawn.records())))
    desk.write(lambda _: deed, at=AT - timedelta(days=30), actor=OWNER)
    for _ in range(2):
        asked = request(properties(rng))
        refused(partial(requests.ask, desk, OWNER, asked, AT))


def refused(deed: Callable[[], object]) -> bool:
    """Do something that may be refused in Weft's own words; tell whether it was."""
    try:
        deed()
    except WeftError:
        return True
    return False


# What is put into a draft


def a_change(held: Firm, rng: Random) -> Change:
    """Draw a change: put, changed or dropped, and often one that does not fit."""
    kinds = ("guardrails", "waivers", "vocabulary", "sets", "assets", "acts")
    if rng.random() < 0.35:
        kind = rng.choice(kinds)
        return Change(kind, rng.choice([*sorted(held.table(kind)), "nothing"]))
    word = rng.choice(WORDS)
    return rng.choice(
        [
            put(drafted(rng, held)),
            put(rule(rng, rng.choice(["g0", "g1", "fresh"]))),
            put(a_wrong_one(rng)),
            put(waiver(rng, rng.choice(["w0", "fresh"]), WORDS)),
            put(replace(waiver(rng, "w1", WORDS), guardrail="away", mission="gone")),
            put(replace(word, title="Called otherwise")),
            put(Property(id=word.id, title="Otherwise", type="bool")),
            put(replace(rng.choice(SETS), values=("go", "php"))),
            put(asset(rng, "a0", WORDS)),
        ]
    )


def a_wrong_one(rng: Random) -> Guardrail:
    """Make a guardrail that does not fit: its words, values, owner, principle."""
    odd: list[dict[str, Any]] = [
        {"path": "unheard", "is": 1},
        {"path": "days", "is": "x"},
        {"path": "live", "above": 3},
    ]
    return guardrail("g0", [rng.choice(odd)], principle="nobody", owner="none")


def put_changes(desk: Desk, rng: Random) -> object:
    found = [a_change(desk.firm(), rng) for _ in range(rng.randint(1, 4))]
    return drafts.add(desk, OWNER, DRAFT, found)


def put_written(desk: Desk, rng: Random) -> object:
    return into_draft(desk, OWNER, drafted(rng, desk.firm()), rng.choice([DRAFT, ""]))


def put_ready(desk: Desk, rng: Random) -> object:
    name = rng.choice([each.id for each in ready_sets()])
    return ready.load(desk, OWNER, name, {}, AT, draft=DRAFT)


def put_madr(desk: Desk, rng: Random) -> object:
    name, raw = rng.choice(["0001-one.md", "0002-two.md"]), a_record(rng)
    view = look(desk, OWNER, draft=DRAFT)
    files = {name: raw.encode()}
    refused(lambda: adrs.bring(desk, view, files, AT, dry_run=True))
    known = Known(files={"0001-one"}, roles={}, missions={}, principles={})
    return drafts.add(desk, OWNER, DRAFT, [put(read_madr(raw, name, known).record)])


def a_record(rng: Random) -> str:
    """Write a decision record, or what is none."""
    status: Status = rng.choice(["proposed", "accepted", "rejected"])
    told = ADR(id="x", title=rng.choice(["One", "Other"]), status=status)
    texts = [*[write_madr(told)] * 2, "No heading at all", "---\nstatus: [\n---"]
    return rng.choice(texts)


def put_oscal(desk: Desk, rng: Random) -> object:
    raw = json.dumps(small(rng.choice(["1.0", "2.0"]))).encode()
    raw = rng.choice([raw, raw[:200], b"{}"])
    refused(lambda: oscal.bring(desk, OWNER, raw, "house.json", AT, dry_run=True))
    found = understand(read_catalogue(raw, "house.json"), desk.firm())
    return drafts.add(desk, OWNER, DRAFT, found.changes)


def put_schema(desk: Desk, rng: Random) -> object:
    asked = rng.choice([{"type": "boolean"}, {"type": "integer"}, {"not": {}}])
    name = rng.choice([WORDS[0].id, "brand-new"])
    plain = {"type": "object", "properties": {name: asked}, "required": [name]}
    schema = Schema(text=json.dumps(plain), id="g0", principle="p", owner="stewards")
    view = look(desk, OWNER, draft=rng.choice([DRAFT, ""]))
    refused(lambda: jsonschema.take_in(desk, view, schema, at=AT, dry_run=True))
    found = read_schema(schema, desk.firm().vocabulary)
    changes = map(put, (*found.vocabulary, *found.guardrails))
    return drafts.add(desk, OWNER, DRAFT, changes)


def put_rego(desk: Desk, rng: Random) -> object:
    view = look(desk, OWNER, draft=DRAFT)
    text = policies.module(view, AT)
    text = rng.choice([text, text.replace("package", "packing")])
    refused(lambda: policies.take_in(desk, view, text, at=AT, dry_run=True))
    found = policies.read_module(view, text)
    return drafts.add(desk, OWNER, DRAFT, map(put, found))


# What is looked at with a draft


def tried(desk: Desk, rng: Random) -> object:
    view = look(desk, OWNER, draft=rng.choice([DRAFT, ""]))
    held = drafted(rng, desk.firm())
    draft = rng.choice([held, held, rule(rng, "g0"), a_wrong_one(rng)])
    consistency.of_draft(view, draft, AT)
    return guardrails.try_out(desk, view, draft, AT).trial()


def tried_as_text(desk: Desk, rng: Random) -> object:
    view = look(desk, OWNER, draft=DRAFT)
    text = show(rule(rng, "g0"))
    text = rng.choice([text, text.replace("must", "most"), text[:80]])
    return guardrails.try_out(desk, view, written(view.firm, text).whole(), AT)


def looked_at(desk: Desk, rng: Random) -> object:
    view = look(desk, OWNER, draft=DRAFT)
    looks: list[Callable[[], object]] = [
        lambda: requests.tried(view.firm, OWNER, FIXED, AT),
        lambda: audit(view.firm, AT),
        lambda: consistency.consistency(view, AT),
        lambda: waivers.waivers(view, AT),
        lambda: versions.versions(desk, view, "guardrails", "g0"),
        lambda: drafts.changes(desk, OWNER, DRAFT),
        lambda: ready.outlook(desk, view, "security-protocols", {}, AT),
    ]
    return rng.choice(looks)()


def begun_again(desk: Desk, rng: Random) -> object:
    drafts.drop(desk, OWNER, DRAFT)
    return drafts.new(desk, OWNER, DRAFT, rng.choice(["A plan", "Another"]))


STEPS: Final[tuple[Step, ...]] = (
    *(put_changes, put_changes, put_written, put_ready, put_madr, put_oscal),
    *(put_schema, put_rego, tried, tried, tried_as_text, looked_at, looked_at),
    begun_again,
)


def held_through(folder: Path, seed: int, steps: Iterable[Step]) -> list[str]:
    """Take some steps with a draft; give those after which something else holds."""
    rng = seeded(seed)
    with open_desk(f"sqlite:///{folder / 'law.db'}") as desk:
        filled(desk, rng)
        before = what_holds(desk)
        drafts.new(desk, OWNER, DRAFT, "A plan")
        found = []
        for step in steps:
            forget()
            refused(partial(step, desk, rng))
            after = what_holds(desk)
            found += [
                f"{step.__name__}: {name}"
                for name in before
                if after[name] != before[name]
            ]
        return found


@pytest.mark.slow
@settings(max_examples=30)
@given(seed=st.integers(0, 2**32), steps=st.lists(st.sampled_from(STEPS), max_size=12))
def test_a_draft_never_touches_what_holds(seed: int, steps: list[Step]) -> None:
    with TemporaryDirectory() as folder:
        assert held_through(Path(folder), seed, steps) == []


@pytest.mark.slow
def test_each_step_gets_through_and_most_are_refused_at_times(tmp_path: Path) -> None:
    rng = seeded(1)
    through, back = set[Step](), set[Step]()
    with open_desk(f"sqlite:///{tmp_path / 'law.db'}") as desk:
        filled(desk, rng)
        drafts.new(desk, OWNER, DRAFT, "A plan")
        for step in STEPS * 12:
            (back if refused(partial(step, desk, rng)) else through).add(step)
    assert through == set(STEPS)
    never = {put_changes, put_written, begun_again}
    assert back >= set(STEPS) - never
