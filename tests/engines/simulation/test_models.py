"""Operating models: what they are told by, and the routes the same firm takes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.simulation.firms import firm, setting, small
from tests.engines.simulation.queues import wait

from weft.app.comparing.models import the_models
from weft.core.firm import Firm
from weft.engines.simulation.models import (
    KNOWN,
    Compiled,
    Model,
    Setting,
    bounds,
    compile_model,
    draw_demand,
    setting_of,
)
from weft.engines.simulation.models.compiled import staffing_of
from weft.engines.simulation.models.effort import decay
from weft.engines.simulation.models.laying import Purpose
from weft.engines.simulation.models.staffing import Offered, staffed
from weft.errors import InputError, Malformed, UnknownName
from weft.interop.models import library, library_text, read_model, write_model

LIBRARY = library()
OWN = 'id = "a"\ntitle = "A"\nsource = "s"\n[parameters]\n'
DAYS = 460.0


def compiled(model: Model, place: Setting | None = None, seed: int = 1) -> Compiled:
    place = place or small()
    demand = draw_demand(place, seed, DAYS)
    return compile_model(
        model, place, demand, staffing_of(model, place, DAYS), days=DAYS
    )


def test_the_library_says_where_each_model_is_from() -> None:
    assert len(LIBRARY) >= 8
    for model in LIBRARY.values():
        assert model.source
        assert model.summary
        assert model.shape
        for name, parameter in model.parameters.items():
            assert parameter.unit == KNOWN[name].unit
            assert parameter.source
            low, high = bounds(name, parameter)
            assert low <= parameter.value <= high, (model.id, name)


@pytest.mark.parametrize("name", LIBRARY)
def test_a_model_written_reads_back_to_the_same(name: str) -> None:
    model = LIBRARY[name]
    assert read_model(write_model(model), "own.toml") == model
    assert read_model(library_text(name), f"{name}.toml") == model


@pytest.mark.parametrize(
    ("text", "error", "says"),
    [
        ("id = ", Malformed, "TOML"),
        ('id = "a"\ntitle = "A"', Malformed, "source"),
        (
            'id = "a"\ntitle = "A"\nsource = "s"\nbased_on = "nobody"',
            UnknownName,
            "nobody",
        ),
        (
            OWN + 'speed = { value = 1, unit = "share", source = "s" }',
            InputError,
            "no such parameter",
        ),
        (
            OWN + 'rework = { value = 2, unit = "share", source = "s" }',
            InputError,
            "not from 0 to 0.9",
        ),
        (
            OWN + 'rework = { value = 0.2, unit = "days", source = "s" }',
            InputError,
            "its unit is share",
        ),
    ],
)
def test_a_text_that_is_no_model_is_told_so(
    text: str, error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        read_model(text, "own.toml")


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ('rework = { value = 2, unit = "share", source = "s" }', "parameters.rework"),
        ('rewrok = { value = 0, unit = "share", source = "s" }', "parameters.rewrok"),
        (
            'rework = { value = 0.2, unit = "share", source = "s", low = 0.3 }',
            "parameters.rework",
        ),
        (
            'rework = { value = "x", unit = "share", source = "s" }',
            "parameters.rework.value",
        ),
    ],
)
def test_a_wrong_parameter_is_told_with_its_place_and_line(
    wrong: str, place: str
) -> None:
    text = f"# Ours\n{OWN}\n{wrong}\n"
    with pytest.raises(InputError) as told:
        read_model(text, "own.toml")
    where = told.value.where
    assert (where.file, where.path) == ("own.toml", f"$.{place}")
    assert text.splitlines()[where.line - 1] == wrong
    assert told.value.do


def test_a_base_that_there_is_not_is_told_with_its_line() -> None:
    with pytest.raises(UnknownName) as told:
        read_model('id = "a"\ntitle = "A"\nsource = "s"\nbased_on = "x"', "own.toml")
    assert str(told.value.where) == "own.toml:4:$.based_on"


def test_a_copy_that_kept_its_name_stands_beside_what_it_was_copied_from() -> None:
    copy = library_text("lean").replace("value = 0.15", "value = 0.1")
    lean, ours = the_models(("lean", "mine/Ours.toml"), {"mine/Ours.toml": copy})
    assert (lean.id, lean.value("rework")) == ("lean", 0.15)
    assert (ours.id, ours.value("rework")) == ("ours", 0.1)
    assert ours.title == "Ours.toml, from Lean IT department"
    [alone] = the_models(("ours.toml",), {"ours.toml": copy})
    assert alone.id == "lean"


@pytest.mark.slow
@pytest.mark.parametrize("example", ["bank", "airline"])
def test_every_model_gets_the_same_changes_bit_by_bit(example: str) -> None:
    place = setting(example)
    first = draw_demand(place, 3, DAYS)
    for model in LIBRARY.values():
        made = compiled(model, place, 3)
        assert made.demand.digest == first.digest
        assert (made.routes.arrival == first.arrival).all()


def test_nobody_changes_the_demand_that_models_share() -> None:
    for part in draw_demand(setting("airline"), 3, DAYS):
        with pytest.raises(ValueError, match="read-only"):
            part[...] = 0


@pytest.mark.parametrize("name", LIBRARY)
def test_a_change_waits_works_and_is_done(name: str) -> None:
    made = compiled(LIBRARY[name])
    run = made.run()
    assert np.isfinite(run.done).all()
    parts = run.by_change(run.wait) + run.by_change(run.routes.service)
    assert np.allclose(run.lead, parts, rtol=1e-9, atol=1e-6)
    effort = sum(made.lines.values())
    work = made.purpose[:, None] == np.array([1, 2, 3, 4, 5])
    touched = run.routes.service[work.any(axis=1)].sum() / len(run.done)
    assert touched == pytest.approx(effort, rel=1e-6)


@pytest.mark.parametrize("name", LIBRARY)
@pytest.mark.parametrize("people", [5, 7, 12, 24, 150])
def test_everybody_has_a_place_in_every_model(name: str, people: int) -> None:
    place = small(people=people, specialists=2)
    staffing = staffing_of(LIBRARY[name], place, DAYS)
    assert sum(staffing.people.values()) == people - 2
    assert min(staffing.people.values()) >= 1


loads = st.lists(
    st.builds(Offered, st.floats(0.01, 20), st.floats(0.01, 3), st.floats(0, 4)),
    min_size=1,
    max_size=12,
)


@settings(max_examples=80, deadline=None)
@given(loads, st.integers(1, 300))
def test_people_are_shared_out_whole_and_keep_up_where_they_can(
    each: list[Offered], people: int
) -> None:
    shares = staffed(each, people)
    if shares is None:
        assert len(each) > people or sum(int(x.load) + 1 for x in each) > people
        return
    assert sum(shares.people) == people
    assert min(shares.people) >= 1
    if sum(x.load for x in each) < people:
        assert all(n > x.load for n, x in zip(shares.people, each, strict=True))


@pytest.mark.parametrize("people", [12, 14, 17, 25])
def test_no_other_sharing_of_people_would_wait_less(people: int) -> None:
    busy, calm = 9.0, 1.0
    shares = staffed([Offered(busy, 1.0, 1.0), Offered(calm, 1.0, 1.0)], people)
    waits = {
        (n, people - n): busy * wait(n, busy) + calm * wait(people - n, calm)
        for n in range(10, people - 1)
    }
    assert shares is not None
    assert tuple(shares.people) == min(waits, key=lambda each: waits[each])


def test_a_forecast_decays_by_what_changes_in_a_month() -> None:
    model = LIBRARY["partnership"]
    assert decay(model, 6) == pytest.approx(1 - 0.98**6)
    assert decay(model, 18) == pytest.approx(1 - 0.98**18)
    assert decay(model.with_values({"volatility": 0}), 18) == 0


def test_specialists_in_a_pool_wait_less_than_the_same_split() -> None:
    place = small(specialists=4, specialist_work=3.2, people=60, missions=4)
    waits = []
    for name in ("pervasive", "pervasive-embedded"):
        alike = LIBRARY[name].with_values({"handoff": 0.0, "switching": 0.0})
        made = compiled(alike, place)
        run = made.run()
        waits.append(run.wait[made.purpose == Purpose.SPECIALIST].mean())
    assert waits[1] > 2 * waits[0]


def test_a_firm_says_where_its_facts_are_from() -> None:
    place = setting("airline")
    assert place.facts["people"].source.startswith("the firm")
    assert place.facts["load"].guessed
    assert place.arrivals == pytest.approx(0.6 * place.people / 7.5)
    assert sum(weight for _, weight in place.domains) == pytest.approx(1)
    titles = {title for title, _ in setting("bank").domains}
    assert titles <= {m.title for m in firm("bank").missions.values()}


def test_a_firm_without_people_is_told_what_to_bring() -> None:
    with pytest.raises(InputError, match=r"0\.0 people work in technology"):
        setting_of(Firm())


@pytest.mark.parametrize(
    "values", [{"people": 1}, {"load": 3}, {"nobody": 1}, {"core_share": -0.1}]
)
def test_a_fact_that_cannot_be_is_refused(values: dict[str, float]) -> None:
    with pytest.raises(InputError):
        small(**values)
