"""Delivery events of the tools in use: whether they are genuine, and what they say."""

from weft.interop.deliveries.exported import read_exported
from weft.interop.deliveries.genuine import Call, check_genuine
from weft.interop.deliveries.reading import deliveries_in

__all__ = ["Call", "check_genuine", "deliveries_in", "read_exported"]
