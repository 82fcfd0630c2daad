"""Guessing what columns hold: by their heads in several languages, by their values."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weft.core.firm import Firm
from weft.core.records import read_json, show
from weft.errors import InputError, UnknownName, WeftError
from weft.interop.layouts.words import HEADS, LEVELS, NOTHING, PRIVATE, plain
from weft.interop.tables import (
    Layout,
    corrected,
    guess,
    read_layout,
    read_table,
    understand,
    write_layout,
)


def guessed(text: str, name: str = "a.csv") -> dict[str, tuple[str, ...]]:
    """Give the columns of each field that was guessed."""
    people = guess(read_table(name, text.encode())).people
    assert people
    fields = {f: getattr(people, f) for f in people.__struct_fields__ if f != "sheet"}
    told = {f: (v,) if isinstance(v, str) else v for f, v in fields.items() if v}
    return {field: columns for field, columns in told.items() if columns}


FIELDS = ["id", "name", "email", "unit", "title", "manager", "mission", "skills"]
FIELDS += ["partner", "location", "zone", "cost_centre"]
ENGLISH = """Employee ID,Full Name,E-mail,Department,Job Title,Reports To,Team,Skills,\
Employer,Location,Time Zone,Cost Centre"""
GERMAN = """Personalnummer,Mitarbeiter,E-Mail-Adresse,Abteilung,Stellenbezeichnung,\
Führungskraft,Projekt,Kenntnisse,Firma,Standort,Zeitzone,Kostenstelle"""
FRENCH = """Matricule,Nom complet,Courriel,Département,Intitulé du poste,\
Supérieur hiérarchique,Équipe,Compétences,Employeur,Lieu de travail,Fuseau horaire,\
Centre de coûts"""
SPANISH = """Número de empleado,Nombre completo,Correo electrónico,Área,Puesto,\
Jefe directo,Equipo,Habilidades,Empresa,Ubicación,Zona horaria,Centro de coste"""


@pytest.mark.parametrize("heads", [ENGLISH, GERMAN, FRENCH, SPANISH])
def test_heads_are_understood_in_several_languages(heads: str) -> None:
    names = heads.split(",")
    row = ";".join(f"v{n}" for n in range(len(names)))
    found = guessed(f"{';'.join(names)}\n{row}\n")
    assert found == {f: (n,) for f, n in zip(FIELDS, names, strict=True)}


@pytest.mark.parametrize(
    ("heads", "name"),
    [
        ("First Name,Last Name,Unit", ("First Name", "Last Name")),
        ("Name,Vorname,Abteilung", ("Vorname", "Name")),
        ("Prénom,Nom,Service", ("Prénom", "Nom")),
        ("Nombre,Apellidos,Área", ("Nombre", "Apellidos")),
        ("Nom,Service,Poste", ("Nom",)),
        ("surname,dept,role", ("surname",)),
        ("firstName,lastName,orgUnit", ("firstName", "lastName")),
    ],
)
def test_a_name_may_stand_in_two_columns(heads: str, name: tuple[str, ...]) -> None:
    found = guessed(f"{heads}\nAda,Lovelace,Maths\nAlan,Turing,Logic\n")
    assert found["name"] == name
    assert len(found["unit"]) == 1


STAFF = """\
who;where;mail;above;what
Ada Lovelace;Research;ada@example.org;;Chief
Alan Turing;Research;alan@example.org;Ada Lovelace;Fellow
Grace Hopper;Navy;grace@example.org;Ada Lovelace;Admiral
Tony Hoare;Research;tony@example.org;Alan Turing;Fellow
Edsger Dijkstra;Navy;edsger@example.org;Alan Turing;Fellow
Barbara Liskov;Navy;barbara@example.org;Alan Turing;Fellow
"""


def test_values_tell_what_heads_do_not() -> None:
    found = guessed(STAFF)
    assert found["name"] == ("who",)
    assert found["email"] == ("mail",)
    assert found["manager"] == ("above",)


def test_without_managers_a_column_whose_values_come_back_is_the_unit() -> None:
    rows = [line.split(";") for line in STAFF.splitlines()]
    text = "".join(f"{row[0]};{row[1]}\n" for row in rows)
    layout = guess(read_table("a.csv", text.encode()))
    assert layout.people
    assert layout.people.unit == ("where",)
    [unit] = [each for each in layout.guesses if each.field == "unit"]
    assert unit.confidence < 50
    assert unit.reason == "Its 2 different values come back in many rows."


def test_every_guess_has_its_reason_and_how_sure_it_is() -> None:
    layout = guess(read_table("a.csv", STAFF.encode()))
    told = {g.field: (g.column, g.confidence, g.reason) for g in layout.guesses}
    reason = "100% of its values are addresses, all different."
    assert told["email"] == ("mail", 97, reason)
    assert told["manager"] == ("above", 80, "100% of its values stand in 'who' too.")


def test_units_within_units_are_told_from_the_outermost_to_the_innermost() -> None:
    text = "Name,Department,Division\n" + "".join(
        f"N{n} M,{dept},{division}\n"
        for n, (dept, division) in enumerate(
            [("Java", "IT"), ("Ops", "IT"), ("Sales", "Trade"), ("Java", "IT")] * 3
        )
    )
    assert guessed(text)["unit"] == ("Division", "Department")
    crossed = text.replace("N1 M,Ops,IT", "N1 M,Java,Trade")
    crossed = crossed.replace("N5 M,Ops,IT", "N5 M,Java,Trade")
    assert len(guessed(crossed)["unit"]) == 1


def test_a_team_stands_in_for_a_unit_where_nothing_else_does() -> None:
    assert guessed("Name,Team\nA B,X\nC D,Y\n") == {
        "name": ("Name",),
        "unit": ("Team",),
    }
    with_unit = guessed("Name,Team,Department\nA B,X,D\nC D,Y,D\n")
    assert with_unit["mission"] == ("Team",)


def test_the_sheet_with_the_people_is_found() -> None:
    plain_ = {
        "prices": [{"item": "x", "price": n} for n in range(9)],
        "staff": [{"name": "A B", "department": "X"}],
    }
    layout = guess(read_table("a.json", json.dumps(plain_).encode()))
    assert layout.people
    assert layout.people.sheet == "staff"


def test_what_is_private_is_never_taken_for_anything() -> None:
    text = "Name,Unit,Salary,Date of birth,Nationality\nA B,X,1,2000-01-01,DE\n"
    assert guessed(text) == {"name": ("Name",), "unit": ("Unit",)}


def test_a_table_of_which_nothing_is_understood_gives_no_columns() -> None:
    assert guessed("a,b\n1,2\n3,4\n") == {}


def test_a_layout_is_written_and_read_again() -> None:
    layout = guess(read_table("a.csv", STAFF.encode()))
    text = write_layout(layout)
    assert "confidence" not in text
    again = read_layout(text, "map.yaml")
    assert again.people == layout.people
    assert again.guesses == ()
    assert read_json(Layout, show(layout)) == layout


def test_a_mistake_in_a_layout_is_told_with_its_line() -> None:
    with pytest.raises(InputError) as caught:
        read_layout("people:\n  name: [a]\n  untit: b\n", "map.yaml")
    assert str(caught.value.where) == "map.yaml:3:$.people.untit"


def test_a_layout_is_corrected_column_by_column() -> None:
    table = read_table("a.csv", STAFF.encode())
    layout = corrected(guess(table), table, {"unit": "where, what", "manager": ""})
    assert layout.people
    assert layout.people.unit == ("where", "what")
    assert layout.people.manager == ""
    assert {"unit", "manager"}.isdisjoint(g.field for g in layout.guesses)


@pytest.mark.parametrize(
    ("columns", "what", "do"),
    [
        ({"untit": "where"}, "There is no field of people called 'untit'.", "unit"),
        ({"unit": "wher"}, "There is no column called 'wher'.", "where"),
        ({"name": ""}, "No column of 'a.csv' holds the names of the people.", "who"),
    ],
)
def test_a_correction_that_fits_nothing_is_told(
    columns: dict[str, str], what: str, do: str
) -> None:
    table = read_table("a.csv", STAFF.encode())
    with pytest.raises(InputError) as caught:
        corrected(guess(table), table, columns)
    assert caught.value.what == what
    assert do in caught.value.do


def test_a_layout_for_another_table_is_told() -> None:
    two = {"a": [{"who": "A B", "where": "X"}], "c": [{"price": 1}]}
    table = read_table("a.json", json.dumps(two).encode())
    with pytest.raises(UnknownName, match="There is no sheet called 'b'"):
        corrected(guess(table), table, {"sheet": "b"})
    layout = read_layout("people: {sheet: b, name: [who], unit: [where]}")
    with pytest.raises(UnknownName, match="There is no sheet called 'b'"):
        understand(table, layout, Firm(), {}, on=date(2026, 11, 21))


def test_the_words_are_plain_and_mean_one_thing() -> None:
    for words in (*HEADS.values(), PRIVATE, tuple(LEVELS)):
        assert all(word == plain(word) != "" for word in words)
    everywhere = [word for words in HEADS.values() for word in words]
    assert set(PRIVATE).isdisjoint(everywhere)
    assert "-" in NOTHING


CELL = st.text('abÉß@.;, -0\n"', max_size=8)
GRID = st.lists(st.lists(CELL, min_size=1, max_size=5), min_size=2, max_size=8)


@pytest.mark.slow
@given(GRID)
def test_no_table_breaks_the_guess_or_the_import(grid: list[list[str]]) -> None:
    raw = json.dumps([{f"h{n}": c for n, c in enumerate(row)} for row in grid]).encode()
    with suppress(WeftError):
        table = read_table("a.json", raw)
        layout = guess(table)
        columns = table.sheets[0].columns
        fixed = corrected(layout, table, {"name": columns[0], "unit": columns[-1]})
        understand(table, fixed, Firm(), {}, on=date(2026, 11, 21))
