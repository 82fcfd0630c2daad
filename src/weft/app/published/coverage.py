"""Which controls of a catalogue some guardrail works towards, family by family."""

from __future__ import annotations

from weft.app.records import record
from weft.app.views import View
from weft.core.firm import Firm
from weft.core.framework.controls import Control
from weft.core.records import Record


class Covered(Record, frozen=True, kw_only=True):
    """A control, and the guardrails on trial or in force that work towards it."""

    control: str
    label: str
    title: str
    within: str | None
    guardrails: tuple[str, ...]


class Family(Record, frozen=True, kw_only=True):
    """A family of controls: how many there are, and how many are worked towards.

    Those that the catalogue has withdrawn are not counted.
    """

    principle: str
    title: str
    covered: int
    controls: int
    each: tuple[Covered, ...]


class Coverage(Record, frozen=True, kw_only=True):
    """A catalogue, family by family, with how much of it is worked towards.

    A control that no guardrail works towards may well be met by people: most of them
    are no rule that a machine can check.
    """

    catalogue: str
    title: str
    version: str
    covered: int
    controls: int
    withdrawn: int
    families: tuple[Family, ...]


def coverage(view: View, name: str = "") -> list[Coverage]:
    """Tell for each catalogue, or for one, which of its controls are worked towards."""
    firm = view.firm
    if name:
        record(view, "catalogues", name)
    towards = _towards(firm)
    names = [name] if name else sorted(firm.catalogues)
    return [_coverage(firm, key, towards) for key in names]


def _towards(firm: Firm) -> dict[str, list[str]]:
    """Give the guardrails that work towards each control."""
    towards: dict[str, list[str]] = {}
    for key in sorted(firm.guardrails):
        guardrail = firm.guardrails[key]
        if guardrail.phase in {"trial", "enforced"}:
            for control in guardrail.controls:
                towards.setdefault(control, []).append(key)
    return towards


def _coverage(firm: Firm, name: str, towards: dict[str, list[str]]) -> Coverage:
    """Tell of one catalogue."""
    catalogue = firm.catalogues[name]
    controls = [c for c in firm.controls.values() if c.catalogue == name]
    standing = sorted((c for c in controls if not c.withdrawn), key=in_order)
    by_family: dict[str, list[Control]] = {}
    for control in standing:
        by_family.setdefault(control.principle, []).append(control)
    families = tuple(
        Family(
            principle=key,
            title=firm.principles[key].title if key in firm.principles else key,
            covered=sum(c.id in towards for c in mine),
            controls=len(mine),
            each=tuple(
                Covered(
                    control=c.id,
                    label=c.label,
                    title=c.title,
                    within=c.within,
                    guardrails=tuple(towards.get(c.id, ())),
                )
                for c in mine
            ),
        )
        for key, mine in sorted(by_family.items())
    )
    return Coverage(
        catalogue=name,
        title=catalogue.title,
        version=catalogue.version,
        covered=sum(f.covered for f in families),
        controls=len(standing),
        withdrawn=len(controls) - len(standing),
        families=families,
    )


def in_order(control: Control) -> list[tuple[int, str]]:
    """Give what puts controls in the order of their numbers: ac-2 before ac-10."""
    parts: list[tuple[int, str]] = []
    word = ""
    for letter in f"{control.id}.":
        if letter.isdigit() == word[:1].isdigit() or not word:
            word += letter
        else:
            parts.append((int(word) if word.isdecimal() else -1, word))
            word = letter
    return parts
