"""Skills by their names: other words, beginnings, and slips, but nothing far off."""

from __future__ import annotations

import csv
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weft.core.entries import put
from weft.core.firm import Firm, change
from weft.core.skills import Skill
from weft.engines.knowledge import skill_of_name, skills_named

SKILLS = {
    "kubernetes": ("Run containers", "Kubernetes", "k8s"),
    "postgres": ("Administer PostgreSQL", "Postgres"),
    "java": ("Program in Java", "JVM"),
    "javascript": ("Program in JavaScript", "ECMAScript"),
    "lava": ("Study lava",),
    "privacy": ("Protect personal data", "GDPR", "Schutz persönlicher Daten"),
    "data": ("Model data",),
    "sql": ("Query databases", "SQL"),
}
FIRM = change(
    Firm(),
    [
        put(Skill(id=key, title=title, discipline="it", synonyms=tuple(others)))
        for key, (title, *others) in SKILLS.items()
    ],
)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Kubernetes", "kubernetes"),
        ("kuberntes", "kubernetes"),
        ("kubernetse", "kubernetes"),
        ("K8S", "kubernetes"),
        ("postgers", "postgres"),
        ("java", "java"),
        ("jaav", "java"),
        ("gdpr", "privacy"),
        ("jubernetes", "kubernetes"),
        ("ukbernetes", "kubernetes"),
        ("ubernetes", "kubernetes"),
        ("lostgres", "postgres"),
        ("xontainers run", "kubernetes"),
        ("personlicher daten", "privacy"),
        ("data personal", "privacy"),
        ("contaners run", "kubernetes"),
        ("sql", "sql"),
    ],
)
def test_what_is_meant_comes_first(text: str, first: str) -> None:
    assert skills_named(FIRM, text)[0] == first


def test_a_beginning_finds_all_that_begin_so_and_the_whole_word_first() -> None:
    assert skills_named(FIRM, "java") == ["java", "javascript"]
    assert skills_named(FIRM, "kube") == ["kubernetes"]


@pytest.mark.parametrize(
    "text", ["", "  ", "?", "zzz", "sqk", "kava", "java cobol", "kupferne"]
)
def test_what_is_far_off_finds_nothing(text: str) -> None:
    assert skills_named(FIRM, text) == []


def test_a_name_names_one_skill_or_none() -> None:
    assert skill_of_name(FIRM, "ecmascript") == "javascript"
    assert skill_of_name(FIRM, "program") is None
    twice = change(FIRM, [put(Skill(id="jvm", title="JVM", discipline="it"))])
    assert skill_of_name(twice, "jvm") is None
    assert skills_named(twice, "jvm") == ["jvm", "java"]


@given(
    st.sampled_from([name for names in SKILLS.values() for name in names]),
    st.data(),
)
def test_one_slip_in_a_word_of_four_letters_or_more_is_forgiven(
    name: str, data: st.DataObject
) -> None:
    key = next(key for key, names in SKILLS.items() if name in names)
    words = name.split()
    at = data.draw(st.sampled_from(range(len(words))))
    word = words[at]
    if len(word) < 5:
        return
    place = data.draw(st.integers(1, len(word) - 2))
    letter = data.draw(st.sampled_from(string.ascii_lowercase))
    words[at] = data.draw(
        st.sampled_from(
            [
                word[:place] + letter + word[place:],
                word[:place] + letter + word[place + 1 :],
                word[:place] + word[place + 1] + word[place] + word[place + 2 :],
                word[:place] + word[place + 1 :],
            ]
        )
    )
    assert key in skills_named(FIRM, " ".join(words))


ESCO = Path(__file__).parents[4] / "shared/data/esco-ict/skills-ict.csv"


@pytest.mark.data
@pytest.mark.skipif(not ESCO.exists(), reason="no shared data beside the repository")
def test_slips_are_forgiven_among_the_words_of_a_real_vocabulary() -> None:
    with ESCO.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 927
    firm = change(
        Firm(),
        [
            put(
                Skill(
                    id=row["id"].rpartition("/")[2],
                    title=row["description"][:400],
                    discipline="it",
                    uri=row["id"],
                )
            )
            for row in rows
        ],
    )
    for right, slip in (
        ("haskell", "haskel"),
        ("kubernetes", "kubernets"),
        ("databases", "databsaes"),
        ("machine learning", "machne learnig"),
    ):
        meant = set(skills_named(firm, right))
        assert meant, right
        assert meant & set(skills_named(firm, slip)[: len(meant)]), slip
    assert skills_named(firm, "xyzzyq") == []
