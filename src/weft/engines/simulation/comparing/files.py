"""A comparison as a table for a spreadsheet: a row for each model and measure."""

from __future__ import annotations

import csv
import io

from weft.engines.simulation.comparing.measures import MEASURES
from weft.engines.simulation.comparing.report import Report


def csv_of(report: Report) -> str:
    """Give the figures of all models, and their differences from the base."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(
        [
            *("model", "measure", "unit", "mean", "low", "high"),
            *("difference", "difference low", "difference high", "stable"),
        ]
    )
    for told in report.told:
        for name, measure in MEASURES.items():
            figure, apart = told.figures[name], told.differences[name]
            numbers = (
                *(figure.mean, figure.low, figure.high),
                *(apart.mean, apart.low, apart.high),
            )
            rows.writerow(
                [
                    told.model,
                    name,
                    measure.unit,
                    *(f"{n:.6g}" for n in numbers),
                    "no" if told.unstable else "yes",
                ]
            )
    return out.getvalue()
