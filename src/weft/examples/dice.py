"""Chance, made repeatable: the same seed and purpose throw the same numbers."""

from __future__ import annotations

from random import Random


def dice(seed: int, *purpose: object) -> Random:
    """Give a source of chance for one purpose, apart from that of all others.

    So a change in one part of a firm does not throw all its other parts anew.
    The seed goes in as text: its hash does not differ from one run to the next.
    """
    return Random(":".join(map(str, (seed, *purpose))))  # noqa: S311 # no secret
