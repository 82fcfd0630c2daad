"""The move as it goes: what a firm was before it, and whether it became faster."""

from weft.engines.transition.paces import (
    DEFINITION,
    YEAR,
    Apart,
    Then,
    apart,
    begun,
    pace,
)
from weft.engines.transition.spans import (
    Span,
    changing,
    deciding,
    delivering,
    working,
)

__all__ = [
    "DEFINITION",
    "YEAR",
    "Apart",
    "Span",
    "Then",
    "apart",
    "begun",
    "changing",
    "deciding",
    "delivering",
    "pace",
    "working",
]
