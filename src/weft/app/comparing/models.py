"""Operating models: those that come with Weft, and those of a text of one's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import PurePath

from msgspec.structs import replace

from weft.core.firm import Firm
from weft.core.records import Record
from weft.core.scalars import slug
from weft.engines.knowledge.boxes import it_boxes
from weft.engines.simulation.models import KNOWN, Model
from weft.engines.simulation.models.effort import decay
from weft.errors import NotFound, UnknownName, Where
from weft.interop.models import library, library_text, read_model

USUAL = (
    *("partnership", "partnership-chargeback", "lean", "bimodal"),
    *("dbs", "bbva", "diluted", "pervasive"),
)
"""The models that are compared where nobody names others."""


class Line(Record, frozen=True, kw_only=True):
    """One parameter of a model, as it is shown. source: empty for a default."""

    name: str
    value: float
    unit: str
    means: str
    source: str
    low: float | None = None
    high: float | None = None


class Shown(Record, frozen=True, kw_only=True):
    """A model, with every parameter there is.

    decay: the share of what was foreseen that no longer holds after 6, 12 and 18
    months. claims, inside: technology claims of the firm, and those of people in
    its IT boxes; none where no firm is looked at.
    """

    id: str
    title: str
    summary: str
    source: str
    shape: str
    parameters: tuple[Line, ...]
    decay: Mapping[str, float]
    claims: int | None = None
    inside: int | None = None


class Apart(Record, frozen=True, kw_only=True):
    """A parameter in which two models differ."""

    name: str
    unit: str
    means: str
    one: float
    other: float


def every_model() -> Mapping[str, Model]:
    """Give the models of the library, by name."""
    return library()


def the_models(names: Sequence[str], texts: Mapping[str, str]) -> tuple[Model, ...]:
    """Give the models named, or all usual ones. texts: models of one's own, by name.

    One's own that has still the name of another here, as a copy has, is called after
    its text.
    """
    own = {name: read_model(text, name) for name, text in texts.items()}
    names = names or USUAL
    found = [_the_model(name, own) for name in names]
    ids = Counter(model.id for model in found)
    return tuple(
        _called(model, name) if name in own and ids[model.id] > 1 else model
        for name, model in zip(names, found, strict=True)
    )


def _called(model: Model, name: str) -> Model:
    file = PurePath(name).name
    own = slug(file.removesuffix(".toml")) or model.id
    return replace(model, id=own, title=f"{file}, from {model.title}")


def _the_model(name: str, own: Mapping[str, Model]) -> Model:
    if name in own:
        return own[name]
    if name not in library():
        raise UnknownName("operating model", name, library(), Where(path="models"))
    return library()[name]


def model_called(name: str) -> Model:
    """Give a model of the library. Raises NotFound where there is none."""
    if name not in library():
        raise NotFound("operating model", name, library(), do="See: weft models.")
    return library()[name]


def model_text(name: str) -> str:
    """Give a model of the library as it is written. Raises NotFound."""
    return library_text(model_called(name).id)


def shown(model: Model, firm: Firm | None = None) -> Shown:
    """Give a model with every parameter, and where the firm's knowledge lies."""
    lines = []
    for name, known in KNOWN.items():
        found = model.parameters.get(name)
        lines.append(
            Line(
                name=name,
                value=model.value(name),
                unit=known.unit,
                means=known.means,
                source=found.source if found else "not used",
                low=found.low if found else None,
                high=found.high if found else None,
            )
        )
    claims, inside = (None, None) if firm is None else _claims(firm)
    return Shown(
        id=model.id,
        title=model.title,
        summary=model.summary,
        source=model.source,
        shape=model.shape or "",
        parameters=tuple(lines),
        decay={f"{m} months": decay(model, m) for m in (6, 12, 18)},
        claims=claims,
        inside=inside,
    )


def apart(one: Model, other: Model) -> tuple[Apart, ...]:
    """Give the parameters in which two models differ."""
    return tuple(
        Apart(
            name=name,
            unit=known.unit,
            means=known.means,
            one=one.value(name),
            other=other.value(name),
        )
        for name, known in KNOWN.items()
        if one.value(name) != other.value(name)
    )


def _claims(firm: Firm) -> tuple[int, int]:
    """Count the claims of technology skills, and those of people in IT boxes."""
    boxes = {box.id for box in it_boxes(firm)}
    within = {
        person.id for person in firm.people.values() if _in(firm, person.unit, boxes)
    }
    claims = [
        claim.person
        for claim in firm.claims.values()
        if (skill := firm.skills.get(claim.skill))
        and (discipline := firm.disciplines.get(skill.discipline))
        and discipline.camp == "technology"
    ]
    return len(claims), sum(person in within for person in claims)


def _in(firm: Firm, unit: str | None, boxes: set[str]) -> bool:
    """Tell whether a unit is one of some, or below one."""
    seen: set[str] = set()
    while unit is not None and unit not in seen:
        if unit in boxes:
            return True
        seen.add(unit)
        unit = firm.units[unit].parent if unit in firm.units else None
    return False
