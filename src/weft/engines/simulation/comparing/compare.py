"""Compare models run by run on the same demand, and look at what would turn it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from weft.engines.simulation.comparing.breaks import Breaking
from weft.engines.simulation.comparing.intervals import paired
from weft.engines.simulation.comparing.report import Break, Report, Swing
from weft.engines.simulation.comparing.sample import Sample, Task, sample
from weft.engines.simulation.comparing.summary import told_of
from weft.engines.simulation.comparing.swings import Swinging
from weft.engines.simulation.comparing.verdict import findings
from weft.engines.simulation.models.compiled import Staffing, staffing_of
from weft.engines.simulation.models.model import Model
from weft.engines.simulation.models.setting import YEAR, Setting
from weft.errors import InputError, Where

Mapper = Callable[[Iterable[Task]], Iterator[Sample]]
"""How runs are made: give what comes of each, in order, here or elsewhere."""
_SHOWN: Final = (2, 3, 5, 8, 12)
"""After so many runs the figures so far are told."""
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


def in_turn(tasks: Iterable[Task]) -> Iterator[Sample]:
    """Make runs here, one after another."""
    return map(sample, tasks)


def compare(ask: Ask, mapper: Mapper = in_turn) -> Iterator[Report]:
    """Give the comparison as it grows: the last report is whole.

    The same ask gives the same figures, whoever makes the runs. Raises InputError for
    what cannot be compared, at once.
    """
    _check(ask)
    return _compared(ask, mapper)


def _compared(ask: Ask, mapper: Mapper) -> Iterator[Report]:
    days = ask.years * YEAR
    staffing = {m.id: staffing_of(m, ask.setting, days) for m in ask.models}
    main = _Main(ask, staffing)
    tasks = [
        Task(model, ask.setting, staffing[model.id], ask.seed + run, days)
        for run in range(ask.runs)
        for model in ask.models
    ]
    total = len(tasks)
    for made, found in enumerate(mapper(tasks), 1):
        main.take(found)
        runs, rest = divmod(made, len(ask.models))
        if not rest and runs in _SHOWN and runs < ask.runs:
            yield main.report(done=made / total * (0.4 if ask.deep else 1.0))
    yield main.report(done=0.4 if ask.deep else 1.0)
    if not ask.deep or len(ask.models) < 2:  # noqa: PLR2004
        if ask.deep:
            yield main.report()
        return
    ours, theirs = main.pair()
    breaking = Breaking(ask.setting, ours, theirs, ask.seed)
    breaks = breaking.found(mapper(breaking.tasks))
    yield main.report(breaks=breaks, done=0.6)
    swinging = Swinging(ask.setting, ours, theirs, ask.seed)
    swings = swinging.found(mapper(swinging.tasks))
    yield main.report(breaks=breaks, swings=swings)


def _check(ask: Ask) -> None:
    """Refuse what makes no comparison."""
    names = [model.id for model in ask.models]
    wrong = ""
    if not names:
        wrong = "No model is named."
    elif len(set(names)) < len(names):
        wrong = "A model is named twice."
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


class _Main:
    """All models on the same demand, run by run."""

    def __init__(self, ask: Ask, staffing: dict[str, Staffing]) -> None:
        self.ask, self.staffing = ask, staffing
        self.samples: dict[str, list[Sample]] = {m.id: [] for m in ask.models}
        self.made = 0

    def take(self, found: Sample) -> None:
        """Take the next sample: models in turn, run by run."""
        model = self.ask.models[self.made % len(self.ask.models)]
        self.samples[model.id].append(found)
        if found.digest != self.samples[self.ask.models[0].id][-1].digest:
            raise AssertionError("models that are compared get the same demand")
        self.made += 1

    def pair(self) -> tuple[Model, Model]:
        """Give Pervasive, or the last; and the strongest IT department beside it."""
        models = {model.id: model for model in self.ask.models}
        ours = models.get(PERVASIVE, self.ask.models[-1])
        others = [m for m in models.values() if m is not ours]
        pools = [m for m in others if m.shape == "pools"] or others
        theirs = min(pools, key=lambda m: (self._lead(m), m.id)) if pools else ours
        return ours, theirs

    def _lead(self, model: Model) -> float:
        leads = [s.figures["lead"] for s in self.samples[model.id]]
        return sum(leads) / len(leads)

    def report(
        self,
        *,
        breaks: Sequence[Break] = (),
        swings: Sequence[Swing] = (),
        done: float = 1.0,
    ) -> Report:
        """Tell what the runs so far say."""
        ask, setting = self.ask, self.ask.setting
        runs = self.made // len(ask.models)
        base = ask.base or ask.models[0].id
        samples = {name: found[:runs] for name, found in self.samples.items()}
        told = tuple(
            told_of(model, self.staffing[model.id], samples[model.id], samples[base])
            for model in ask.models
        )
        ours, theirs = self.pair()
        leads = [[s.figures["lead"] for s in samples[m.id]] for m in (ours, theirs)]
        report = Report(
            title=setting.title,
            seq=setting.seq,
            seed=ask.seed,
            runs=runs,
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
            difference=paired(*leads) if ours is not theirs else None,
            findings=(),
            breaks=tuple(breaks),
            swings=tuple(swings),
            done=done,
        )
        return findings(report)
