"""A story: how an example firm came to be what it is, deed by deed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import msgspec
from msgspec.structs import replace

from weft.core.entries import Deed, Entry
from weft.core.firm import Firm, apply
from weft.core.people import Profile
from weft.core.roles import Actor
from weft.engines.guardrails import settled

Decide = Callable[[Firm], Deed]


class Step(msgspec.Struct, frozen=True):
    """One deed of the story: when, by whom, and what, thought out on the firm then."""

    at: datetime
    actor: Actor
    decide: Decide


class Story(msgspec.Struct, frozen=True):
    """An example firm and its history, to be written into an empty store.

    profiles: names of everybody who ever worked there. steps: in order of time.
    frozen: when its baseline is frozen, of what is in the store by then.
    """

    title: str
    profiles: tuple[Profile, ...]
    steps: tuple[Step, ...]
    frozen: datetime


def play(story: Story) -> Iterator[tuple[Entry, Firm]]:
    """Tell a story without a store: each entry, and the firm after it."""
    firm = Firm()
    for number, step in enumerate(story.steps, 1):
        deed = step.decide(firm)
        entry = Entry(
            seq=number,
            at=step.at,
            on=step.at.date(),
            actor=step.actor.person,
            deed=replace(deed, changes=settled(firm, deed.changes, step.at)),
        )
        firm = apply(firm, entry)
        yield entry, firm


def step(at: datetime, person: str, decide: Decide) -> Step:
    """Let a person do a deed."""
    return Step(at, Actor(person=person), decide)
