"""What CDEvents say of deliveries: changes, services deployed, incidents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weft.core.delivering.deliveries import Delivery, Happened
from weft.interop.deliveries.plain import is_live, needed, needed_instant, text

_KINDS: dict[str, Happened] = {
    "change.merged": "change",
    "service.deployed": "deployment",
    "service.upgraded": "deployment",
    "service.rolledback": "deployment",
    "incident.detected": "incident",
    "incident.reported": "incident",
    "incident.resolved": "restored",
}


def read_cdevent(plain: Any, source: str) -> Iterator[Delivery]:
    """Give what one event reports; nothing where it is of another kind.

    plain: a CDEvent, or the CloudEvent around it. A service is what its id says, a
    change belongs to its repository, an incident to the service that it names.
    """
    if isinstance(plain, dict) and "context" not in plain and "data" in plain:
        plain = plain["data"]
    kind = needed(plain, "context", "type").removeprefix("dev.cdevents.")
    what = _KINDS.get(".".join(kind.split(".")[:2]))
    if what is None:
        return
    content = ("subject", "content")
    number = needed(plain, "subject", "id")
    environment = text(plain, *content, "environment", "id")
    service = text(plain, *content, "service", "id")
    repository = text(plain, *content, "repository", "id")
    origin = text(plain, "context", "source")
    yield Delivery(
        id=f"{origin} {needed(plain, 'context', 'id')}".strip(),
        source=source,
        what=what,
        of={
            "change": repository or number,
            "deployment": number,
        }.get(what, service or text(plain, *content, "artifactId") or number),
        at=needed_instant(plain, "context", "timestamp"),
        revision=number if what == "change" else text(plain, *content, "artifactId"),
        environment=environment,
        live=is_live(environment) if environment else True,
        incident=number if what in {"incident", "restored"} else "",
    )
