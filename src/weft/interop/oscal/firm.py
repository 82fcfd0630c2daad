"""The firm's own catalogue: principles as groups, guardrails as the controls in them.

The rule itself goes along as text: OSCAL has no form for a rule that a machine checks.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from weft.core.firm import Firm
from weft.core.guardrails import Guardrail, Principle
from weft.interop.folder.forms import compact
from weft.interop.oscal.parts import (
    head,
    instant,
    link,
    names_of,
    prop,
    resources,
    some,
    token,
)
from weft.interop.oscal.understanding import original
from weft.interop.yaml import write_yaml

_RULE = ("params", "when", "must")


def firm_catalogue(firm: Firm, at: datetime) -> dict[str, Any]:
    """Write the principles that have guardrails, with these, as an OSCAL catalogue."""
    names = names_of(firm)
    rules = [firm.guardrails[key] for key in sorted(firm.guardrails)]
    by_principle: dict[str, list[Guardrail]] = {}
    for rule in rules:
        by_principle.setdefault(rule.principle, []).append(rule)
    sources = [source for rule in rules for source in rule.sources]
    catalogues = {
        firm.controls[c].catalogue
        for r in rules
        for c in r.controls
        if c in firm.controls
    }
    written = [*resources(firm, sources), *_catalogues(firm, catalogues)]
    back = {"back-matter": {"resources": written}} if written else {}
    return {
        "catalog": {
            "uuid": names.of("catalog", firm.seq, instant(firm.at or at)),
            "metadata": head(firm, f"Guardrails of {firm.title}", at),
            **some(
                "groups",
                [
                    _group(firm, firm.principles[key], by_principle[key])
                    for key in sorted(by_principle)
                    if key in firm.principles
                ],
            ),
            **back,
        }
    }


def _group(firm: Firm, principle: Principle, rules: list[Guardrail]) -> dict[str, Any]:
    """Write one principle with its guardrails."""
    group = f"principle.{principle.id}"  # ids are one space, and names are not
    overview = {"name": "overview", "prose": principle.reason}
    owner = [prop("owner", principle.owner)] if principle.owner else []
    return {
        "id": group,
        "class": "principle",
        "title": principle.title,
        **some("props", owner),
        **some("parts", [overview] if principle.reason else []),
        "controls": [_control(firm, rule) for rule in rules],
    }


def _control(firm: Firm, rule: Guardrail) -> dict[str, Any]:
    """Write one guardrail."""
    name = token(rule.id)
    params = [
        {"id": f"{name}.{key}", "label": key, "values": [_text(rule.params[key])]}
        for key in sorted(rule.params)
    ]
    told = compact(rule)
    text = write_yaml({key: told[key] for key in _RULE if key in told})
    parts = [
        ("statement", rule.title),
        ("guidance", "\n\n".join(filter(None, (rule.reason, rule.remedy, rule.duty)))),
        ("rule", text),
    ]
    return {
        "id": name,
        "class": "guardrail",
        "title": rule.title,
        **some("params", params),
        "props": [
            {"name": "label", "value": rule.id},
            *(prop(key, value) for key, value in _told(rule)),
        ],
        **some("links", [*(link(firm, s) for s in rule.sources), *_links(firm, rule)]),
        "parts": [
            {
                "id": f"{name}_{kind}",
                "name": kind,
                **({"ns": prop("", "")["ns"]} if kind == "rule" else {}),
                "prose": prose,
            }
            for kind, prose in parts
            if prose
        ],
    }


def _text(value: object) -> str:
    """Write the value of a threshold."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _told(rule: Guardrail) -> Iterator[tuple[str, object]]:
    """Give what else is to be known of a guardrail."""
    yield from (("level", rule.level), ("phase", rule.phase), ("version", rule.version))
    yield "owner", rule.owner
    if rule.harm:
        yield "protects", rule.harm
    for word, day in (("starts", rule.starts), ("ends", rule.ends)):
        if day:
            yield word, day.isoformat()


def _links(firm: Firm, rule: Guardrail) -> Iterator[dict[str, str]]:
    """Link the controls of other catalogues that a guardrail works towards."""
    for key in rule.controls:
        control = firm.controls.get(key)
        if control is not None:
            of = names_of(firm).of("catalogue", control.catalogue)
            text = f"{control.label or original(control)} {control.title}"
            yield {
                "href": f"#{of}",
                "rel": "related",
                "resource-fragment": original(control),
                "text": text,
            }


def _catalogues(firm: Firm, names: set[str]) -> Iterator[dict[str, Any]]:
    """Write the catalogues that are linked to as resources."""
    for name in sorted(names & set(firm.catalogues)):
        catalogue = firm.catalogues[name]
        yield {
            "uuid": names_of(firm).of("catalogue", name),
            "title": catalogue.title,
            "description": f"Version {catalogue.version or 'unknown'}",
        }
