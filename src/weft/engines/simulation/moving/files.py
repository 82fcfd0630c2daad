"""A move as a table for a spreadsheet: a row for each month and measure."""

from __future__ import annotations

import csv
import io

from weft.engines.simulation.moving.report import SERIES, Transition


def csv_of(found: Transition) -> str:
    """Give both ways by month, and how far moving is above staying."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(
        [
            *("month", "share moved", "measure", "unit", "stay", "move"),
            *("difference", "difference low", "difference high"),
        ]
    )
    for month in found.months:
        for name, measure in SERIES.items():
            apart = month.apart[name]
            numbers = (
                *(month.stay[name], month.move[name]),
                *(apart.mean, apart.low, apart.high),
            )
            rows.writerow(
                [
                    month.month,
                    f"{month.moved:.4g}",
                    name,
                    measure.unit,
                    *(f"{n:.6g}" for n in numbers),
                ]
            )
    return out.getvalue()
