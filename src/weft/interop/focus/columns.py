"""The columns of FOCUS by version, and what a file that is short of them is told.

Source: the FinOps Foundation's specification, versions 1.0, 1.1 and 1.2.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from weft.errors import InputError, Where, cut

NEEDED: Final = (
    *("BilledCost", "BillingAccountId", "BillingCurrency", "BillingPeriodStart"),
    *("ProviderName", "ServiceCategory", "ServiceName"),
)
"""Without these a charge cannot be posted."""

MANDATORY: Final = (
    *NEEDED,
    *("BillingAccountName", "BillingPeriodEnd", "ChargeCategory", "ChargeClass"),
    *("ChargeDescription", "ChargePeriodEnd", "ChargePeriodStart", "ContractedCost"),
    *("EffectiveCost", "InvoiceIssuerName", "ListCost", "PricingQuantity"),
    *("PricingUnit", "PublisherName"),
)
_OPTIONAL: Final = (
    *("AvailabilityZone", "ChargeFrequency", "CommitmentDiscountCategory"),
    *("CommitmentDiscountId", "CommitmentDiscountName", "CommitmentDiscountStatus"),
    *("CommitmentDiscountType", "ConsumedQuantity", "ConsumedUnit"),
    *("ContractedUnitPrice", "ListUnitPrice", "PricingCategory", "RegionId"),
    *("RegionName", "ResourceId", "ResourceName", "ResourceType", "SkuId"),
    *("SkuPriceId", "SubAccountId", "SubAccountName", "Tags"),
)
_SINCE: Final = {
    "1.1": (
        *("CapacityReservationId", "CapacityReservationStatus"),
        *("CommitmentDiscountQuantity", "CommitmentDiscountUnit"),
        *("ServiceSubcategory", "SkuMeter", "SkuPriceDetails"),
    ),
    "1.2": (
        *("BillingAccountType", "InvoiceId", "PricingCurrency"),
        *("PricingCurrencyContractedUnitPrice", "PricingCurrencyEffectiveCost"),
        *("PricingCurrencyListUnitPrice", "SubAccountType"),
    ),
}


def check_columns(found: Collection[str], file: str) -> tuple[str, tuple[str, ...]]:
    """Give the version whose columns a file has, and what it lacks or has beyond it.

    Raises InputError where it lacks what no charge can be posted without.
    """
    if missing := [name for name in NEEDED if name not in found]:
        raise InputError(
            f"It has no column {' and no '.join(missing)}: these are no charges in"
            " FOCUS 1.0 to 1.2.",
            do="Export it as FOCUS 1.0, 1.1 or 1.2, as CSV or Parquet.",
            where=Where(file, 1),
        )
    version, known = "1.0", {*MANDATORY, *_OPTIONAL}
    for later, names in _SINCE.items():
        known |= set(names)
        if any(name in found for name in names):
            version = later
    notes = []
    if short := [name for name in MANDATORY if name not in found]:
        notes.append(f"Columns of FOCUS that are not there: {', '.join(short)}.")
    if beyond := sorted(name for name in found if name not in known):
        told = ", ".join(str(cut(name)) for name in beyond[:_TOLD])
        notes.append(f"Columns that FOCUS {version} does not have: {told}.")
    return version, tuple(notes)


_TOLD = 8
