"""StratML (ISO 17469): strategic plans and performance reports as XML, in and out."""

from weft.interop.stratml.parts import as_part
from weft.interop.stratml.reading import MOST_BYTES, read_plan
from weft.interop.stratml.writing import write_plan

__all__ = ["MOST_BYTES", "as_part", "read_plan", "write_plan"]
