"""The boxes of the org chart: from columns, or from who reports to whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from weft.core.people import Unit
from weft.errors import Where
from weft.interop.layouts import People
from weft.interop.tables.folding import Member
from weft.interop.tables.rows import Row
from weft.interop.tables.work import Work, fold


class Units:
    """The units of the firm by what columns call them, with those that are new."""

    def __init__(self, work: Work, people: People) -> None:
        self.work, self.people = work, people
        self.made: dict[str, Unit] = {}
        self.costs: dict[str, Counter[str]] = {}
        self.by_path: dict[tuple[str | None, str], str] = {}
        self.by_title: dict[str, str] = {}
        units = work.firm.units
        for key in sorted(units):
            self.by_path.setdefault((units[key].parent, fold(units[key].title)), key)
            self.by_title.setdefault(fold(units[key].title), key)

    def of(self, row: Row) -> str | None:
        """Give the unit of a row, made where it is new; none where it names none.

        A single column finds a unit by its title wherever it lies; several name the
        boxes it lies in as well.
        """
        unit: str | None = None
        alone = len(self.people.unit) == 1
        for title in row.units:
            found = self.by_title.get(fold(title)) if alone else None
            unit = (
                found or self.by_path.get((unit, fold(title))) or self._new(title, unit)
            )
        if unit and row.cost_centre:
            self.costs.setdefault(unit, Counter())[row.cost_centre] += 1
        return unit

    def _new(self, title: str, parent: str | None) -> str:
        """Make a unit."""
        key = self.work.new_name("units", title, f"{parent}-unit" if parent else "")
        self.made[key] = Unit(id=key, title=title, parent=parent)
        self.by_path[parent, fold(title)] = key
        self.by_title.setdefault(fold(title), key)
        return key

    def finish(self) -> None:
        """Put the new units into the firm, and the cost centres of all."""
        self.work.put(self.made.values())
        changed = []
        for key, counts in sorted(self.costs.items()):
            [(cost, count)] = counts.most_common(1)
            if len(counts) > 1:
                title = self.work.firm.units[key].title
                what = f"{title!r} has {len(counts)} cost centres."
                done = f"The most frequent is taken: {cost}, in {count} rows."
                at = Where(self.people.sheet, 0, self.people.cost_centre)
                self.work.tell("guess", what, done, at)
            changed.append(replace(self.work.firm.units[key], cost_centre=cost))
        self.work.put(changed)


def units_by_reporting(
    work: Work,
    people: People,
    members: Iterable[Member],
    managers: Mapping[str, str | None],
) -> dict[str, str | None]:
    """Take units from the reporting lines: each branch below the top is one.

    A branch is called after the title of its head, never after the name; who reports
    to the top and leads nobody belongs to the top itself. A branch is known again by
    its head, else by its title. Whoever reports to nobody, besides the top, is told.
    """
    tree = _Tree(managers)
    if not tree.top:
        return {}
    titles = {member.id: member.main.title for member in members}
    units = _Branches(work)
    top = units.of(tree.top, _firm_title(work) or titles[tree.top] or "Top", None)
    found: dict[str, str | None] = {}
    heads: dict[str, str] = {}
    for person, head in tree.heads.items():
        if head == tree.top:
            found[person] = top
        elif not tree.below[head]:  # leads nobody
            found[person] = top if managers[head] == tree.top else None
        else:
            if head not in heads:
                title = titles[head] or f"Branch {len(heads) + 1}"
                heads[head] = units.of(head, title, top)
            found[person] = heads[head]
    work.put(units.made.values())
    _tell(work, people, len(heads), found)
    return found


def _firm_title(work: Work) -> str:
    """Give what the firm calls itself, if it does."""
    return work.firm.title if work.firm.about else ""


def _tell(
    work: Work,
    people: People,
    branches: int,
    found: Mapping[str, str | None],
) -> None:
    """Tell what was done for want of a column, and who belongs nowhere."""
    what = "No column holds the units."
    done = f"Taken from the reporting lines: {branches} branches below the top."
    work.tell("guess", what, done, Where(people.sheet, 0, people.manager))
    if lost := sum(unit is None for unit in found.values()):
        what = f"{lost} people report to nobody, and nobody reports to them."
        done = "They have no unit."
        work.tell("note", what, done, Where(people.sheet, 0, people.manager))


class _Tree:
    """The reporting lines from the top down, and the head of everybody's branch.

    The top is who has most people below. The head of a branch reports to the top, or
    to nobody; the top is its own.
    """

    def __init__(self, managers: Mapping[str, str | None]) -> None:
        self.above = {p: m if m in managers else None for p, m in managers.items()}
        self.below = Counter(m for m in self.above.values() if m)
        roots = self._up({})
        sizes = Counter(roots.values())
        largest = max(sizes.values(), default=0)
        self.top = min((r for r, n in sizes.items() if n == largest > 1), default="")
        self.heads = self._up({self.top: self.top})

    def _up(self, known: dict[str, str]) -> dict[str, str]:
        """Give for each person whoever stands at the end of the line upwards.

        That is who reports to nobody, or to somebody of the `known`.
        """
        ends = dict(known)
        for person in self.above:
            line = [person]
            while line[-1] not in ends:
                above = self.above[line[-1]]
                if above is None or above in known:
                    ends[line[-1]] = line[-1]
                else:
                    line.append(above)
            for each in line:
                ends[each] = ends[line[-1]]
        return ends


class _Branches:
    """Units that were taken from reporting lines: known again by head or title."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.made: dict[str, Unit] = {}
        units = work.firm.units
        self.by_head = {u.head: key for key, u in sorted(units.items()) if u.head}
        self.by_title = {fold(u.title): key for key, u in sorted(units.items())}

    def of(self, head: str, title: str, parent: str | None) -> str:
        """Give the unit that somebody heads."""
        key = self.by_head.get(head, "")
        if not key or key in self.made:
            key = self.by_title.get(fold(title), "")
        if not key or key in self.made:
            key = self.work.new_name("units", title)
        held = self.work.firm.units.get(key, Unit(id=key, title=title))
        self.made[key] = replace(held, title=title, head=head, parent=parent)
        return key
