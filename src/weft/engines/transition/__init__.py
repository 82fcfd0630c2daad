"""How fast a firm is: before its move and since, and for those who ask."""

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
from weft.engines.transition.waits import Lasted, Within, lasted
from weft.engines.transition.wants import Want, ended, wants

__all__ = [
    "DEFINITION",
    "YEAR",
    "Apart",
    "Lasted",
    "Span",
    "Then",
    "Want",
    "Within",
    "apart",
    "begun",
    "changing",
    "deciding",
    "delivering",
    "ended",
    "lasted",
    "pace",
    "wants",
    "working",
]
