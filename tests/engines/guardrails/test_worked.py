"""Three guardrails worked through: language, data residency, transport security."""

from __future__ import annotations

from typing import Any

import pytest
from tests.engines.guardrails.conftest import AT, firm, guardrail, prop, request

from weft.core.requests import Decision
from weft.core.vocabulary import NamedSet
from weft.engines.guardrails import changed, decide

WORDS = [
    prop("stage", "enum", values=["idea", "build", "run"], role="fact"),
    prop("code.language", "enum", values=["kotlin", "python", "go", "java", "cobol"]),
    prop(
        "data.class",
        "enum",
        values=["public", "internal", "personal", "special"],
        role="fact",
    ),
    prop("data.people_from", "set", values=["eu", "us"], role="fact"),
    prop("run.region", "enum", values=["eu-central", "eu-west", "us-east"]),
    prop("data.copies", "list", fields=["content", "region", "encrypted"]),
    prop("content", "enum", values=["real", "synthetic"], role="fact"),
    prop("region", "enum", values=["eu-central", "eu-west", "us-east"]),
    prop("encrypted", "bool"),
    prop("exposure", "enum", values=["firm", "partner", "public"], role="fact"),
    prop("interfaces", "list", fields=["medium", "protocol", "tls", "auth"]),
    prop("medium", "enum", values=["network", "file"], role="fact"),
    prop("protocol", "enum", values=["https", "amqps", "http"]),
    prop("tls", "rank", values=["1.0", "1.1", "1.2", "1.3"]),
    prop("auth", "enum", values=["oidc", "mtls", "none"]),
]
SETS = [
    NamedSet(id="languages.strategic", values=("kotlin", "python", "go", "java")),
    NamedSet(id="regions.eu", values=("eu-central", "eu-west")),
    NamedSet(id="protocols.approved", values=("https", "amqps")),
]
LANGUAGE = guardrail(
    "language",
    [{"path": "code.language", "in": "@languages.strategic"}],
    [{"path": "stage", "in": ["idea", "build"]}],
)
RESIDENCY = guardrail(
    "residency",
    [
        {"path": "run.region", "in": "@regions.eu"},
        {
            "every": "data.copies",
            "where": [{"path": "content", "is_not": "synthetic"}],
            "must": [
                {"path": "region", "in": "@regions.eu"},
                {"path": "encrypted", "is": True},
            ],
        },
    ],
    [
        {"path": "data.class", "in": ["personal", "special"]},
        {"path": "data.people_from", "has": "eu"},
    ],
    level="veto",
    owner="security",
)
TRANSPORT = guardrail(
    "transport",
    [
        {
            "every": "interfaces",
            "where": [{"path": "medium", "is": "network"}],
            "must": [
                {"path": "protocol", "in": "@protocols.approved"},
                {"path": "tls", "at_least": {"param": "tls_floor"}},
                {"path": "auth", "in": ["oidc", "mtls"]},
            ],
        }
    ],
    [
        {
            "any": [
                {"path": "exposure", "in": ["partner", "public"]},
                {"path": "data.class", "is_not": "public"},
            ]
        }
    ],
    params={"tls_floor": "1.2"},
)
FIRM = firm(WORDS, [LANGUAGE, RESIDENCY, TRANSPORT], *SETS)
COPY = {"content": "real", "region": "eu-central", "encrypted": True}
LINE = {"medium": "network", "protocol": "https", "tls": "1.3", "auth": "oidc"}
BASE: dict[str, Any] = {
    "stage": "build",
    "code.language": "kotlin",
    "data.class": "personal",
    "data.people_from": ["eu"],
    "run.region": "eu-central",
    "data.copies": [COPY],
    "exposure": "firm",
    "interfaces": [LINE],
}


def answered(**more: Any) -> Decision:
    """Answer the base case with some properties stated otherwise, or left out."""
    stated = {**BASE, **more}
    left = {name: value for name, value in stated.items() if value is not None}
    return decide(FIRM, request(left), asked_by="eve", at=AT)


def states(decision: Decision) -> dict[str, str]:
    """Give the state of each guardrail that does not hold."""
    return {f.guardrail: f.state for f in decision.findings}


def edits(decision: Decision) -> list[tuple[str, str, str]]:
    """Give the edits of the first way out, which has to be proved and to work."""
    way = decision.ways[0]
    assert way.proved
    again = changed(FIRM, decision.request, way)
    assert decide(FIRM, again, asked_by="eve", at=AT).verdict == "allowed"
    return [(edit.path, edit.new, edit.accepted) for edit in way.edits]


def test_the_base_case_is_a_yes() -> None:
    assert answered().verdict == "allowed"


def test_a_language_that_few_can_maintain() -> None:
    decision = answered(**{"code.language": "cobol"})
    assert states(decision) == {"language": "broken"}
    assert edits(decision) == [("code.language", "kotlin", "kotlin, python, go, java")]


def test_a_region_outside_while_the_class_is_missing() -> None:
    decision = answered(**{"run.region": "us-east", "data.class": None})
    assert states(decision) == {"residency": "unproven"}
    assert edits(decision) == [("run.region", "eu-central", "eu-central, eu-west")]
    (question,) = decision.questions
    assert question.path == "data.class"
    assert question.answers == {
        "public": "allowed",
        "internal": "allowed",
        "personal": "refused",
        "special": "refused",
    }


def test_a_copy_abroad_of_which_it_is_not_known_what_it_holds() -> None:
    abroad = {"region": "us-east", "encrypted": True}
    decision = answered(**{"data.copies": [COPY, abroad]})
    assert states(decision) == {"residency": "unproven"}
    found = [(r.path, r.part) for r in decision.findings[0].reasons]
    assert found == [
        ("data.copies[1].region", "must"),
        ("data.copies[1].content", "applies"),
    ]
    assert [edit[:2] for edit in edits(decision)] == [
        ("data.copies[1].region", "eu-central")
    ]
    (question,) = decision.questions
    assert question.path == "data.copies[1].content"
    assert question.answers == {"real": "refused", "synthetic": "allowed"}


def test_an_open_line_takes_two_edits() -> None:
    line = {"medium": "network", "protocol": "http", "auth": "oidc"}
    decision = answered(interfaces=[line])
    assert states(decision) == {"transport": "broken"}
    assert edits(decision) == [
        ("interfaces[0].protocol", "https", "https, amqps"),
        ("interfaces[0].tls", "1.2", "1.2, 1.3"),
    ]


def test_a_list_that_is_missing_is_asked_for() -> None:
    decision = answered(interfaces=None)
    assert states(decision) == {"transport": "unproven"}
    assert decision.ways == ()
    (question,) = decision.questions
    assert question.path == "interfaces"
    assert question.answers == {"none at all": "allowed"}
    assert "interfaces" in decision.no_way


def test_what_is_public_and_inside_the_firm_may_talk_as_it_likes() -> None:
    line = {"medium": "network", "protocol": "http", "tls": "1.0", "auth": "none"}
    told = {"data.class": "public", "interfaces": [line], "run.region": "us-east"}
    assert answered(**told).verdict == "allowed"


def test_a_veto_on_facts_alone_says_so() -> None:
    rule = guardrail(
        "no-special",
        [{"path": "data.class", "is_not": "special"}],
        level="veto",
        harm="customers",
        owner="security",
    )
    world = firm(WORDS, [LANGUAGE, rule], *SETS)
    stated = {**BASE, "data.class": "special", "code.language": "cobol"}
    decision = decide(world, request(stated), asked_by="eve", at=AT)
    assert decision.ways == ()
    assert decision.questions == ()
    assert decision.no_way == (
        "No change does it: this is a veto on record as no-special, "
        "\u201cTitle of no-special\u201d, because data.class is special. "
        "It protects customers."
    )


def test_two_guardrails_that_cannot_be_met_together_are_named_and_no_third() -> None:
    near = guardrail("near", [{"path": "run.region", "in": "@regions.eu"}])
    far = guardrail(
        "far",
        [{"path": "run.region", "is": "us-east"}],
        [{"path": "data.people_from", "has": "us"}],
    )
    world = firm(WORDS, [LANGUAGE, near, far], *SETS)
    stated = {**BASE, "data.people_from": ["us"], "code.language": "cobol"}
    decision = decide(world, request(stated), asked_by="eve", at=AT)
    assert decision.ways == ()
    assert "record as far" in decision.no_way
    assert "record as near" in decision.no_way
    assert "cannot be met together" in decision.no_way
    assert "data.people_from is us" in decision.no_way
    assert "language" not in decision.no_way


@pytest.mark.parametrize("asked_by", ["eve", "ada"])
def test_a_waiver_is_offered_filled_in_to_anybody_but_who_asks(asked_by: str) -> None:
    stated = {**BASE, "code.language": "cobol"}
    decision = decide(FIRM, request(stated), asked_by=asked_by, at=AT)
    (offer,) = decision.offers
    assert (offer.guardrail, offer.version, offer.approver) == (
        "language",
        1,
        "stewards",
    )
    assert offer.holders == (("ada", "bo") if asked_by == "eve" else ("bo",))
    assert [(c.path, c.value) for c in offer.covers] == [("code.language", "cobol")]
    assert (offer.latest - AT).days == 90
