"""Made-up catalogues of controls, of any shape that OSCAL allows."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

IDS = st.from_regex(r"\A[a-zA-Z_][a-zA-Z0-9._-]{0,8}\Z")
KEPT = st.characters(codec="utf-8", exclude_characters="\0")
TEXTS = st.text(KEPT, max_size=8)
TITLES = st.text(KEPT, min_size=1, max_size=12)
ANYTHING = st.recursive(
    st.booleans() | st.integers(-(2**53), 2**53) | TEXTS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXTS, inner),
    max_leaves=4,
)


def small(version: str = "1.0") -> dict[str, Any]:
    """Give a catalogue with a bit of everything: nested, blanks, one withdrawn."""
    return {
        "catalog": {
            "uuid": "7b0f2ca5-1a27-4f0a-9d6a-0d6b8a2f1c11",
            "metadata": {
                "title": "Rules of the house",
                "last-modified": "2026-11-01T00:00:00Z",
                "version": version,
                "oscal-version": "1.1.2",
            },
            "params": [{"id": "firm", "label": "the firm"}],
            "groups": [
                {
                    "id": "ac",
                    "class": "family",
                    "title": "Access",
                    "parts": [{"name": "overview", "prose": "Who gets in."}],
                    "controls": [doors(), keys()],
                },
                {
                    "title": "Fire",
                    "groups": [
                        {
                            "id": "fi-1",
                            "title": "Alarms",
                            "controls": [{"id": "FI-1", "title": "Bells"}],
                        }
                    ],
                },
            ],
            "controls": [{"id": "loose", "title": "In no group"}],
            "back-matter": {
                "resources": [{"uuid": "0b3bd5b0-5f0e-4ad0-8a54-4f6a9a5f6f2b"}]
            },
        }
    }


def doors() -> dict[str, Any]:
    """Give a control with blanks, and with one that adds to it."""
    return {
        "id": "ac-2",
        "class": "house",
        "title": "Doors",
        "params": [
            {
                "id": "ac-02_odp.01",
                "label": "time",
                "props": [{"name": "alt-identifier", "value": "ac-2_prm_1"}],
            },
            {"id": "ac-02_odp.02", "values": ["9:00"]},
            {
                "id": "ac-02_odp.03",
                "select": {
                    "choice": ["by hand", "at {{ insert: param, ac-02_odp.02 }}"]
                },
            },
        ],
        "props": [
            {"name": "label", "value": "AC-02", "class": "zero-padded"},
            {"name": "label", "value": "AC-2"},
        ],
        "links": [{"href": "#ac-99", "rel": "related"}],
        "parts": [
            {
                "name": "statement",
                "parts": [
                    {
                        "name": "item",
                        "props": [{"name": "label", "value": "a."}],
                        "prose": "Close after {{ insert: param, ac-2_prm_1 }};",
                    },
                    {
                        "name": "item",
                        "props": [{"name": "label", "value": "b."}],
                        "prose": "Open {{ insert: param, ac-02_odp.03 }}.",
                    },
                ],
            },
            {"name": "guidance", "prose": "Doors keep out the rain."},
        ],
        "controls": [
            {
                "id": "ac-2.1",
                "title": "Gates",
                "parts": [
                    {
                        "name": "statement",
                        "prose": "At {{ insert: param, ac-02_odp.02 }}.",
                    }
                ],
            }
        ],
    }


def keys() -> dict[str, Any]:
    """Give a control that its catalogue no longer asks for."""
    return {
        "id": "ac-10",
        "title": "Keys",
        "props": [{"name": "status", "value": "withdrawn"}],
    }


def raw(plain: Any) -> bytes:
    """Write plain data as JSON."""
    return json.dumps(plain).encode()


@st.composite
def catalogues(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a catalogue with groups in groups, controls in controls, and all else."""
    ids = draw(st.lists(IDS, min_size=1, max_size=8, unique=True))
    return {
        "catalog": {
            **_else(draw),
            "metadata": {"title": draw(TITLES), "version": draw(TEXTS)},
            **_node(draw, ids, 0),
        }
    }


def _node(draw: st.DrawFn, ids: list[str], depth: int) -> dict[str, Any]:
    """Draw what lies in a catalogue or a group: all ids are used up."""
    inside = draw(st.integers(0, len(ids))) if depth < 2 else 0
    if inside == len(ids) and depth == 1:
        inside = 0
    own, deeper = ids[inside:], ids[:inside]
    node: dict[str, Any] = {}
    if own:
        node["controls"] = _controls(draw, own, 0)
    if deeper:
        head = {"title": draw(TITLES), **_else(draw)}
        if draw(st.booleans()):
            head["id"] = draw(IDS)
        node["groups"] = [{**head, **_node(draw, deeper, depth + 1)}]
    return node


def _controls(draw: st.DrawFn, ids: list[str], depth: int) -> list[dict[str, Any]]:
    """Draw controls, the first of which may have the others inside it."""
    if len(ids) > 1 and depth < 3 and draw(st.booleans()):
        inner = {"controls": _controls(draw, ids[1:], depth + 1)}
        return [{"id": ids[0], "title": draw(TITLES), **_else(draw), **inner}]
    return [{"id": each, "title": draw(TITLES), **_else(draw)} for each in ids]


def _else(draw: st.DrawFn) -> dict[str, Any]:
    """Draw whatever else an object may say."""
    names = st.sampled_from(["params", "props", "links", "parts", "class", "remarks"])
    return draw(st.dictionaries(names, ANYTHING, max_size=2))
