"""ESCO read: labels that are sure are cut, all others listed, and none is guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from weft.errors import InputError
from weft.interop.esco import cut, read_esco
from weft.interop.sheets import read_table

REAL = Path(__file__).parents[3] / "shared" / "data" / "esco-ict"
BEGINS = frozenset(["sell", "trade", "design", "data", "manage", "use", "systems"])


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Loom The computer program Loom is a tool for weaving.", "Loom"),
        ("Loom Weaver Loom LW The tool Loom Weaver is made by it.", "Loom Weaver"),
        (
            "Loom (weaving tool) Loom 2 The tool Loom is made by it.",
            "Loom (weaving tool)",
        ),
        (
            "Loom (computer programming) Loom The techniques and principles in Loom.",
            "Loom (computer programming)",
        ),
        ("Loom The techniques and principles of coding in Loom.", "Loom"),
        ("WebLoom The web-based loom.", "WebLoom"),
        ("sell cloth trade cloth Offer cloth.", "sell cloth"),
        ("sell fine cloth selling fine cloth Offer cloth.", "sell fine cloth"),
        ("cloth design cloth drawing The making of it.", "cloth design"),
        ("weaving weaving methods The craft of it.", "weaving"),
        ("design fine cloth Use threads to make it.", "design fine cloth"),
        # What is not sure
        ("design cloth systems cloth systems weaving Use threads.", ""),
        ("Fine Weaver OS The system Fine Weaver is made by it.", ""),
        ("Loom Weaver The tool Loom Weaver Pro is made by it.", ""),
        ("cloth The making of cloth.", "cloth"),
        ("ICT cloth plans cloth The plans of ICT cloth are many.", ""),
        ("manage cloth use threads Plan it.", ""),
        ("fine arts born arts pixel Use it.", ""),
        ("", ""),
        ("loom", ""),
    ],
)
def test_a_label_is_cut_where_its_end_is_sure(text: str, label: str) -> None:
    begins = BEGINS - ({"design"} if text.startswith("cloth design") else set())
    assert cut(text, begins) == label


def test_the_published_form_has_its_labels_in_columns() -> None:
    raw = (
        b"conceptUri,preferredLabel,altLabels\n"
        b'http://data.europa.eu/esco/skill/1,weave cloth,"weave\nweaving"\n'
        b"http://data.europa.eu/esco/occupation/2,weaver,\n"
    )
    told = read_esco(read_table("skills.csv", raw))
    assert [(s.label, s.synonyms) for s in told.skills] == [
        ("weave cloth", ("weave", "weaving"))
    ]


def test_what_is_no_list_of_skills_is_said() -> None:
    for raw in (b"a,b\n1,2\n", b"id,description\n/esco/occupation/1,weaver weaves\n"):
        with pytest.raises(InputError, match=r"no skill of ESCO"):
            read_esco(read_table("x.csv", raw))


@pytest.mark.skipif(not REAL.exists(), reason="the real file is not here")
def test_every_row_of_the_real_file_is_cut_or_listed() -> None:
    file = REAL / "skills-ict.csv"
    told = read_esco(read_table(file.name, file.read_bytes()))
    assert len(told.skills) + len(told.uncut) == 927
    assert len(told.skills) > 230
    labels = {skill.label for skill in told.skills}
    assert {"SPARQL", "Java (computer programming)", "quantum computing"} <= labels
    assert {"embedded systems", "identify customer requirements"} <= labels
    # Those of which a hasty rule takes too much or too little:
    cutshort = {"ICT", "hardware", "computer", "understand written", "OWASP", "Oracle"}
    assert not labels & cutshort
    raw = file.read_text("utf-8")
    assert all(label in raw for label in labels)
