"""How much of the ties between people stays inside the boxes of a chart, and leaves."""

from __future__ import annotations

import msgspec
import numpy as np

from weft.engines.knowledge.roster import Floats, Ints, summed

_NOTHING = 1e-12


class Weights(msgspec.Struct, frozen=True):
    """The ties of people by the box of each: one value a box.

    inside: ties whose two ends are in the box. outside: ties of which one end is.
    """

    inside: Floats
    outside: Floats

    @property
    def total(self) -> float:
        """All ties; each of those that leave a box is counted at both of its ends."""
        return float(self.inside.sum() + self.outside.sum() / 2)

    def external_internal(self) -> float | None:
        """Give the E-I index: -1 where all ties stay inside a box, +1 where none does.

        (external - internal) / (external + internal). None without ties. Source: D.
        Krackhardt and R. Stern, Social Psychology Quarterly 51(2), 1988.
        """
        external, internal = self.outside.sum() / 2, self.inside.sum()
        return _balance(float(external), float(internal))

    def of_box(self, box: int) -> float | None:
        """Give the E-I index of one box: of the ties that its people have."""
        return _balance(float(self.outside[box]), float(self.inside[box]))

    def modularity(self) -> float | None:
        """Tell how much more of the ties stays inside the boxes than chance has it.

        The sum over the boxes of e - a^2: e, the share of ties inside the box; a, the
        share of tie ends in it. At most 1; 0 as by chance. None without ties. Source:
        M. Newman and M. Girvan, Phys. Rev. E 69, 026113 (2004).
        """
        total = self.total
        if total < _NOTHING:
            return None
        ends = (2 * self.inside + self.outside) / (2 * total)
        return float((self.inside / total - ends**2).sum())


def weights(group: Ints, box: Ints, share: Floats, groups: int, boxes: int) -> Weights:
    """Weigh the ties of people who share groups, by the boxes they are in.

    One row for each person in a group: the places of the group and of the box, and the
    share of time in the group; shape (rows,). Two people in a group have a tie of the
    product of their shares; the ties of a group are scaled to add to half its people,
    so that large ones do not outweigh: as for the schism.
    """
    whole, squares = summed(group, share, groups), summed(group, share**2, groups)
    ties = (whole**2 - squares) / 2
    scale = np.divide(whole / 2, ties, out=np.zeros(groups), where=ties > _NOTHING)
    cell, which = np.unique(group * max(boxes, 1) + box, return_inverse=True)
    of_group, of_box = cell // max(boxes, 1), cell % max(boxes, 1)
    mine, mine_squared = (
        summed(which, values, len(cell)) for values in (share, share**2)
    )
    inside = scale[of_group] * (mine**2 - mine_squared) / 2
    outside = scale[of_group] * mine * (whole[of_group] - mine)
    return Weights(summed(of_box, inside, boxes), summed(of_box, outside, boxes))


def _balance(external: float, internal: float) -> float | None:
    """Set what leaves against what stays."""
    both = external + internal
    return None if both < _NOTHING else (external - internal) / both
