"""The command `weft`: every command by name, loaded when it is called."""

from __future__ import annotations

import os
import sys
from functools import partial
from importlib import import_module
from io import TextIOWrapper
from typing import Any

import click

from weft.cli.faults import run
from weft.cli.shell import Context, utc_now

COMMANDS = {
    "serve": ("weft.cli.serve", "Serve the pages and the API on this machine."),
    "example": ("weft.cli.examples", "Load an example firm: airline or bank."),
    "ask": ("weft.cli.requests", "Ask 'may we?' and get the Answer at once."),
    "answer": ("weft.cli.requests", "Show a past Answer, or judge it again."),
    "waive": ("weft.cli.waivers", "Ask for, grant, refuse and end waivers."),
    "challenge": ("weft.cli.framework.challenges", "Object to a guardrail."),
    "guardrails": ("weft.cli.guardrails", "Try a guardrail before it holds."),
    "check": (
        "weft.cli.checking.checks",
        "Check assets, or manifests, by all guardrails.",
    ),
    "bundle": (
        "weft.cli.checking.bundles",
        "Sign the guardrails into a file for pipelines.",
    ),
    "rego": ("weft.cli.framework.rego", "Take guardrails along as Rego; ask policies."),
    "adr": ("weft.cli.framework.adrs", "Bring in and write decision records (MADR)."),
    "sets": (
        "weft.cli.published.sets",
        "Take ready-made guardrails, then make them yours.",
    ),
    "rollout": (
        "weft.cli.framework.rollouts",
        "Bring a guardrail into force, with dates.",
    ),
    "diagnose": ("weft.cli.mirror", "Show where technology knowledge sits."),
    "weave": ("weft.cli.mirror", "Show the firm as one picture."),
    "network": ("weft.cli.mirror", "Show the firm as nodes and edges."),
    "movement": ("weft.cli.mirror", "Show who joined, left and moved."),
    "who": ("weft.cli.knowing.who", "Find who knows a skill, and the way to them."),
    "coverage": (
        "weft.cli.knowing.coverage",
        "Show what is missing, and what hangs on one person.",
    ),
    "looked": ("weft.cli.knowing.looked", "Show who looked at what is kept of you."),
    "unused": ("weft.cli.knowing.unused", "Show which of your skills no seat uses."),
    "spread": ("weft.cli.knowing.spread", "Show how knowledge lies, by month."),
    "pools": ("weft.cli.knowing.pools", "Show pools of expertise and their load."),
    "pl": ("weft.cli.money.statements", "Show profit and loss, of all or of one."),
    "money": ("weft.cli.money.ledger", "Look into the ledger, close a month, export."),
    "seats": ("weft.cli.knowing.pools", "Add a month's seats up, in four ways."),
    "handoffs": ("weft.cli.working.handoffs", "Show handoffs, lead times and waits."),
    "fit": ("weft.cli.working.fit", "Fit the way work goes, and show the error."),
    "replay": ("weft.cli.working.replay", "Follow one request from asking to done."),
    "responsiveness": (
        "weft.cli.working.responsiveness",
        "Show how long who asks waits for a yes, and for done.",
    ),
    "round": ("weft.cli.rounds.rounds", "Propose who sits where; people decide."),
    "fund": ("weft.cli.funding.funds", "Ask for money; see what came of it."),
    "can": ("weft.cli.rounds.can", "Can we take this on? From real capacity."),
    "deliveries": (
        "weft.cli.delivering.deliveries",
        "Show how often, how fast and how safely missions deliver.",
    ),
    "stratml": (
        "weft.cli.planning.stratml",
        "Bring strategic plans in, and write them as StratML.",
    ),
    "hooks": ("weft.cli.delivering.hooks", "Let tools report deliveries."),
    "models": (
        "weft.cli.comparing.models",
        "Show operating models, parameter by parameter.",
    ),
    "compare": (
        "weft.cli.comparing.compare",
        "Put the firm under several operating models.",
    ),
    "comparisons": (
        "weft.cli.comparing.kept",
        "Open a comparison on record, or make it again.",
    ),
    "transition": (
        "weft.cli.moving.transition",
        "Move to another operating model, month by month.",
    ),
    "transitions": (
        "weft.cli.moving.kept",
        "Open a move on record, or simulate it again.",
    ),
    "baseline": (
        "weft.cli.moving.baseline",
        "Freeze how fast the firm is before it moves; then and now.",
    ),
    "outcomes": (
        "weft.cli.outcomes.outcomes",
        "Show where each outcome stands and is going.",
    ),
    "metrics": (
        "weft.cli.outcomes.metrics",
        "Show what is measured: input or outcome.",
    ),
    "readings": (
        "weft.cli.outcomes.readings",
        "Bring in and show readings of metrics.",
    ),
    "experiments": (
        "weft.cli.outcomes.experiments",
        "Try with a rule for when to stop, and keep what was learnt.",
    ),
    "improvements": (
        "weft.cli.outcomes.improvements",
        "Show what was improved, and what shows it.",
    ),
    "past": (
        "weft.cli.outcomes.past",
        "Hold on time and on budget against what was reached.",
    ),
    "search": ("weft.cli.records", "Find anything by its name."),
    "list": ("weft.cli.records", "List the records of a kind."),
    "show": ("weft.cli.records", "Show one record."),
    "put": ("weft.cli.records", "Put a record in its place, from a YAML file."),
    "remove": ("weft.cli.records", "Take a record out."),
    "misfits": ("weft.cli.records", "Tell what in the firm does not fit together."),
    "load": ("weft.cli.folder", "Load a firm folder, as one deed."),
    "export": ("weft.cli.folder", "Write the firm as a folder of text."),
    "schema": ("weft.cli.folder", "Print the JSON Schemas of the records."),
    "import": ("weft.cli.tables", "Bring your firm in from a table you have."),
    "controls": (
        "weft.cli.published.oscal",
        "Show which controls guardrails work towards.",
    ),
    "oscal": ("weft.cli.published.oscal", "Write rules and audit as OSCAL."),
    "draft": ("weft.cli.drafts", "Try changes before they hold."),
    "journal": ("weft.cli.journal", "Show what was done, when and by whom."),
    "verify": ("weft.cli.journal", "Prove the journal unchanged."),
    "checkpoint": ("weft.cli.journal", "Write the journal's head to a file."),
    "erase": ("weft.cli.journal", "Erase a person's data for good."),
    "account": ("weft.cli.accounts", "Open accounts and API tokens."),
}


class Commands(click.Group):
    """The commands, none of which waits for another's imports."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the names in the order of a first hour with Weft."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Load one command."""
        if name not in COMMANDS:
            return None
        module = import_module(COMMANDS[name][0])
        command: click.Command = getattr(module, f"{name}_command")
        return command

    def format_commands(
        self,
        ctx: click.Context,
        formatter: click.HelpFormatter,
    ) -> None:
        """List the commands without loading any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; exit with the error's own code, and never a traceback."""
        return run(partial(super().invoke, ctx))


@click.group(cls=Commands)
@click.option(
    "--db", envvar="WEFT_DB", metavar="URL", help="sqlite:///FILE or postgresql://..."
)
@click.option(
    "--as", "person", envvar="WEFT_AS", metavar="PERSON", help="Act as a person, by id."
)
@click.version_option(package_name="weft")
@click.pass_context
def main(ctx: click.Context, db: str | None, person: str | None) -> None:
    """Run a firm's technology without an IT department."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal that lacks a letter
            stream.reconfigure(errors="replace")
    if os.environ.get("NO_COLOR"):
        ctx.color = False
    ctx.obj = Context(db, person, clock=ctx.obj or utc_now, server=serve)


def serve(*words: Any, **named: Any) -> None:
    """Serve the store: commands and pages meet here and nowhere else."""
    from weft.web.server import serve as serve_store

    serve_store(*words, **named)
