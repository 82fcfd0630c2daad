"""Random numbers that belong to a change and a purpose, never to an order of events.

So two models that look at the same change see the same luck, and a paired comparison
holds by construction. A finaliser of SplitMix64 is applied to the seed and purpose, to
the change, and to the step (Steele, Lea, Flood 2014).
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

_GOLDEN: Final = 0x9E3779B97F4A7C15
_MASK: Final = (1 << 64) - 1
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


def uniform(
    seed: int, purpose: int, change: ArrayLike, step: ArrayLike | None = None
) -> Floats:
    """Draw evenly between 0 and 1, never either, one number for each change and step.

    change, step: whole numbers from 0, of one shape or made so. purpose: what it is
    drawn for; two purposes never share a number.
    """
    key = _whole(_whole(seed) + purpose * _GOLDEN)
    drawn = _mixed(np.uint64(key) + np.asarray(change, np.uint64) * np.uint64(_GOLDEN))
    if step is not None:
        steps = np.asarray(step, np.uint64) + np.uint64(1)
        drawn = _mixed(drawn + steps * np.uint64(_GOLDEN))
    # 52 bits and a half: with 53 the largest would be rounded to 1.
    drawn = drawn >> np.uint64(12)
    return np.asarray((drawn + 0.5) * 2.0**-52)


def exponential(drawn: Floats) -> Floats:
    """Give waits of mean 1 from even draws."""
    return np.asarray(-np.log(drawn))


def lognormal(drawn: Floats, variation: float) -> Floats:
    """Give efforts of mean 1 from even draws; variation: variance over squared mean."""
    from scipy.special import ndtri  # noqa: PLC0415, slow to load

    spread = np.log1p(variation)
    return np.asarray(np.exp(ndtri(drawn) * np.sqrt(spread) - spread / 2))


@cache
def fingerprint() -> str:
    """Tell by a few draws how this machine works figures out, to the last bit.

    Processors differ in the last bit of a logarithm: where the runs of one comparison
    are made on several machines, this has to be the same on all of them.
    """
    drawn = uniform(1, 0, np.arange(10_000))
    found = np.cumsum(exponential(drawn)), lognormal(drawn, 4.0)
    return sha256(b"".join(part.tobytes() for part in found)).hexdigest()


def _mixed(x: NDArray[np.uint64]) -> NDArray[np.uint64]:
    x = np.atleast_1d(x)
    x = (x ^ (x >> np.uint64(30))) * _FIRST
    x = (x ^ (x >> np.uint64(27))) * _SECOND
    return np.asarray(x ^ (x >> np.uint64(31)))


def _whole(x: int) -> int:
    x = (x + _GOLDEN) & _MASK
    x = (x ^ (x >> 30)) * int(_FIRST) & _MASK
    x = (x ^ (x >> 27)) * int(_SECOND) & _MASK
    return x ^ (x >> 31)
