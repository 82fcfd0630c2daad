"""IT boxes in the org chart, found by who sits in them and whom they report to."""

from __future__ import annotations

from typing import Literal

import numpy as np

from weft.core.firm import Firm
from weft.core.kept import kept
from weft.core.records import Record
from weft.engines.knowledge.chart import NOWHERE, Chart, chart, lines_inside
from weft.engines.knowledge.figures import FEWEST
from weft.engines.knowledge.roster import Bools, Floats, roster
from weft.engines.knowledge.titles import plain, told_by_title, words_of
from weft.engines.knowledge.words.disciplines import DISCIPLINES

MOSTLY = 0.6
TIMES_THE_REST = 4.0
ALONE_HOLDS = 0.25
TOGETHER_HOLD = 0.5
LINES_INSIDE = 0.7
NEARLY_ALL = 0.9
_SAYS_SO = {
    *("it", "ict", "edv", "ti", "mis", "informatik", "informatique", "informatica"),
    *("technology", "tech", "technologie", "tecnologia", "information", "software"),
    *("engineering", "system", "computer", "computing"),
}


class Box(Record, frozen=True, kw_only=True):
    """A separate technology unit, and why it is taken for one.

    table, id, title: the unit, or the manager of the team. people: those in it
    and below whose camp is known. technology_people: the technology in their
    roles, as whole people. purity: technology_people of people, 0 to 1. holds:
    their share of all technology people of the firm, 0 to 1. renamed: its name
    does not say what it is. told: found by Weft, or said by somebody in the
    firm's own records. signs: the reasons, in words.
    """

    table: Literal["units", "people"]
    id: str
    title: str
    people: int
    technology_people: float
    purity: float
    holds: float
    head: str | None = None
    reports_to: str | None = None
    renamed: bool = False
    told: Literal["found", "said"] = "found"
    signs: tuple[str, ...] = ()


class _Count:
    """What is counted of each box and all below it; arrays by box.

    Everybody whose camp is known counts, but a partner's people only where they
    sit in a unit of the firm.
    """

    def __init__(self, firm: Firm, boxes: Chart) -> None:
        people = roster(firm)
        told = (people.told & (people.ours | (boxes.home != NOWHERE))).astype(float)
        technology = np.nan_to_num(people.technology) * told
        self.people = boxes.within(told)
        self.technology = boxes.within(technology)
        self.everybody = float(told.sum())
        self.all_technology = float(technology.sum())
        self.purity = self.technology / np.maximum(self.people, 1)
        self.holds = self.technology / max(self.all_technology, 1e-12)
        self.business = self.people - self.technology
        self.all_business = self.everybody - self.all_technology

    def rest(self) -> Floats:
        """Give the share of technology outside each box."""
        outside = np.maximum(self.everybody - self.people, 1)
        return (self.all_technology - self.technology) / outside

    def odds(self) -> Floats:
        """Tell how many times likelier technology is inside than outside.

        The odds ratio, half a person added to each cell (Haldane 1955).
        """
        inside = (self.technology + 0.5) / (self.business + 0.5)
        outside = (self.all_technology - self.technology + 0.5) / (
            self.all_business - self.business + 0.5
        )
        return inside / outside


def it_boxes(firm: Firm) -> tuple[Box, ...]:
    """Find the IT boxes: units that hold technology people apart from the rest.

    A box is a unit with all below it in which at least 60 % of the roles are
    technology, four times the odds of the rest of the firm, and not more than half
    of the firm's business people; that is separate: its head sits in it, or 70 %
    of its reporting lines stay inside; and that holds at least a quarter of the
    firm's technology people, unless all such units together hold half of them,
    when each is one. Below five people nothing is looked at. The name is no
    sign: a renamed box is found, and a mixed unit named technology is not. What
    `Unit.it_box` says comes before all of this.
    Where the firm has no units, the teams below its managers are looked at.
    The thresholds are Weft's own judgement, held to labelled charts in the tests.
    """
    tables = (firm.people, firm.units, firm.disciplines, firm.skills, firm.claims)
    return kept("boxes", tables, lambda: _it_boxes(firm))


def _it_boxes(firm: Firm) -> tuple[Box, ...]:
    boxes = chart(firm)
    count = _Count(firm, boxes)
    found = _candidates(firm, boxes, count)
    together = sum(count.holds[box] for box in found)
    kept_boxes = [
        box
        for box in found
        if together >= TOGETHER_HOLD
        or count.holds[box] >= ALONE_HOLDS
        or _said(firm, boxes, box)
    ]
    return tuple(_box(firm, boxes, count, box) for box in kept_boxes)


def _candidates(firm: Firm, boxes: Chart, count: _Count) -> list[int]:
    """Walk down the chart, taking the highest boxes that fit."""
    said = [_said(firm, boxes, box) for box in range(len(boxes.keys))]
    fits: Bools = (
        (count.people >= FEWEST)
        & (count.everybody - count.people >= FEWEST)
        & (count.purity >= MOSTLY)
        & (count.odds() >= TIMES_THE_REST)
        & (count.business <= count.all_business / 2)
        & np.array([word is None for word in said], np.bool_)
    )
    found, box = [], 0
    while box < len(boxes.keys):
        taken = _narrowed(boxes, count, fits, box)
        below = int(boxes.below[box])
        if said[box] or (
            fits[box] and True not in said[box:below] and _separate(firm, boxes, taken)
        ):
            found.append(taken)
            box = below
        else:
            box += 1
    return found


def _said(firm: Firm, boxes: Chart, box: int) -> bool | None:
    """Give what somebody said of a box; None where nobody did."""
    return firm.units[boxes.keys[box]].it_box if boxes.kind == "units" else None


def _narrowed(boxes: Chart, count: _Count, fits: Bools, box: int) -> int:
    """Step down while one box below holds nearly all and is purer."""
    if not fits[box]:
        return box
    for child in boxes.children(box):
        nearly_all = count.technology[child] >= NEARLY_ALL * count.technology[box]
        if fits[child] and nearly_all and count.purity[child] > count.purity[box]:
            return _narrowed(boxes, count, fits, child)
    return box


def _separate(firm: Firm, boxes: Chart, box: int) -> bool:
    """Tell whether a box is led from inside, as far as the lines are known."""
    led, inside = lines_inside(firm, boxes, box)
    if _head(firm, boxes, box) is not None or not led:
        return True
    return inside >= LINES_INSIDE * led


def _head(firm: Firm, boxes: Chart, box: int) -> str | None:
    """Give the head of a box, if that is somebody who sits in it or below."""
    head = boxes.heads[box]
    place = roster(firm).at.get(head or "")
    if place is None or not box <= boxes.home[place] < boxes.below[box]:
        return None
    return head


def _box(firm: Firm, boxes: Chart, count: _Count, box: int) -> Box:
    """Describe a box that was found, or that somebody said is one."""
    head = _head(firm, boxes, box)
    shown = count.people[box] >= FEWEST
    said = _said(firm, boxes, box) is True
    signs = ["the firm's own records say that it is one"] if said else []
    return Box(
        table="units" if boxes.kind == "units" else "people",
        id=boxes.keys[box],
        title=boxes.titles[box],
        people=int(count.people[box]) if shown else 0,
        technology_people=round(float(count.technology[box]), 1) if shown else 0,
        purity=round(float(count.purity[box]), 3) if shown else 0,
        holds=round(float(count.holds[box]), 3) if shown else 0,
        head=head,
        reports_to=firm.people[head].manager if head else None,
        renamed=not _SAYS_SO & set(words_of(plain(boxes.titles[box]))),
        told="said" if said else "found",
        signs=(*signs, *(_signs(firm, boxes, count, box) if shown else ())),
    )


def _signs(firm: Firm, boxes: Chart, count: _Count, box: int) -> list[str]:
    """Say in words what speaks for a box, with the numbers."""
    people = (
        f"{count.technology[box]:.0f} of {count.people[box]:.0f} people in it work "
        f"in technology, against {count.rest()[box]:.0%} in the rest of the firm"
    )
    signs = [
        people,
        f"it holds {count.holds[box]:.0%} of the firm's technology people",
    ]
    if head := _head(firm, boxes, box):
        told = told_by_title(firm.people[head].title)
        technology = told and any(
            DISCIPLINES[key].camp == "technology" for key in told.disciplines
        )
        of = f', whose title says "{told.words}"' if told and technology else ""
        signs.append(f"it has a head of its own{of}")
    led, inside = lines_inside(firm, boxes, box)
    if led >= FEWEST:
        signs.append(f"{inside / led:.0%} of its reporting lines stay inside it")
    if not _SAYS_SO & set(words_of(plain(boxes.titles[box]))):
        signs.append("its name does not say so: it was found by its people")
    return signs
