"""Evidence from a log of tickets: for their own people alone, and told of no few."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.app.conftest import OWNER, START

from weft.app.knowing import tickets
from weft.app.views import look
from weft.core.entries import Deed, put
from weft.core.people import Person
from weft.core.roles import Actor
from weft.core.skills import Claim, Discipline, Skill, Worked
from weft.errors import Forbidden, InputError, Malformed, NotFound
from weft.interop.sheets import read_table
from weft.interop.tickets import Closed, read_tickets
from weft.store.desk import Desk

REAL = (
    Path(__file__).parents[4]
    / "shared/data/servicenow-uci-slice/incident_event_log.csv"
)
HEAD = "number,resolved_by,category,resolved_at\n"
FILE = (
    HEAD
    + "".join(f"A{n},R {n % 5},mail,0{1 + n // 5}-10-2026 08:00\n" for n in range(15))
    + "A0,R 4,mail,05-10-2026 09:00\n"  # the last row of a ticket counts
    + "B1,R 0,law,2026-10-09\nB2,?,mail,2026-10-09\nB3,Somebody,mail,9.10.2026\n"
).encode()


@pytest.fixture
def desk(quick: Desk) -> Desk:
    """Give a firm of those who closed tickets; one shares what they know of mail."""
    firm = [
        Discipline(id="it", title="Technology", camp="technology"),
        Skill(id="post", title="Post", discipline="it", synonyms=("Mail",)),
        *(Person(id=f"r{n}", source_id=f"R {n}") for n in range(5)),
        Claim(person="r1", skill="post", level=5, seen=date(2026, 1, 1)),
    ]
    deed = Deed(name="load", changes=tuple(map(put, firm)))
    quick.write(lambda _: deed, at=START, actor=OWNER)
    return quick


def bring(desk: Desk, raw: bytes = FILE, **more: object) -> tickets.Evidence:
    told = {"columns": {}, "least": 2} | more
    return tickets.bring(desk, OWNER, raw, "log.csv", START, **told)  # type: ignore[arg-type]


def test_who_closed_tickets_gets_a_claim_that_nobody_else_sees(desk: Desk) -> None:
    told = bring(desk)
    assert (told.tickets, told.open, told.closers, told.strangers) == (18, 1, 6, 1)
    assert [(s.about, s.skill, s.people, s.tickets) for s in told.about] == [
        ("law", None, None, None),
        ("mail", "post", 6, 16),
    ]
    assert (told.claims, told.nameless) == (5, ("law",))
    claims = desk.firm().claims
    assert claims["r0:post"] == Claim(
        person="r0",
        skill="post",
        level=3,
        evidence="work",
        seen=date(2026, 10, 3),
        work=(Worked(of="tickets", count=2),),
        shared=False,
    )
    assert claims["r4:post"].work == (Worked(of="tickets", count=4),)
    others = look(desk, OWNER).firm.claims
    assert [key for key in others if key.endswith(":post")] == ["r1:post"]
    assert "r0:post" in look(desk, Actor(person="r0")).firm.claims


def test_a_claim_that_is_there_keeps_its_level_and_its_consent(desk: Desk) -> None:
    bring(desk)
    held = desk.firm().claims["r1:post"]
    assert (held.level, held.shared, held.evidence) == (5, True, "work")
    assert held.seen == date(2026, 10, 3)
    assert bring(desk).entry is None  # once is as good as twice


def test_who_asks_again_with_the_key_gets_the_first_entry(desk: Desk) -> None:
    first = bring(desk, key="once").entry
    assert first == bring(desk, key="once").entry == desk.firm().seq


def test_a_look_writes_nothing_and_too_few_tickets_make_no_claim(desk: Desk) -> None:
    assert bring(desk, dry_run=True).entry is None
    assert bring(desk, least=5).entry is None
    assert "r0:post" not in desk.firm().claims


def test_of_few_people_not_even_the_number_of_claims_is_told(desk: Desk) -> None:
    raw = (HEAD + "A1,R 0,mail,2026-10-01\nA2,R 0,mail,2026-10-01\n").encode()
    told = bring(desk, raw)
    assert (told.claims, told.tallies) == (None, ())
    assert told.about[0].people is told.about[0].tickets is None


def test_things_without_a_skill_become_skills_where_it_is_said(desk: Desk) -> None:
    told = bring(desk, least=1, discipline="it")
    assert told.nameless == ()
    assert desk.firm().skills["law"].discipline == "it"
    assert desk.firm().claims["r0:law"].seen == date(2026, 10, 9)
    with pytest.raises(NotFound):
        bring(desk, discipline="cloth")
    with pytest.raises(Forbidden):
        tickets.bring(desk, Actor(person="r0"), FILE, "log.csv", START, columns={})


@pytest.mark.parametrize(
    ("raw", "said", "what"),
    [
        (HEAD + "A1,R 0,mail,soon\n", {}, "'soon' is no day"),
        (HEAD + "A1,R 0,mail,31-02-2026\n", {}, "is no day"),
        (HEAD + "A1,R 0,mail,03/04/2026\n", {}, "day/month or month/day"),
        ("a,b\n1,2\n", {}, "No column is known to tell which ticket a row is of"),
        (
            HEAD + "A1,R 0,mail,1.2.2026\n",
            {"person": "who"},
            "There is no column 'who'",
        ),
        (HEAD + "A1,R 0,mail,1.2.2026\n", {"colour": "number"}, "no field 'colour'"),
    ],
)
def test_what_cannot_be_read_is_said(
    raw: str, said: dict[str, str], what: str, desk: Desk
) -> None:
    with pytest.raises((Malformed, InputError), match=what):
        bring(desk, raw.encode(), columns=said)


def test_days_with_slashes_are_read_where_one_tells_the_order() -> None:
    raw = HEAD + "A1,x,y,03/04/2026\nA2,x,y,03/14/2026\n"
    log = read_tickets(read_table("x.csv", raw.encode()), {})
    assert log.closed == (
        Closed(person="x", about="y", tickets=2, last=date(2026, 3, 14)),
    )


@pytest.mark.skipif(not REAL.exists(), reason="the real file is not here")
def test_the_log_of_a_real_department(desk: Desk) -> None:
    raw = REAL.read_bytes()
    log = read_tickets(read_table(REAL.name, raw), {})
    assert log.tickets == 890
    assert sum(each.tickets for each in log.closed) + log.open == 890
    closers = sorted({each.person for each in log.closed})
    people = [Person(id=f"s{n}", source_id=name) for n, name in enumerate(closers)]
    deed = Deed(name="load", changes=tuple(map(put, people)))
    desk.write(lambda _: deed, at=START, actor=OWNER)
    told = bring(desk, raw, least=5, discipline="it")
    assert (told.closers, told.strangers) == (len(closers), 0)
    made = [c for c in desk.firm().claims.values() if c.work]
    assert told.claims == len(made) > 20
    assert not any(claim.shared for claim in made)
    assert all(claim.work[0].count >= 5 for claim in made)
    assert all(s.people is None or s.people >= 5 for s in told.about)
    assert not [c for c in look(desk, OWNER).firm.claims.values() if c.work]
