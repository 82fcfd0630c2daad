"""A log becomes facts of one entry: no person in them, and no group under five told."""

from __future__ import annotations

from collections import Counter

import pytest
from tests.app.conftest import ANNA, DORA, OWNER, START
from tests.interop.logs.dialects import GROUPS, history, jira, servicenow, volvo

from weft.app.views import look
from weft.app.working import handoffs, logs
from weft.app.working.handoffs import Which
from weft.app.working.logs import Bringing, Brought
from weft.core.entries import Deed, put
from weft.core.people import Person, Profile, Unit
from weft.core.work.cases import Case, LogTaken
from weft.errors import Forbidden, InputError, NotFound
from weft.store.desk import Desk
from weft.store.verify import verify

PIECES = history(9, 120)
MONTH = "2026-11"


def bring(
    desk: Desk, raw: bytes = b"", *, dry_run: bool = False, **said: object
) -> Brought:
    told = {"file": "desk.csv", "raw": raw or servicenow(PIECES)} | said
    wanted = Bringing(**told)  # type: ignore[arg-type]
    return logs.bring(desk, OWNER, wanted, START, dry_run=dry_run)


@pytest.fixture
def desk(quick: Desk) -> Desk:
    """Give a firm with a unit of IT, and one whose people ask."""
    firm = [
        Unit(id="it", title="Network", it_box=True),
        Unit(id="sales", title="Sales"),
        *(Person(id=f"c{n}", unit="sales") for n in range(90)),
        Person(id="anna", unit="sales"),
    ]
    profiles = [Profile(id=f"c{n}", name=f"Caller {n}") for n in range(90)]
    deed = Deed(name="load", changes=tuple(map(put, firm)))
    quick.write(lambda _: deed, at=START, actor=OWNER, profiles=profiles)
    return quick


def test_a_log_becomes_facts_of_one_entry(desk: Desk) -> None:
    shown = bring(desk, dry_run=True)
    assert desk.facts.of(LogTaken) == []
    done = bring(desk)
    assert done.entry == 3
    assert (shown.cases, shown.asked) == (120, 120)
    assert len(desk.facts.of(Case, {"desk/1"})) == 120
    assert bring(desk).entry is None  # it is there already
    assert verify(desk).entries == 3


def test_no_person_of_a_log_is_kept(desk: Desk) -> None:
    bring(desk)
    kept = repr([*desk.facts.of(Case), *desk.facts.of(LogTaken)])
    words = {p.asker for p in PIECES} | {s.person for p in PIECES for s in p.steps}
    assert not [word for word in words - {""} if f"'{word}'" in kept]
    cases = desk.facts.of(Case)
    assert {case.asker for case in cases} == {"sales"}
    doers = Counter(case.doer for case in cases)
    last = Counter(piece.path[-1] for piece in PIECES)
    assert doers["it"] == last["Network"]


def test_orders_between_units_equal_an_independent_count(desk: Desk) -> None:
    bring(desk)
    view = look(desk, OWNER)
    found = handoffs.handoffs(desk, view, MONTH)
    told = {each.month: each.across for each in found.months}
    for month, across in told.items():
        ended = [p for p in PIECES if f"{p.steps[0].at:%Y-%m}" == month]
        network = sum(p.path[-1] == "Network" for p in ended)
        assert (across.part, across.whole) == (network, network)
        rows = handoffs.rows(desk, view, MONTH, "", Which(month=month, across=True))
        assert len(rows) == across.part


def test_each_figure_opens_its_cases(desk: Desk) -> None:
    bring(desk, inside=("*",))
    view = look(desk, OWNER)
    for many in range(5):
        rows = handoffs.rows(desk, view, MONTH, "desk", Which(handoffs=many))
        wanted = [p for p in PIECES if min(4, len(p.path) - 1) == many]
        assert {row.id for row in rows} == {p.id for p in wanted}
    for group in GROUPS:
        rows = handoffs.rows(desk, view, MONTH, "desk", Which(group=group))
        assert len(rows) == sum(group in p.path for p in PIECES)
    assert handoffs.rows(desk, view, MONTH, "desk", Which(crossing=True)) == ()


def test_the_edge_is_that_of_the_firm_where_nobody_says_it(desk: Desk) -> None:
    bring(desk, outside=("Mail", "Service*", "Databases", "Ticketing"))
    found = handoffs.handoffs(desk, look(desk, OWNER), MONTH)
    crossed = [
        sum(
            (a == "Network") != (b == "Network")
            for a, b in zip(p.path, p.path[1:], strict=False)
        )
        for p in PIECES
    ]
    assert found.handed.unknown == 0
    assert found.handed.crossings.mean == pytest.approx(sum(crossed) / len(crossed))
    bring(desk)
    unsaid = handoffs.handoffs(desk, look(desk, OWNER), MONTH).handed
    assert unsaid.unknown == sum(len(p.path) > 1 for p in PIECES)


def test_a_later_log_takes_the_place_of_the_first_or_goes_on_with_it(
    desk: Desk,
) -> None:
    first = bring(desk, columns={"case": "category"})
    assert first.cases == 3
    bring(desk)
    view = look(desk, OWNER)
    assert handoffs.handoffs(desk, view, MONTH).cases == 120
    bring(desk, jira(history(10, 130)), more=True, log="desk")
    assert handoffs.handoffs(desk, look(desk, OWNER), MONTH).cases >= 130
    assert handoffs.handoffs(desk, look(desk, OWNER, as_of="3"), MONTH).cases == 3
    bring(desk, volvo(PIECES), log="other")
    view = look(desk, OWNER)
    assert [log.id for log in handoffs.logs(desk, view)] == ["desk", "other"]
    with pytest.raises(InputError, match="There are 2 logs"):
        handoffs.handoffs(desk, view, MONTH)
    with pytest.raises(NotFound):
        handoffs.handoffs(desk, view, MONTH, "nothing")


def test_fewer_than_five_people_are_not_told_of(desk: Desk) -> None:
    few = (
        b"case,time,status,group,person\na,2026-01-01,new,A,x\na,2026-01-02,done,A,y\n"
    )
    with pytest.raises(InputError, match="under 5 people"):
        bring(desk, few)
    assert (
        bring(desk, few, columns={"person": ""}, dry_run=True).groups[0].people is None
    )


def test_who_may(desk: Desk) -> None:
    wanted = Bringing(file="x.csv", raw=servicenow(PIECES))
    with pytest.raises(Forbidden):
        logs.bring(desk, ANNA, wanted, START)
    with pytest.raises(InputError, match="No log of work"):
        handoffs.handoffs(desk, look(desk, OWNER), MONTH)
    bring(desk)
    assert handoffs.handoffs(desk, look(desk, ANNA), MONTH).cases == 120
    with pytest.raises(Forbidden):
        handoffs.handoffs(desk, look(desk, DORA), MONTH)
    with pytest.raises(Forbidden):
        handoffs.logs(desk, look(desk, DORA))
