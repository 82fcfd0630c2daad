"""The firm folder as people see it: what it looks like, and every mistake told."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

import pytest

from weft.core.entries import put
from weft.core.firm import Firm, change
from weft.core.missions import Mission, Seat
from weft.core.people import About, Partner, Person, Profile, Unit
from weft.core.records import Record
from weft.core.skills import Claim, Discipline, Skill
from weft.errors import InputError
from weft.interop.folder import read_folder, write_folder
from weft.interop.folder.forms import MARKER, MOST_ROWS

DAY = date(2026, 11, 21)


def firm(*records: Record) -> Firm:
    """Give a firm of these records."""
    return change(Firm(), [put(record) for record in records])


BANK = firm(
    About(id="bank", title="Nordlicht Bank", model="pervasive", invented=True),
    Discipline(id="it", title="IT", camp="technology"),
    Skill(id="java", title="Java", discipline="it", synonyms=("J2EE", "Java SE")),
    Skill(id="excel", title="=SUM(A1)", discipline="it", synonyms=("a;b",)),
    Partner(id="acme", title="Acme, Inc."),
    Claim(person="p2", skill="java", level=3, seen=DAY),
    Mission(id="pay", title="Pay", purpose="Paying is easy.\nAlways.\n"),
    Seat(person="p2", mission="pay", share=50, start="2026-01", part="a\u2028"),
)
STAFF = firm(
    *BANK.records(),
    Unit(id="cards", title="Cards", parent="bank"),
    Unit(id="bank", title="Bank"),
    Person(id="p1", unit="bank", disciplines={"it": 60, "law": 40}),
    Person(id="p2", unit="cards", manager="p1"),
    Discipline(id="law", title="Law", camp="business"),
)
PROFILES = {"p1": Profile(id="p1", name="Zoë 😀"), "p2": Profile(id="p2", name="")}


def lay(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Write files into a folder."""
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def told(folder: Path) -> list[tuple[str, str, str]]:
    """Give what is wrong with a folder: where, what, what to do."""
    problems = read_folder(folder).problems
    return [(str(p.where), p.what, p.do) for p in problems]


def test_a_firm_is_a_folder_of_files_that_people_can_read(tmp_path: Path) -> None:
    write_folder(tmp_path / "bank", BANK, PROFILES)
    files = {
        str(file.relative_to(tmp_path / "bank")): file.read_text("utf-8")
        for file in (tmp_path / "bank").rglob("*")
        if file.is_file()
    }
    assert files == {
        "about/bank.yaml": (
            "id: bank\ntitle: Nordlicht Bank\nmodel: pervasive\ninvented: true\n"
        ),
        "missions/pay.yaml": (
            "id: pay\ntitle: Pay\npurpose: |\n  Paying is easy.\n  Always.\n"
        ),
        "disciplines.csv": "id,title,camp\nit,IT,technology\n",
        "skills.csv": (
            "id,title,discipline,uri,synonyms,half_life\n"
            'excel,"""=SUM(A1)""",it,,"[""a;b""]",\n'
            "java,Java,it,,J2EE; Java SE,\n"
        ),
        "partners.csv": 'id,title,type,summary\nacme,"Acme, Inc.",,\n',
        "seats.csv": (
            'person,mission,share,start,end,part\np2,pay,50,2026-01,,"""a\\u2028"""\n'
        ),
        "profiles.csv": 'id,name,email,told\np1,Zoë 😀,,\np2,"""""",,\n',
        "claims.csv": (
            "person,skill,level,evidence,seen,work,shared\np2,java,3,,2026-11-21,,\n"
        ),
    }
    assert read_folder(tmp_path / "bank").firm == BANK


def test_mappings_and_records_in_a_table_are_json(tmp_path: Path) -> None:
    write_folder(tmp_path, STAFF, {})
    head, first, second = (tmp_path / "people.csv").read_text("utf-8").splitlines()
    assert head.startswith("id,unit,title,manager,partner,disciplines,")
    assert first.startswith('p1,bank,,,,"{""it"":60,""law"":40}",')
    assert second.startswith("p2,cards,,p1,,,")


@pytest.mark.slow
def test_what_comes_in_bulk_is_one_record_on_each_line(tmp_path: Path) -> None:
    people = [Person(id=f"p{n}") for n in range(MOST_ROWS + 1)]
    big = firm(*people)
    write_folder(tmp_path, big, {})
    assert [file.name for file in tmp_path.iterdir()] == ["people.jsonl"]
    lines = (tmp_path / "people.jsonl").read_bytes().splitlines()
    assert len(lines) == MOST_ROWS + 1
    assert read_folder(tmp_path).firm == big
    write_folder(tmp_path, firm(*people[1:]), {})
    assert [file.name for file in tmp_path.iterdir()] == ["people.csv"]


def test_an_export_replaces_the_firm_and_nothing_else(tmp_path: Path) -> None:
    kept = {
        "README.md": "Ours.",
        ".git/HEAD": "ref",
        "missions/README.md": "Ours too.",
        "notes.txt": "",
    }
    stale = {
        "missions/old.yaml": "id: old\ntitle: Old\n",
        "people.jsonl": "",
        "roles/cio.yaml": "id: cio\ntitle: CIO\n",
    }
    lay(tmp_path, {**kept, **stale})
    write_folder(tmp_path, STAFF, PROFILES)
    assert all((tmp_path / name).exists() for name in kept)
    assert not any((tmp_path / name).exists() for name in stale)
    assert not (tmp_path / "roles").exists()
    assert read_folder(tmp_path).firm == STAFF
    assert read_folder(tmp_path).problems == ()


def test_an_export_cut_short_is_never_taken_for_a_firm(tmp_path: Path) -> None:
    write_folder(tmp_path, STAFF, PROFILES)
    (tmp_path / MARKER).touch()
    assert told(tmp_path) == [
        (
            MARKER,
            "An export into this folder was cut short.",
            "Export into it again.",
        )
    ]
    write_folder(tmp_path, STAFF, PROFILES)
    assert told(tmp_path) == []


def test_an_export_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    write_folder(tmp_path, STAFF, PROFILES)
    (tmp_path / f"{MARKER}.new").write_text("in the way")  # nothing can be staged
    with pytest.raises(InputError, match="cannot be written"):
        write_folder(tmp_path, firm(Unit(id="x", title="X")), {})
    (tmp_path / f"{MARKER}.new").unlink()
    assert read_folder(tmp_path).firm == STAFF
    assert read_folder(tmp_path).problems == ()


def test_an_export_goes_to_no_file(tmp_path: Path) -> None:
    lay(tmp_path, {"file": ""})
    with pytest.raises(InputError, match="cannot be written"):
        write_folder(tmp_path / "file", BANK, PROFILES)


def test_every_mistake_is_found_in_one_pass(tmp_path: Path) -> None:
    lay(
        tmp_path,
        {
            "people.csv": (
                "id,unit,titel,manager,disciplines\n"
                "p1,cards,,p2,\n"
                "P2,cards,,,\n"
                "p3,kards,,p1,\n"
                "p3,cards,,,\n"
                'p4,cards,,,"{""it"":60}"\n'
                "p5,cards,,\n"
                'p6,cards,,,"{""it"":"\n'
            ),
            "units.csv": "id,title,parent\ncards,Cards,credit\ncredit,Credit,cards\n",
            "disciplines.csv": "id,title,camp\nit,IT,tech\n",
            "claims.jsonl": (
                '{"person":"p1","skill":"java","level":3,"seen":"2026-01-01"}\n'
                "\n"
                '{"person":"p1","skill":"java","level":9,"seen":"2026-01-01"}\n'
                '{"person":"p1","skill":"sql","skill":"x","level":1,"seen":"2026-01-01"}\n'
                '{"person":"p1"'
            ),
            "missions/pay.yaml": "id: pay\ntitel: Pay\n",
            "missions/risk.yaml": "id: rsik\ntitle: Risk\n",
            "missions/app.yaml": "title: App\nfrom_units:\n  - cards\n  - kards\n",
            "missions/app.yml": "title: App\n",
            "mission/x.yaml": "",
            "roles.yaml": "",
            "seats": "",
            "skills.csv": b"id,title,discipline\njava,Caf\xe9,it\n",
            "README.md": "",
        },
    )
    assert told(tmp_path) == [
        (
            "claims.jsonl:3:$.level",
            "`level` is 9; 5 is the most.",
            "Give 5 or less.",
        ),
        (
            "claims.jsonl:4",
            "The key 'skill' comes twice.",
            "Write one record as JSON on the line, each key once.",
        ),
        (
            "claims.jsonl:5",
            "Expecting ',' delimiter: line 1 column 15 (char 14).",
            "Write one record as JSON on the line, each key once.",
        ),
        (
            "disciplines.csv:2:$.camp",
            "`camp` cannot be 'tech'.",
            "Use one of: business, technology.",
        ),
        (
            "mission",
            "There is no kind of record called 'mission'.",
            "Did you mean missions?",
        ),
        (
            "missions/app.yml",
            "The records of missions lie in files called ID.yaml.",
            "Call it so if it holds one; else put it elsewhere.",
        ),
        (
            "missions/pay.yaml:2:$.titel",
            "Mission has no field 'titel'.",
            "Did you mean title?",
        ),
        (
            "missions/risk.yaml:1",
            "The file is called risk.yaml and holds 'rsik'.",
            "Call it rsik.yaml, or change what it holds.",
        ),
        (
            "people.csv:1",
            "There is no column of people called 'titel'.",
            "Did you mean title?",
        ),
        (
            "people.csv:3:$.id",
            "`id` is 'P2', which has another form than it needs.",
            "Write it as lower case letters, digits, hyphens, dots, underscores.",
        ),
        (
            "people.csv:5",
            "'p3' comes twice: it stands on line 4 too.",
            "Keep one of the two.",
        ),
        (
            "people.csv:6:$",
            "The disciplines of p4 add up to 60, not 100.",
            "Give each discipline its share of the role, 100 in all.",
        ),
        (
            "people.csv:7",
            "The row has 4 cells and the head has 5.",
            "Give it one cell for each column; empty ones need commas too.",
        ),
        (
            "people.csv:8:$.disciplines",
            "Expecting value: line 1 column 7 (char 6).",
            "Write it as JSON.",
        ),
        (
            "roles.yaml",
            "roles.yaml is in no form that Weft reads.",
            "Make it roles.csv, roles.jsonl, or a file roles/ID.yaml for each.",
        ),
        (
            "seats",
            "seats is in no form that Weft reads.",
            "Make it seats.csv, seats.jsonl, or a file seats/ID.yaml for each.",
        ),
        (
            "skills.csv:2",
            "This is not UTF-8: the byte 0xe9.",
            "Save the file as UTF-8.",
        ),
        (
            "people.csv:4:$.unit",
            "There is no unit called 'kards'.",
            "Did you mean cards?",
        ),
        (
            "missions/app.yaml:4:$.from_units[1]",
            "There is no unit called 'kards'.",
            "Did you mean cards?",
        ),
        (
            "units.csv:2:$.parent",
            "Units lie inside each other: cards > credit > cards.",
            "Give one of them another parent, or none.",
        ),
    ]


def test_a_kind_lies_in_one_form(tmp_path: Path) -> None:
    lay(
        tmp_path,
        {
            "units/a.yaml": "id: a\ntitle: A\n",
            "units.csv": "id,title\nb,B\n",
            "units.jsonl": '{"id":"c","title":"C"}\n',
        },
    )
    assert told(tmp_path) == [
        ("units.csv", "There is units/ too.", "Keep units in one of the two."),
        ("units.jsonl", "There is units/ too.", "Keep units in one of the two."),
    ]


@pytest.mark.parametrize(
    ("head", "what"),
    [
        ("id;title\na;A\n", "The columns are separated by ';'."),
        ("id\na\n", "The column 'title' is missing."),
        ("id,title,title\na,A,A\n", "The column 'title' comes twice."),
        ("", "The column 'id' is missing."),
        ('id,title\na,"A\n', "The table cannot be read on: unexpected end of data."),
        ('id,title\na,"A"x\n', "The table cannot be read on: ',' expected after '\"'."),
        ("id,title\na,A\0\n", "The text holds the character NUL."),
    ],
)
def test_a_table_that_is_none_is_told(tmp_path: Path, head: str, what: str) -> None:
    lay(tmp_path, {"units.csv": head})
    assert what in [problem.what for problem in read_folder(tmp_path).problems]


def test_a_table_from_another_editor_is_read(tmp_path: Path) -> None:
    raw = b"\xef\xbb\xbftitle,id\r\n\r\nCards,cards\r\n"
    lay(tmp_path, {"units.csv": raw, "people.jsonl": b'\xef\xbb\xbf{"id": "p1"}\r\n'})
    assert read_folder(tmp_path).firm == firm(
        Unit(id="cards", title="Cards"), Person(id="p1")
    )


def test_a_row_of_several_lines_has_the_number_of_its_first(tmp_path: Path) -> None:
    lay(tmp_path, {"assets.csv": 'id,title,summary\na,A,"x\ny"\nb,,\nC,,\n'})
    assert [str(p.where) for p in read_folder(tmp_path).problems] == [
        "assets.csv:4:$",
        "assets.csv:5:$",
        "assets.csv:5:$.id",
    ]


def test_an_empty_folder_and_none_are_told(tmp_path: Path) -> None:
    [(_, what, do)] = told(tmp_path)
    assert what == f"There is no firm in {tmp_path.name}."
    assert "people" in do
    with pytest.raises(InputError, match="cannot be read"):
        read_folder(tmp_path / "absent")


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0,
    reason="as root on a system with fifos",
)
def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    lay(tmp_path, {"units.csv/x": "", "roles/ceo.yaml": "title: CEO\n"})
    (tmp_path / "people.csv").symlink_to(tmp_path / "nowhere")
    assert [(where, what) for where, what, _ in told(tmp_path)] == [
        ("people.csv", "The file cannot be read: No such file or directory."),
        ("units.csv", "The file cannot be read: Is a directory."),
    ]
