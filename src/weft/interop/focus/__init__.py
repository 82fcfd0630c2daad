"""Bills of cloud and SaaS in FOCUS 1.0 to 1.2, the FinOps Foundation's layout."""

from weft.interop.focus.bill import Bill, Block, Group, open_bill

__all__ = ["Bill", "Block", "Group", "open_bill"]
