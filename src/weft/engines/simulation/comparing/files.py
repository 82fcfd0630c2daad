"""A comparison as a table for a spreadsheet: a row for each model and measure."""

from __future__ import annotations

import csv
import io

from weft.engines.simulation.comparing.measures import MEASURES
from weft.engines.simulation.comparing.report import Figure, Report


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
        stable = "no" if told.unstable else "yes"
        for name, measure in MEASURES.items():
            figure, apart = told.figures[name], told.differences[name]
            row = [told.model, name, measure.unit, *_six(figure), *_six(apart), stable]
            rows.writerow(row)
        for name, money in told.money.items():
            numbers = (*_six(money.figure), *_six(money.difference))
            rows.writerow(
                [told.model, f"{name} in money", money.unit, *numbers, stable]
            )
    return out.getvalue()


def _six(figure: Figure) -> tuple[str, str, str]:
    return f"{figure.mean:.6g}", f"{figure.low:.6g}", f"{figure.high:.6g}"
