"""Past work is brought in from a table, and the report holds on real projects."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.app.conftest import BEN, DORA, NOW, OWNER

from weft.app.outcomes.past import bring, from_file, report, works
from weft.app.views import look
from weft.core.outcomes.past import PastWork
from weft.engines.outcomes.past import Link
from weft.errors import ConflictError, Forbidden, Malformed, Problems
from weft.store.desk import Desk

HEAD = (
    "Project,Name,Mission,Planned start,Due,Ended,"
    "Budget,Actual cost,To spec,Goals,Met\n"
)
ROW = (
    "p1,New till,payments,2025-01-01,2025-06-30,2025-07-10,"
    "9000.00 EUR,9500.00 EUR,yes,4,3\n"
)


def table(rows: str, head: str = HEAD) -> bytes:
    return (head + rows).encode()


def test_a_table_says_what_was_promised_and_what_came(quick: Desk) -> None:
    found, places, _ = from_file("past.csv", table(ROW + "p2,,,,,2025-03-01,,,No,,\n"))
    first, second = found
    assert (first.mission, first.due, first.to_spec) == (
        "payments",
        date(2025, 6, 30),
        True,
    )
    assert (first.goals, first.met, first.reached) == (4, 3, 0.75)
    assert (second.to_spec, second.reached, second.cost) == (False, None, None)
    assert [place.line for place in places] == [2, 3]
    told = bring(quick, OWNER, found, NOW, places=places)
    assert (told.new, told.repeats) == (2, 0)
    again = bring(quick, OWNER, found, NOW)
    assert (again.new, again.repeats, again.entry) == (0, 2, None)
    assert works(quick, look(quick, OWNER)) == [second, first]
    assert report(quick, look(quick, OWNER)).unjudged == 1


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (ROW.replace("2025-07-10", "soon"), "no such day"),
        (ROW.replace(",4,3", ",4,5"), "5 of 4 goals"),
        (ROW.replace(",yes,", ",perhaps,"), "to_spec"),
        (ROW.replace("9500.00 EUR", "9500"), "`cost`"),
    ],
)
def test_a_bad_row_is_told_with_its_line(row: str, says: str) -> None:
    found = from_file("past.csv", table(ROW + row.replace("p1", "p2")))
    assert len(found.facts) == 1
    (error,) = found.misread
    assert error.where.line == 3
    assert says in str(error)


def test_a_table_without_its_columns_is_refused() -> None:
    with pytest.raises(Malformed, match="no column"):
        from_file("past.csv", b"name,cost\nx,1\n")


def test_what_does_not_fit_the_firm_is_told_and_nothing_is_kept(quick: Desk) -> None:
    wrong = ROW.replace("payments", "nowhere") + ROW.replace("p1", "p3").replace(
        "2025-07-10", "2099-01-01"
    )
    wrong += ROW.replace("2025-07-10", "soon")
    found, places, misread = from_file("past.csv", table(wrong))
    with pytest.raises(Problems) as caught:
        bring(quick, OWNER, found, NOW, places=places, misread=misread)
    assert [e.where.line for e in caught.value.problems] == [2, 3, 4]
    assert not works(quick, look(quick, OWNER))


def test_another_telling_is_a_conflict_unless_it_corrects(quick: Desk) -> None:
    bring(quick, OWNER, from_file("a.csv", table(ROW))[0], NOW)
    other = from_file("a.csv", table(ROW.replace(",4,3", ",4,4"))).facts
    with pytest.raises(ConflictError):
        bring(quick, OWNER, other, NOW)
    bring(quick, OWNER, other, NOW, corrects=True)
    assert works(quick, look(quick, OWNER))[0].met == 4


def test_who_administers_brings_it_in_and_a_partner_sees_only_what_they_share(
    quick: Desk,
) -> None:
    found, *_ = from_file("a.csv", table(ROW + "p2,,,,,2025-03-01,,,no,,\n"))
    with pytest.raises(Forbidden):
        bring(quick, BEN, found, NOW)
    bring(quick, OWNER, found, NOW)
    assert len(works(quick, look(quick, BEN))) == 2
    assert [w.id for w in works(quick, look(quick, DORA))] == ["p1"]


# The projects of one federal department: which of them were late or dear, and how many
# of the goals of the investment behind each were met.


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def projects(folder: Path, sign: int) -> Iterator[str]:
    """Give its projects as Weft's table; the sign of a cost variance is not told."""
    edges = rows(folder, "edges")
    result = {m["_id"]: m["Metric_results"] for m in rows(folder, "metric")}
    owner = {e["to_id"]: e["from_id"] for e in edges if e["to_type"] == "Project"}
    judged: dict[str, Counter[str]] = {}
    for edge in edges:
        if edge["to_type"] == "Metric":
            told = judged.setdefault(edge["from_id"], Counter())
            told[result[edge["to_id"]]] += 1
    for row in rows(folder, "project"):
        if row["_id"] not in owner:
            continue
        told = judged.get(owner[row["_id"]], Counter())
        goals = told["Met"] + told["Not Met"]
        start = date(2000, 1, 1) + timedelta(days=int(row["Start_days_after_2000"]))
        due = start + timedelta(days=int(row["Planned_Duration"]))
        ended = due + timedelta(days=int(row["Project_delay"]))
        planned, off = float(row["Planned_Cost"]), float(row["Cost_Variance"])
        costs = [f"{1e6 * cost:.2f} USD" for cost in (planned, planned + sign * off)]
        met = f"{goals},{told['Met']}" if goals else ","
        days = f"{start},{due},{ended}"
        yield f"{row['Id']},{owner[row['_id']]},{days},{','.join(costs)},{met}"


@pytest.fixture
def portfolio(shared_data: Path) -> Path:
    return shared_data / "us-hhs-it-portfolio"


def read_in(folder: Path, sign: int) -> Sequence[PastWork]:
    head = "id,outcome,start,due,ended,planned cost,cost,goals,met\n"
    text = head + "\n".join(projects(folder, sign))
    rows = from_file("projects.csv", text.encode())
    rows.check()
    return rows.facts


def line(link: Link, title: str) -> str:
    """Give what a promise came to as the docs tell it."""
    tau = f"{link.correlation:+.2f} | {link.low:+.2f} to {link.high:+.2f}"
    told = f"{link.items} | {link.kept} | {link.outcomes} | {tau}"
    return f"| {title} | {told} |"


def test_real_projects_show_what_the_docs_say(quick: Desk, portfolio: Path) -> None:
    page = (Path(__file__).parents[3] / "docs/why/outcomes.md").read_text("utf-8")
    bring(quick, OWNER, read_in(portfolio, -1), NOW)
    found = report(quick, look(quick, OWNER))
    assert (found.works, found.unjudged) == (108, 5)
    assert line(found.links[0], "on time") in page
    assert line(found.links[1], "on budget") in page
    assert found.links[2].says == "Nothing is known of it."
    assert "no kept promise can be shown" in found.says


def test_real_costs_tell_what_their_sign_means(portfolio: Path) -> None:
    """Were a positive variance overspent, something would have cost below nothing."""
    with pytest.raises(Problems) as caught:
        read_in(portfolio, 1)
    assert all("cost" in e.where.path for e in caught.value.problems)
