"""Touchpoints month by month: never read first, then the weakest on each scale."""

from __future__ import annotations

from datetime import date

import pytest
from tests.app.conftest import NOW, OWNER

from weft.app.outcomes.readings import bring
from weft.app.outcomes.touchpoints import touchpoints
from weft.app.records import write
from weft.app.views import look
from weft.core.entries import put
from weft.core.outcomes.metric import Metric
from weft.core.outcomes.reading import Reading
from weft.errors import NotFound
from weft.store.desk import Desk


def metric(key: str, *, place: str = "Till", **more: object) -> Metric:
    plain = {"id": key, "title": key, "unit": "% of those asked", "touchpoint": place}
    return Metric(**plain | {"mission": "payments"} | more)  # type: ignore[arg-type]


def test_where_customers_are_least_content_comes_first(quick: Desk) -> None:
    told = [
        metric("till"),
        metric("phone", place="Phone", unit="% of callers"),
        metric("letters", place="Letters"),
        metric("wait", place="Queue", unit="minutes", direction="down"),
        metric("queue", place="Queue", unit="minutes", direction="down"),
        metric("old", retired=date(2026, 1, 1)),
        metric("inside", place=""),
        metric("lent", mission="lending"),
    ]
    write(quick, OWNER, map(put, told), name="put", at=NOW)
    read = [
        Reading(metric=key, on=date(2026, month, day), value=value)
        for key, month, day, value in (
            ("till", 9, 1, 50),
            ("till", 10, 1, 80),
            ("till", 10, 31, 90),
            ("phone", 10, 2, 70),
            ("wait", 10, 3, 4),
            ("queue", 10, 3, 9),
        )
    ]
    bring(quick, OWNER, read, NOW)
    view = look(quick, OWNER)
    found = touchpoints(quick, view, "payments")
    assert [t.metric.id for t in found] == ["letters", "phone", "till", "queue", "wait"]
    till = found[2]
    assert till.months == (("2026-10", 85.0), ("2026-09", 50.0))
    assert [t.latest for t in found] == [None, 70, 85, 9, 4]
    assert [t.metric.id for t in touchpoints(quick, view, "lending")] == ["lent"]
    assert len(touchpoints(quick, view)) == 6
    with pytest.raises(NotFound):
        touchpoints(quick, view, "nowhere")
