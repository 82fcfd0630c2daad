"""The figures of Weft by which a goal of a plan may be measured."""

from __future__ import annotations

from typing import Literal

Measure = Literal[
    "distribution",
    "products",
    "owned",
    "led-by-both",
    "mandates",
    "freedom",
    "moves",
    "agreements",
    "reviews",
    "delivering",
    "lead-time",
    "outcomes",
    "outcome-side",
    "checkable",
    "objections-heard",
    "reported",
]
"""Each is worked out anew from the firm whenever somebody looks."""
