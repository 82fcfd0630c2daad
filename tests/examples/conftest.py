"""The example firms, told once for all tests: each deed with the firm around it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache

import msgspec
import pytest

from weft.core.entries import Entry
from weft.core.firm import Firm
from weft.examples import Story, make
from weft.examples.story import play

TODAY = date(2026, 11, 21)
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


class Deed(msgspec.Struct, frozen=True):
    """An entry of a story, with the firm before it and after it."""

    entry: Entry
    before: Firm
    after: Firm


class Told(msgspec.Struct, frozen=True):
    """A story and all that became of it."""

    name: str
    story: Story
    deeds: tuple[Deed, ...]

    @property
    def firm(self) -> Firm:
        """The firm as the story leaves it."""
        return self.deeds[-1].after


@cache
def tell(name: str, today: date, people: int | None = None) -> Told:
    """Tell a story, keeping the firm at each step."""
    story = make(name, people=people, today=today)
    deeds: list[Deed] = []
    before = Firm()
    for entry, after in play(story):
        deeds.append(Deed(entry, before, after))
        before = after
    return Told(name, story, tuple(deeds))


Teller = Callable[..., Told]


@pytest.fixture(scope="session")
def teller() -> Teller:
    """Give the function that tells a story."""
    return tell


@pytest.fixture(params=["airline", "bank"])
def told(request: pytest.FixtureRequest) -> Told:
    """Give each of the two stories in turn."""
    return tell(request.param, TODAY)


@pytest.fixture
def bank() -> Told:
    """Give the story of the bank."""
    return tell("bank", TODAY)


@pytest.fixture
def airline() -> Told:
    """Give the story of the airline."""
    return tell("airline", TODAY)


@pytest.fixture
def noon() -> datetime:
    """Give an instant of the day on which the stories are told."""
    return NOON
