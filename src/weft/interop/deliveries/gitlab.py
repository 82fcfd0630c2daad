"""What GitLab's webhooks say of deliveries: pushes, deployments, incidents."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from weft.core.delivering.deliveries import Delivery, Happened
from weft.interop.deliveries.plain import (
    at,
    instant,
    is_live,
    needed,
    needed_instant,
    several,
    text,
)

_ENDED = {"success": True, "failed": False}


def read_gitlab(plain: Any, source: str) -> Iterator[Delivery]:
    """Give what one event of GitLab reports; nothing where it is of another kind.

    A push or a merged merge request counts to the default branch alone, a deployment
    once it has ended, an issue or work item where it is of type incident or labelled
    `incident`.
    """
    kind = text(plain, "object_kind")
    if kind == "push":
        yield from _pushed(plain, source)
    elif kind == "merge_request":
        yield from _merged(plain, source)
    elif kind == "deployment":
        yield from _deployed(plain, source)
    elif kind in {"issue", "incident", "work_item"}:
        yield from _incident(plain, source, kind)


def _pushed(plain: Any, source: str) -> Iterator[Delivery]:
    """Give each commit that a push brings to the default branch.

    GitLab does not tell when it was pushed, so a change landed when the last commit of
    its push was written.
    """
    place = needed(plain, "project", "path_with_namespace")
    if needed(plain, "ref") != f"refs/heads/{text(plain, 'project', 'default_branch')}":
        return
    commits = several(plain, "commits")
    written = [needed_instant(commit, "timestamp") for commit in commits]
    for commit, when in zip(commits, written, strict=True):
        revision = needed(commit, "id")
        yield Delivery(
            id=f"{place}@{revision}",
            source=source,
            what="change",
            of=place,
            at=max(written),
            since=when,
            revision=revision,
        )


def _merged(plain: Any, source: str) -> Iterator[Delivery]:
    """Give a merge request merged into the default branch: it was begun when opened.

    GitLab does not tell when it was merged, so it landed when it was last changed.
    """
    place = needed(plain, "project", "path_with_namespace")
    branch = text(plain, "project", "default_branch")
    if (
        text(plain, "object_attributes", "action") != "merge"
        or text(plain, "object_attributes", "target_branch") != branch
    ):
        return
    revision = needed(plain, "object_attributes", "merge_commit_sha")
    yield Delivery(
        id=f"{place}@{revision}",
        source=source,
        what="change",
        of=place,
        at=needed_instant(plain, "object_attributes", "updated_at"),
        since=needed_instant(plain, "object_attributes", "created_at"),
        revision=revision,
    )


def _deployed(plain: Any, source: str) -> Iterator[Delivery]:
    """Give a deployment that came through or broke off."""
    state = needed(plain, "status")
    if state not in _ENDED:
        return
    place = needed(plain, "project", "path_with_namespace")
    environment = text(plain, "environment")
    tier = text(plain, "environment_tier")
    number = needed(plain, "deployment_id")
    commit = text(plain, "commit_url").rpartition("/")[2]
    yield Delivery(
        id=f"{place} deployment {number} {'done' if _ENDED[state] else 'failed'}",
        source=source,
        what="deployment",
        of=place,
        at=needed_instant(plain, "status_changed_at"),
        revision=commit or needed(plain, "short_sha"),
        environment=environment,
        live=tier == "production" if tier else is_live(environment),
        worked=_ENDED[state],
    )


def _incident(plain: Any, source: str, kind: str) -> Iterator[Delivery]:
    """Give that an incident began, and that it ended where it is closed."""
    told = at(plain, "object_attributes")
    types = {kind, text(told, "type").lower(), text(told, "issue_type").lower()}
    labels = {text(label, "title").lower() for label in several(plain, "labels")}
    if "incident" not in types | labels:
        return
    place = needed(plain, "project", "path_with_namespace")
    number = f"{place}#{needed(told, 'iid')}"
    yield _told(source, "incident", place, needed_instant(told, "created_at"), number)
    changed = instant(told, "closed_at") or instant(told, "updated_at")
    if text(told, "state") == "closed" and changed:
        yield _told(source, "restored", place, changed, number)
    elif text(told, "action") == "reopen" and changed:
        yield _told(source, "incident", place, changed, number)


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
