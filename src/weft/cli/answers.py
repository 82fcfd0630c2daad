"""An Answer as a person reads it: the verdict, why, and the way out."""

from __future__ import annotations

import shlex

import click

from weft.app.requests import Explained
from weft.app.views import View
from weft.core.requests import (
    MANDATE,
    Core,
    Decision,
    Finding,
    Offer,
    Question,
    WayOut,
)

_WORDS = {
    "allowed": ("Yes.", "green"),
    "allowed-with-duties": ("Yes, with duties.", "green"),
    "refused": ("No.", "red"),
}
_MOST = 6


def show(answer: Explained, view: View | None) -> None:
    """Print an answer; view: the firm whose names it is shown with, if at hand."""
    decision = answer.decision
    words, colour = _WORDS[decision.verdict]
    number = f"answer {answer.number}" if answer.number else "not kept"
    click.secho(f"{words}  ({number})", bold=True, fg=colour)
    for finding in decision.findings:
        _finding(finding)
    _ways(decision)
    if answer.core:
        _core(answer.core)
    for question in decision.questions:
        _question(question)
    for offer in decision.offers:
        _offer(offer, answer, view)
    told = f"{decision.judged} guardrails judged it"
    click.echo(f"\n{told}, on the firm of entry {decision.firm}.")


def _finding(finding: Finding) -> None:
    """Print one guardrail's say."""
    mark = click.style("x", fg="red", bold=True) if finding.blocks else "-"
    state = f"held by waiver {finding.waiver}" if finding.waiver else finding.state
    harm = f", protects {finding.harm}" if finding.harm else ""
    trial = ", on trial" if finding.trial else ""
    binds = f", binds from {finding.binds}" if finding.binds else ""
    name = click.style(finding.title, bold=True)
    click.echo(f"\n{mark} {name}: {state}")
    click.echo(
        f"    {finding.guardrail} ({finding.level}{harm}{trial}{binds})", nl=False
    )
    principle = f", from {finding.principle}" if finding.principle else ""
    click.echo(f", owned by {finding.owner}{principle}")
    for reason in finding.reasons:
        held = f", waived by {reason.waiver}" if reason.waiver else ""
        click.echo(f"    {reason.said}{held}")
    for dead in finding.dead_waivers:
        click.echo(f"    waiver {dead.waiver} does not count: {dead.why}")
    if finding.unanswered:
        why = "as an objection to it was not answered"
        click.echo(f"    it only advises since {finding.unanswered}, {why}")
    if finding.tried:
        why = "as it is tried after an objection"
        click.echo(f"    it only advises until {finding.tried}, {why}")
    if finding.error:
        click.echo(f"    could not be judged: {finding.error}")
    if finding.duty:
        click.echo(f"    duty: {finding.duty}")
    if finding.blocks and finding.remedy:
        click.echo(f"    {finding.remedy}")


def _ways(decision: Decision) -> None:
    """Print what would turn a no into a yes, or why nothing does."""
    for place, way in enumerate(decision.ways):
        lead = "It would be a yes with" if place == 0 else "or with"
        proof = "" if way.proved else " (something smaller may do)"
        click.secho(f"\n{lead}{proof}", bold=True)
        _edits(way)
    if decision.no_way:
        click.echo(f"\n{decision.no_way}")


def _core(core: Core) -> None:
    """Print what cannot be met together, and whom to ask about it."""
    more = "" if core.proved else " (less may do)"
    click.secho(f"\n{core.told}{more}", bold=True)
    for rule in core.guardrails:
        fault = "" if rule.readable else "; it could not be judged"
        of = "" if rule.guardrail == MANDATE else f" version {rule.version}"
        named = f"{rule.guardrail}{of}: {rule.title}"
        click.echo(f"    {named}, owned by {rule.owner}{fault}")


def _edits(way: WayOut) -> None:
    """Print the edits of one way."""
    for edit in way.edits:
        more = f"  (would do: {edit.accepted})" if edit.accepted else ""
        click.echo(f"    {edit.path}: {edit.old} -> {edit.new}{more}")


def _question(question: Question) -> None:
    """Print a fact that is missing, and what each answer to it would bring."""
    paths = ", ".join((question.path, *question.also))
    click.echo(f"\nNot known: {question.title} ({paths})")
    for verdict, (words, _) in _WORDS.items():
        told = [a for a, v in question.answers.items() if v == verdict]
        if told:
            more = f" and {len(told) - _MOST} more" if len(told) > _MOST else ""
            click.echo(f"    {words} {' | '.join(told[:_MOST])}{more}")


def _offer(offer: Offer, answer: Explained, view: View | None) -> None:
    """Print who may grant a waiver, and the command that asks for it."""
    holders = [view.name(h) if view else h for h in offer.holders]
    click.echo(
        f"\nA waiver of {offer.guardrail} may be granted by {offer.approver}"
        f" ({', '.join(holders) or 'nobody holds it'})."
    )
    words = ["weft", "waive", "ask", offer.guardrail, answer.decision.request.mission]
    if asset := answer.decision.request.asset:
        words += ["--asset", asset]
    for cover in offer.covers:
        value = "" if cover.value is None else f"={cover.value}"
        words += ["--covers", f"{cover.path}{value}"]
    if answer.number:
        words += ["--decision", str(answer.number)]
    words += ["--until", f"{offer.latest:%Y-%m-%d}", "--reason", "..."]
    click.echo(f"    {shlex.join(words)}")
