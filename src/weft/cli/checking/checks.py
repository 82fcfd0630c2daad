"""Checks on the command line: all assets, or manifests, by all guardrails."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from weft.cli.printing import print_json
from weft.cli.shell import Context, pass_context, reading
from weft.errors import InputError, Problems

if TYPE_CHECKING:
    from weft.app.views import View
    from weft.core.firm import Firm
    from weft.engines.guardrails import Audit

FOUND, WRONG = 1, 2


@click.command("check")
@click.argument("manifests", nargs=-1, metavar="[MANIFEST]...")
@click.option("--firm", "source", default="", metavar="DIR|BUNDLE", help="Judge by it.")
@click.option(
    "--trust", envvar="WEFT_TRUST", default="", metavar="KEY", help="Who signs bundles."
)
@click.option("--sarif", default="", metavar="FILE", help="Write SARIF 2.1.0 there.")
@click.option("--progress", is_flag=True, help="Tell how far it is.")
@reading
@pass_context
def check_command(
    context: Context,
    *,
    manifests: tuple[str, ...],
    source: str,
    trust: str,
    sarif: str,
    progress: bool,
    as_of: str,
    draft: str,
    as_json: bool,
) -> None:
    """Check assets, or what MANIFESTs describe, by all guardrails in force.

    Without a MANIFEST all assets of the firm are judged as they stand. The firm is
    that of the store; with --firm that of a firm folder, or of a signed bundle, and
    no store or server is needed. Nothing is written. Exit code 1 if something breaks,
    2 if something cannot be read, else 0.
    """
    if source and (as_of or draft):
        what = "--as-of and --draft look at the store, and --firm is something else."
        raise InputError(what, do="Leave out one of them.")
    told = Telling(sarif, as_json, progress)
    if source:
        if not manifests and Path(source).is_file():
            what = "There are no assets to judge in a bundle: it has only the rules."
            raise InputError(what, do="Name manifests, or give --firm a firm folder.")
        firm = _firm(source, trust, context.now())
        code = _of_firm(firm, manifests, context.now(), told)
    else:
        with context.view(as_of, draft) as view:
            code = _of_view(view, manifests, context.now(), told)
    if code:
        click.get_current_context().exit(code)


class Telling(NamedTuple):
    """How to tell what is found: into which SARIF file, as JSON, with its progress."""

    sarif: str
    as_json: bool
    progress: bool


def _firm(source: str, trust: str, now: datetime) -> Firm:
    """Give the firm of a folder or a bundle."""
    from weft.app.checking.bundles import firm_at

    path = Path(source)
    if not path.exists():
        what = f"There is no {source}."
        raise InputError(what, do="Give --firm a firm folder, or a signed bundle.")
    return firm_at(path, trust, now)


def _of_firm(firm: Firm, files: Sequence[str], now: datetime, told: Telling) -> int:
    """Judge by a firm that comes from a file, where nobody is asked who they are."""
    from weft.app.checking.audit import audit_firm

    if files:
        return _manifests(firm, files, now, told)
    return _catalogue(
        audit_firm(firm, now, _step if told.progress else None), firm, told
    )


def _of_view(view: View, files: Sequence[str], now: datetime, told: Telling) -> int:
    """Judge by the firm of the store, as the actor may see it."""
    from weft.app.checking.audit import audit

    if files:
        return _manifests(view.firm, files, now, told)
    return _catalogue(
        audit(view, now, _step if told.progress else None), view.firm, told
    )


def _manifests(firm: Firm, files: Sequence[str], now: datetime, told: Telling) -> int:
    """Judge manifests; tell what is wrong with some beside what is said of others."""
    from weft.app.checking.manifests import judge_files
    from weft.cli.checking.checked import show_manifest
    from weft.cli.faults import tell
    from weft.interop.sarif import checked_sarif

    judged, wrong = judge_files(firm, files, now)
    if told.sarif:
        found = [(each.checked, each.source) for each in judged]
        _write(told.sarif, checked_sarif(found, wrong, firm, now))
    if told.as_json:
        print_json([each.checked for each in judged])
    else:
        for each in judged:
            show_manifest(each)
    if wrong:
        tell(Problems(wrong))
        return WRONG
    refused = any(each.checked.verdict == "refused" for each in judged)
    return FOUND if refused else 0


def _catalogue(audit: Audit, firm: Firm, told: Telling) -> int:
    """Tell what all assets have been found to be."""
    from weft.cli.checking.checked import show_audit
    from weft.interop.sarif import audit_sarif

    if told.sarif:
        _write(told.sarif, audit_sarif(audit, firm))
    print_json(audit) if told.as_json else show_audit(audit)
    without = sorted(key for key, m in firm.missions.items() if m.outcome is None)
    if without and not told.as_json:
        click.echo(f"No outcome is stated by {', '.join(without)}.")
    return FOUND if audit.breaks else 0


def _step(done: int, of: int) -> None:
    """Tell how far it is, over what was told before."""
    click.echo(f"\r{done} of {of} guardrails judged", nl=done == of, err=True)


def _write(file: str, log: object) -> None:
    """Write a SARIF log."""
    import msgspec

    raw = msgspec.json.format(msgspec.json.encode(log), indent=2)
    Path(file).write_bytes(raw + b"\n")
