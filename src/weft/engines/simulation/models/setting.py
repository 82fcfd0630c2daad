"""What the firm itself brings into every model: its people, domains and demand.

All models get the same. Each fact says where it is from: counted in the firm, given by
whoever asks, or illustrative.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

from msgspec.structs import replace

from weft.core.assets import Asset
from weft.core.firm import Firm
from weft.core.records import Record
from weft.core.scalars import Amount, Line
from weft.engines.knowledge.boxes import it_boxes
from weft.engines.knowledge.camps import camps
from weft.engines.simulation.models.parameters import DAYS, Known, Parameter
from weft.engines.simulation.models.worth import DelayPrice, Worth, share_of, worth_of
from weft.errors import InputError, Where

YEAR, MONTH = 230, 230 / 12
"""Working days in a year and in a month."""
PAYS: Final = "pays"

FACTS: Final[dict[str, Known]] = {
    "people": Known("people", "who make changes, in full time", 48, 4, 1_000_000),
    "missions": Known("domains", "of the business that ask for changes", 8, 1, 10_000),
    "specialists": Known("people", "who know the scarcest skill", 2, 1, 100_000),
    "load": Known("share", "of people's time that the changes themselves ask", 0.6),
    "analysis": Known(DAYS, "of analysis in a change, on average", 1.5),
    "development": Known(DAYS, "of development in a change, on average", 4.0),
    "test": Known(DAYS, "of testing in a change, on average", 1.5),
    "operations": Known(DAYS, "of bringing a change into operation, on average", 0.5),
    "variation": Known("factor", "variance of an effort over its squared mean", 1.0),
    "specialist_work": Known("people", "kept busy by what is asked of specialists"),
    "specialist_days": Known(DAYS, "a change asks of a specialist, on average", 0.8),
    "platform_share": Known("share", "of changes that need a shared platform", 0.2),
    "platform_days": Known(DAYS, "such a change asks of it, on average", 1.0),
    "core_share": Known("share", "of fast changes that touch the slow core", 0.4),
    "delay_spread": Known("factor", "spread of the cost of delay (log)", 1.2),
    PAYS: Known("months", "that a change pays, for cost of delay in money", 36, 1),
}
"""What is asked of a firm; a default holds where the firm does not tell."""
_BUSY: Final = 0.65
_RANGES: Final = {"load": (0.45, 0.7)}
_WIDEST: Final = {"load": 2.0, "platform_share": 1.0, "core_share": 1.0}
_FEWEST: Final = 2
_RIPE: Final = ("stream-aligned", "complicated-subsystem")


class Setting(Record, frozen=True, kw_only=True):
    """The firm as every model finds it.

    domains: what asks for changes, with the share of changes it asks for; missions
    where there are some, else boxes of the org chart. scarce: the scarcest skill.
    rate: what a person's month costs, blended over all; none where nobody has said.
    worth: what missions' outcomes are worth. delay: what a working day of delay of an
    average change costs, as given by whoever asks; else it is worked out from worth.
    """

    title: Line
    seq: int
    facts: Mapping[str, Parameter]
    domains: tuple[tuple[str, float], ...]
    scarce: Line
    rate: Amount | None = None
    worth: Worth | None = None
    delay: Amount | None = None

    def value(self, name: str) -> float:
        """Give a fact."""
        return self.facts[name].value

    @property
    def people(self) -> int:
        """Give how many people make changes."""
        return round(self.value("people"))

    @property
    def arrivals(self) -> float:
        """Give how many changes come in a working day."""
        effort = sum(map(self.value, ("analysis", "development", "test", "operations")))
        return self.value("load") * self.people / effort

    @property
    def delay_price(self) -> DelayPrice | None:
        """Give what a working day of delay costs; none where nobody says a value."""
        if self.delay is not None:
            return DelayPrice(amount=self.delay, source="given")
        if self.worth is None:
            return None
        changes = self.arrivals / self.people * self.worth.people * MONTH
        return share_of(self.worth, changes, self.facts[PAYS], MONTH)

    def with_values(self, values: Mapping[str, float]) -> Setting:
        """Give the firm with other facts: a what-if."""
        facts = dict(self.facts)
        for name, value in values.items():
            facts[name] = _checked(name, value)
        found = replace(self, facts=facts)
        if "missions" in values:
            count = round(values["missions"])
            domains = tuple((f"Mission {i + 1}", 1 / count) for i in range(count))
            found = replace(found, domains=domains)
        return found


def _checked(name: str, value: float) -> Parameter:
    known = FACTS.get(name)
    if known is None:
        raise InputError(
            f"No fact of a firm is called {name!r}.", do=f"Use: {', '.join(FACTS)}."
        )
    most = _WIDEST.get(name, known.most)
    if not known.least <= value <= most:
        raise InputError(
            f"{name} is {value:g}, not from {known.least:g} to {most:g}.",
            do=f"It is the {known.unit} {known.means}.",
            where=Where(path=name),
        )
    return Parameter(value=float(value), unit=known.unit, source="given")


def setting_of(firm: Firm) -> Setting:
    """Read from a firm what the models need of it.

    Raises InputError for a firm in which nobody works in technology.
    """
    sides = camps(firm)
    technology = {
        key: person.capacity * (sides[key].technology or 0) / 10_000
        for key, person in firm.people.items()
    }
    people = sum(technology.values())
    if people < FACTS["people"].least:
        raise InputError(
            f"In {firm.title} {people:.1f} people work in technology, in full time;"
            " nothing can be compared with fewer than 4.",
            do="Bring people in with their disciplines, or say how many there are:"
            " people=48.",
        )
    scarce, specialists = _scarcest(firm)
    told: dict[str, tuple[float, str]] = {
        "people": (round(people), "the firm: people in technology, by their time"),
        "specialists": (
            max(1, round(specialists)),
            f"the firm: {scarce}, in full time",
        ),
        **_of_assets(firm),
    }
    told["specialist_work"] = (
        _BUSY * max(1, round(specialists)),
        f"illustrative: {_BUSY:.0%} of their time",
    )
    domains = _domains(firm, technology)
    told["missions"] = (len(domains), "the firm: its missions, or its boxes")
    facts = {name: _fact(name, told.get(name)) for name in FACTS}
    rate = next((about.rounds.rate for about in firm.about.values()), None)
    return Setting(
        title=firm.title,
        seq=firm.seq,
        facts=facts,
        domains=domains,
        scarce=scarce,
        rate=rate,
        worth=worth_of(firm, round(people)),
    )


def _fact(name: str, told: tuple[float, str] | None) -> Parameter:
    known = FACTS[name]
    low, high = _RANGES.get(name, (None, None))
    value, source = told or (known.value, "illustrative")
    unit, value = known.unit, float(value)
    return Parameter(value=value, unit=unit, source=source, low=low, high=high)


def _scarcest(firm: Firm) -> tuple[str, float]:
    """Give the technology discipline with the fewest people, one at least."""
    there: dict[str, float] = {}
    for key, side in camps(firm).items():
        for discipline, share in side.disciplines.items():
            known = firm.disciplines.get(discipline)
            if known is not None and known.camp == "technology":
                time = firm.people[key].capacity * share / 10_000
                there[known.title] = there.get(known.title, 0.0) + time
    enough = sorted((n, title) for title, n in there.items() if n >= 1)
    return (enough[0][1], enough[0][0]) if enough else ("the scarcest skill", 1.0)


def _of_assets(firm: Firm) -> dict[str, tuple[float, str]]:
    """Give how much of what the firm runs leans on platforms, and on others' things."""
    assets = [firm.assets[key] for key in sorted(firm.assets)]
    made = [a for a in assets if not _shared(firm, a)]
    if not made:
        return {}
    leans = sum(any(_shared(firm, d) for d in _below(firm, a)) for a in made)
    crosses = sum(
        any(_owner(d) != _owner(a) and not _shared(firm, d) for d in _below(firm, a))
        for a in made
    )
    of = f"of {len(made)} assets"
    return {
        "platform_share": (
            leans / len(made),
            f"the firm: {leans} {of} depend on a platform or on infrastructure",
        ),
        "core_share": (
            crosses / len(made),
            f"the firm: {crosses} {of} depend on one that somebody else owns",
        ),
    }


def _below(firm: Firm, asset: Asset) -> list[Asset]:
    return [firm.assets[key] for key in asset.depends_on if key in firm.assets]


def _owner(asset: Asset) -> str:
    return asset.mission or asset.unit or ""


def _shared(firm: Firm, asset: Asset) -> bool:
    mission = firm.missions.get(asset.mission or "")
    return asset.type == "infrastructure" or (
        mission is not None and mission.type == "platform"
    )


def _domains(
    firm: Firm, technology: Mapping[str, float]
) -> tuple[tuple[str, float], ...]:
    """Give what asks for changes: missions by seats, else boxes by people."""
    weights: Counter[str] = Counter()
    for seat in firm.seats.values():
        mission = firm.missions.get(seat.mission)
        if mission and mission.type in _RIPE and seat.end is None:
            weights[mission.title] += round(technology.get(seat.person, 0) * seat.share)
    if len(weights) < _FEWEST:
        weights = _boxes(firm)
    whole = sum(weights.values())
    if not whole:
        return (("The firm", 1.0),)
    return tuple((title, n / whole) for title, n in sorted(weights.items()) if n)


def _boxes(firm: Firm) -> Counter[str]:
    """Count the people of each box right below the top that is not IT's."""
    technical = {box.id for box in it_boxes(firm)}
    tops = {key for key, unit in firm.units.items() if unit.parent is None}
    weights: Counter[str] = Counter()
    for person in firm.people.values():
        box = person.unit or ""
        while (unit := firm.units.get(box)) and unit.parent not in {None, *tops}:
            box = unit.parent or ""
        if unit is not None and box not in technical and box not in tops:
            weights[unit.title] += 1
    return weights
