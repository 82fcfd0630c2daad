"""Single numbers for how technology knowledge lies in a firm: pure formulas."""

from __future__ import annotations

import numpy as np

from weft.engines.knowledge.roster import Floats, Ints, summed

_NOTHING = 1e-12


def spread(amounts: Floats, sizes: Floats) -> float | None:
    """Tell how evenly an amount is spread over units: 0 in one, 1 as its size.

    amounts: of each unit, such as claims, at least 0. sizes: heads of each unit;
    shape (units,). None where there is nothing to spread or only one unit.
    With s the units' shares of the amount and h those of the heads:
    1 - sum(s (s - h) / h) / sum(s (1 - h) / h). The first sum is chi-square (how far s
    is from h), the second what it would be if all sat in the unit of one of
    them, picked at random. For units of equal size it is Blau's index of
    heterogeneity, (1 - sum s^2) / (1 - 1/U).
    Source: P. Blau, Inequality and Heterogeneity (1977); the weighting by size
    is Weft's own.
    """
    there = sizes > 0
    amount, size = amounts[there], sizes[there]
    if len(size) < 2 or amount.sum() <= 0:  # noqa: PLR2004 - one unit spreads nothing
        return None
    s, h = amount / amount.sum(), size / size.sum()
    uneven, one_unit = (s * (s - h) / h).sum(), (s * (1 - h) / h).sum()
    return float(np.clip(1 - uneven / one_unit, 0, 1))


def dilution(inside: float, everywhere: float) -> float | None:
    """Tell which share of the technology people is outside the IT boxes.

    0 = all inside, 1 = none left inside; None where there are none at all.
    """
    return 1 - inside / everywhere if everywhere > 0 else None


def schism(group: Ints, share: Floats, technology: Floats, groups: int) -> float | None:
    """Tell how far two camps keep apart: 1 never meet, 0 as if mixed at random.

    One row for each person in a group: the group's place, the person's share of
    time in it, and the share of technology in the role; shape (rows,). Two people
    in a group have a tie of the product of their shares; the ties of a group are
    scaled to add to half its people, so that large ones do not outweigh. Below 0
    where people mix more than at random. None where nobody sits with another or
    all are of one camp.
    It is 1 - (share of ties across) / (share expected at random): Newman's
    assortativity for two kinds, with a half-technology role counted as half of
    each. Source: M. Newman, Phys. Rev. E 67, 026126 (2003); ties scaled as in
    Phys. Rev. E 64, 016132 (2001).
    """
    p, s = share, technology
    whole, squares, of_tech, squares_of_tech, squares_of_squares = (
        summed(group, values, groups)
        for values in (p, p * p, p * s, p * p * s, (p * s) ** 2)
    )
    ties = (whole**2 - squares) / 2
    across = of_tech * whole - squares_of_tech - of_tech**2 + squares_of_squares
    met = ties > _NOTHING
    scale = whole[met] / 2 / ties[met]
    ends = (of_tech * whole - squares_of_tech)[met] / 2  # technology's half of ties
    total = (ties[met] * scale).sum()
    if total <= 0:
        return None
    tech = (ends * scale).sum() / total
    expected = 2 * tech * (1 - tech)
    if expected < _NOTHING:
        return None
    return float(1 - (across[met] * scale).sum() / total / expected)
