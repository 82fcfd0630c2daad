"""What GitHub's webhooks say of deliveries: pushes, deployments, incident issues."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from weft.core.delivering.deliveries import Delivery, Happened
from weft.interop.deliveries.plain import (
    instant,
    is_live,
    needed,
    needed_instant,
    several,
    text,
)

_ENDED = {"success": True, "failure": False, "error": False}


def read_github(event: str, plain: Any, source: str) -> Iterator[Delivery]:
    """Give what one event of GitHub reports; nothing where it is of another kind.

    plain: the payload. A push or a merged pull request counts to the default branch
    alone, a deployment once it has ended, an issue where it is labelled `incident`.
    """
    if event == "push":
        yield from _pushed(plain, source)
    elif event == "deployment_status":
        yield from _deployed(plain, source)
    elif event == "pull_request":
        yield from _merged(plain, source)
    elif event == "issues":
        yield from _incident(plain, source)


def _pushed(plain: Any, source: str) -> Iterator[Delivery]:
    """Give each commit that a push brings to the default branch."""
    place = needed(plain, "repository", "full_name")
    branch = needed(plain, "repository", "default_branch")
    if needed(plain, "ref") != f"refs/heads/{branch}":
        return
    landed = instant(plain, "repository", "pushed_at")
    for commit in several(plain, "commits"):
        written = needed_instant(commit, "timestamp")
        revision = needed(commit, "id")
        yield Delivery(
            id=f"{place}@{revision}",
            source=source,
            what="change",
            of=place,
            at=max(landed or written, written),
            since=written,
            revision=revision,
        )


def _merged(plain: Any, source: str) -> Iterator[Delivery]:
    """Give a pull request merged into the default branch: it was begun when opened."""
    place = needed(plain, "repository", "full_name")
    landed = instant(plain, "pull_request", "merged_at")
    base = text(plain, "pull_request", "base", "ref")
    if landed is None or base != needed(plain, "repository", "default_branch"):
        return
    revision = needed(plain, "pull_request", "merge_commit_sha")
    yield Delivery(
        id=f"{place}@{revision}",
        source=source,
        what="change",
        of=place,
        at=landed,
        since=needed_instant(plain, "pull_request", "created_at"),
        revision=revision,
    )


def _deployed(plain: Any, source: str) -> Iterator[Delivery]:
    """Give a deployment that came through or broke off."""
    state = needed(plain, "deployment_status", "state")
    if state not in _ENDED:
        return
    place = needed(plain, "repository", "full_name")
    environment = text(plain, "deployment", "environment")
    told = plain["deployment"].get("production_environment")
    number = needed(plain, "deployment", "id")
    yield Delivery(
        id=f"{place} deployment {number} {'done' if _ENDED[state] else 'failed'}",
        source=source,
        what="deployment",
        of=place,
        at=needed_instant(plain, "deployment_status", "created_at"),
        revision=needed(plain, "deployment", "sha"),
        environment=environment,
        live=told is True or is_live(environment),
        worked=_ENDED[state],
    )


def _incident(plain: Any, source: str) -> Iterator[Delivery]:
    """Give that an incident began, and that it ended where its issue is closed."""
    labels = several(plain, "issue", "labels")
    if "incident" not in {text(label, "name").lower() for label in labels}:
        return
    place = needed(plain, "repository", "full_name")
    number = f"{place}#{needed(plain, 'issue', 'number')}"
    began = needed_instant(plain, "issue", "created_at")
    yield _told(source, "incident", place, began, number)
    closed = instant(plain, "issue", "closed_at")
    if closed is not None:
        yield _told(source, "restored", place, closed, number)
    elif text(plain, "action") == "reopened":
        again = needed_instant(plain, "issue", "updated_at")
        yield _told(source, "incident", place, again, number)


def _told(
    source: str, what: Happened, place: str, when: datetime, number: str
) -> Delivery:
    return Delivery(
        id=f"{number} {what} {when:%Y-%m-%dT%H:%M:%SZ}",
        source=source,
        what=what,
        of=place,
        at=when,
        incident=number,
    )
