"""What the release of a tranche, and the return of what is left of it, move.

A fund is a pool of money, and a tranche moves some of it into the hands of a mission:
both are budgets of the firm, so no cash leaves it.
"""

from __future__ import annotations

from weft.core.money.postings import Account, Transaction, moved
from weft.core.scalars import Amount, Month, Name


def filled(fund: Name, money: Amount, month: Month, says: str = "") -> Transaction:
    """Give the movement by which the firm puts money into a fund."""
    pool, firm = Account("asset", "fund", fund), Account("equity", "set-aside")
    return moved(month, says or f"Into the fund {fund}", pool, firm, money)


def released(
    fund: Name, mission: Name, money: Amount, month: Month, says: str = ""
) -> Transaction:
    """Give the movement by which a tranche of a fund is released to a mission."""
    hand, pool = _hand(fund, mission), Account("asset", "fund", fund)
    says = says or f"Tranche of {fund} released to {mission}"
    return moved(month, says, hand, pool, money)


def returned(
    fund: Name, mission: Name, money: Amount, month: Month, says: str = ""
) -> Transaction:
    """Give the movement by which what a mission did not spend flows back."""
    hand, pool = _hand(fund, mission), Account("asset", "fund", fund)
    says = says or f"Unspent money of {mission} back to {fund}"
    return moved(month, says, pool, hand, money)


def fund_of(account: Account) -> str:
    """Give the fund whose tranche an account holds; nothing where it holds none."""
    name, _, fund = account.line.partition(".")
    return fund if (account.type, name) == ("asset", "tranche") else ""


def _hand(fund: str, mission: str) -> Account:
    return Account("asset", f"tranche.{fund}", mission)
