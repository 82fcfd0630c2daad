"""What guardrails say of assets and manifests, as a person reads it in a terminal."""

from __future__ import annotations

from collections.abc import Iterable

import click

from weft.app.checking.manifests import Judged
from weft.cli.printing import many, print_table
from weft.core.manifests import place_of
from weft.core.requests import Finding
from weft.engines.guardrails import Audit, Counts, Unmet

MOST = 20
"""So many assets are told one by one."""
_COUNTS = (
    ("break", "breaking"),
    ("broken", "broken"),
    ("unproven", "unproven"),
    ("faults", "error"),
    ("by a waiver", "waived"),
    ("only told", "told"),
)


def show_audit(audit: Audit) -> None:
    """Print an audit: the counts, and what breaks."""
    total = audit.total
    click.secho(f"As on {audit.at:%Y-%m-%d}; nothing is written.", bold=True)
    if audit.refusal:
        click.echo(f"{audit.refusal} Nothing is shown to be in order.")
        return
    rules = len(audit.guardrails)
    click.echo(
        f"Of {many(total.assets, 'asset')} {total.breaking} break at least one of"
        f" {many(rules, 'guardrail')}: {total.broken} times it is broken,"
        f" {total.unproven} times not proved for want of a fact"
        + (f", {total.error} times it could not be judged" if total.error else "")
        + f". {total.waived} are held by a waiver, {total.told} are only told."
    )
    _table("guardrail", ((each.guardrail.id, each.counts) for each in audit.guardrails))
    _table("mission", ((each.mission, each.counts) for each in audit.missions))
    breaking = [each for each in audit.unmet if each.stand == "breaks"]
    for each in breaking[:MOST]:
        click.echo(f"  {_line(each)}")
    if len(breaking) > MOST:
        click.echo(f"  ... and {len(breaking) - MOST} more; --json has all.")


def _line(unmet: Unmet) -> str:
    """Write one guardrail that is not met, on a line."""
    why = "; ".join(reason.said for reason in unmet.reasons) or unmet.error
    unproven = " (unproven)" if unmet.state == "unproven" else ""
    return f"{unmet.asset}: {unmet.guardrail}{unproven}: {why}"


def _table(title: str, counts: Iterable[tuple[str, Counts]]) -> None:
    """Print counts, without rows and columns that are empty."""
    rows = [
        (name, each) for name, each in counts if each.breaks + each.waived + each.told
    ]
    shown = [
        (t, field) for t, field in _COUNTS if any(getattr(c, field) for _, c in rows)
    ]
    if rows:
        click.echo()
        print_table(
            [title, *(t for t, _ in shown)],
            [
                [name or "(nobody's)", *(getattr(each, field) for _, field in shown)]
                for name, each in rows
            ],
        )


def show_manifest(judged: Judged) -> None:
    """Print what is said of a manifest, each place as editors and terminals know it."""
    told = judged.checked
    words, colour = ("No", "red") if told.verdict == "refused" else ("Yes", "green")
    what = told.asset or told.act
    click.secho(f"{told.file}: {words}. ({told.mission}, {what})", bold=True, fg=colour)
    for finding in told.findings:
        _finding(judged, finding)
    for way in told.ways[:1]:
        edits = ", ".join(f"{e.path}: {e.old} -> {e.new}" for e in way.edits)
        click.echo(f"  It would be a yes with {edits}")
    for question in told.questions:
        click.echo(f"  Not known: {question.title} ({question.path})")


def _finding(judged: Judged, finding: Finding) -> None:
    """Print what one guardrail says of a manifest."""
    held = f", held by waiver {finding.waiver}" if finding.waiver else ""
    trial = ", on trial" if finding.trial else ""
    say = f"{finding.guardrail} ({finding.level}{trial}, {finding.state}{held})"
    for reason in finding.reasons:
        line, column = place_of(judged.source, reason.path)
        place = f"{judged.checked.file}:{line}:{column}"
        click.echo(f"  {place}: {reason.said}  [{say}]")
    if finding.error:
        click.echo(f"  {judged.checked.file}: {finding.error}  [{say}]")
    if finding.duty:
        click.echo(f"  duty: {finding.duty}")
    if finding.blocks and finding.remedy:
        click.echo(f"      {finding.remedy}")
