"""Compare models run by run on the same demand, and look at what would turn it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from weft.engines.simulation.comparing.breaks import Breaking
from weft.engines.simulation.comparing.intervals import paired
from weft.engines.simulation.comparing.mapping import Mapper, in_turn
from weft.engines.simulation.comparing.money import in_money, priced
from weft.engines.simulation.comparing.report import Break, Figure, Report, Swing
from weft.engines.simulation.comparing.sample import Case, Sample, Task, sample
from weft.engines.simulation.comparing.summary import told_of
from weft.engines.simulation.comparing.swings import Swinging
from weft.engines.simulation.comparing.trials import Crew, Trials, staff
from weft.engines.simulation.comparing.verdict import findings
from weft.engines.simulation.models.compiled import Staffing
from weft.engines.simulation.models.model import Model
from weft.engines.simulation.models.setting import YEAR, Setting
from weft.errors import InputError, Where

_SHOWN: Final = (2, 3, 5, 8, 12)
"""After so many runs the figures so far are told."""
_MAIN, _BREAKS = 0.5, 0.7
"""Shares of the work: up to all runs, and up to where the verdict turns."""
FEWEST, MOST = 2, 1000
_LONGEST: Final = 20
PERVASIVE: Final = "pervasive"


class Ask(NamedTuple):
    """What is compared. years: counted, after one to fill up. deep: what turns it too.

    base: the model that others are held against; the first where empty.
    """

    models: tuple[Model, ...]
    setting: Setting
    seed: int = 1
    runs: int = 20
    years: float = 3.0
    base: str = ""
    deep: bool = True


def compare(ask: Ask, mapper: Mapper = in_turn) -> Iterator[Report]:
    """Give the comparison as it grows: the last report is whole.

    The same ask gives the same figures, whoever makes the runs. Raises InputError for
    what cannot be compared, at once.
    """
    check(ask)
    return _compared(ask, mapper)


def _compared(ask: Ask, mapper: Mapper) -> Iterator[Report]:
    days = ask.years * YEAR
    crews = [Crew((model,), ask.setting, days) for model in ask.models]
    staffing = [found for [found] in mapper(staff, crews)]
    main = _Main(ask, staffing)
    cases = tuple(map(Case, ask.models, staffing))
    tasks = [Task(cases, ask.setting, ask.seed + run, days) for run in range(ask.runs)]
    deep = ask.deep and len(ask.models) > 1
    for runs, found in enumerate(mapper(sample, tasks), 1):
        main.take(found)
        if runs in _SHOWN or runs == ask.runs:
            yield main.report(done=runs / ask.runs * (_MAIN if deep else 1.0))
    if not deep:
        return
    trials = Trials(mapper, ask.seed)
    ours, theirs = main.pair()
    breaks = Breaking(ask.setting, ours, theirs).found(trials)
    yield main.report(breaks=breaks, done=_BREAKS)
    swings = Swinging(ask.setting, ours, theirs).found(trials)
    yield main.report(breaks=breaks, swings=swings)


def check(ask: Ask) -> None:
    """Refuse what makes no comparison. Raises InputError."""
    names = [model.id for model in ask.models]
    apart(names)
    wrong = ""
    if not names:
        wrong = "No model is named."
    elif ask.base and ask.base not in names:
        wrong = f"The base {ask.base} is not among the models."
    if wrong:
        raise InputError(wrong, do="Name different models: partnership,pervasive.")
    if not FEWEST <= ask.runs <= MOST or not 0 < ask.years <= _LONGEST:
        raise InputError(
            f"{ask.runs} runs of {ask.years:g} years are not made.",
            do=f"Ask for {FEWEST} to {MOST} runs of at most {_LONGEST} years.",
            where=Where(path="runs"),
        )


def apart(names: Sequence[str]) -> None:
    """Refuse models of which two have one name. Raises InputError."""
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InputError(
            f"Two of the models are called {twice[0]}.",
            do="Name each once; in a text of your own give another id.",
            where=Where(path="models"),
        )


class _Main:
    """All models on the same demand, run by run."""

    def __init__(self, ask: Ask, staffing: Sequence[Staffing]) -> None:
        self.ask, self.staffing = ask, staffing
        self.runs: list[tuple[Sample, ...]] = []

    def take(self, found: tuple[Sample, ...]) -> None:
        """Take the next run: what came of each model, in turn."""
        self.runs.append(found)

    def of(self, model: Model | str) -> list[Sample]:
        """Give what came of a model, run by run."""
        names = [each.id for each in self.ask.models]
        at = names.index(model if isinstance(model, str) else model.id)
        return [run[at] for run in self.runs]

    def pair(self) -> tuple[Model, Model]:
        """Give Pervasive, or the last; and the strongest IT department beside it."""
        models = {model.id: model for model in self.ask.models}
        ours = models.get(PERVASIVE, self.ask.models[-1])
        others = [m for m in models.values() if m is not ours]
        pools = [m for m in others if m.shape == "pools"] or others
        theirs = min(pools, key=lambda m: (self._lead(m), m.id)) if pools else ours
        return ours, theirs

    def _lead(self, model: Model) -> float:
        leads = [s.figures["lead"] for s in self.of(model)]
        return sum(leads) / len(leads)

    def _apart(self, name: str, ours: Model, theirs: Model) -> Figure | None:
        """Give how much a figure of ours is above theirs; none for one model alone."""
        if ours is theirs:
            return None
        mine, other = ([s.figures[name] for s in self.of(m)] for m in (ours, theirs))
        return paired(mine, other)

    def report(
        self,
        *,
        breaks: Sequence[Break] = (),
        swings: Sequence[Swing] = (),
        done: float = 1.0,
    ) -> Report:
        """Tell what the runs so far say."""
        ask, setting = self.ask, self.ask.setting
        base = ask.base or ask.models[0].id
        told = tuple(
            priced(told_of(model, staffing, self.of(model), self.of(base)), setting)
            for model, staffing in zip(ask.models, self.staffing, strict=True)
        )
        ours, theirs = self.pair()
        price, later = setting.delay_price, self._apart("delay", ours, theirs)
        report = Report(
            title=setting.title,
            seq=setting.seq,
            seed=ask.seed,
            runs=len(self.runs),
            years=ask.years,
            base=base,
            ours=ours.id,
            theirs=theirs.id,
            scarce=setting.scarce,
            facts=setting.facts,
            domains=len(setting.domains),
            rate=setting.rate,
            models=ask.models,
            told=told,
            difference=self._apart("lead", ours, theirs),
            changes=setting.arrivals * YEAR,
            delay=price,
            delay_difference=in_money(later, price) if later and price else None,
            findings=(),
            breaks=tuple(breaks),
            swings=tuple(swings),
            done=done,
        )
        return findings(report)
