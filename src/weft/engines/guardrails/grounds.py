"""What guardrails rest on: found where the decision behind one does not hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from weft.core.firm import Firm
from weft.core.framework.adrs import ADR
from weft.core.guardrails import Guardrail
from weft.errors import InputError, Where


def doubts(firm: Firm) -> Iterator[InputError]:
    """Find the guardrails that rest on a decision that does not hold.

    That is: one that was rejected, given up, or replaced by another. They go on to
    judge; whoever answers for them should say what they rest on now. Those that are
    retired may rest on anything.
    """
    for key in sorted(firm.guardrails):
        guardrail = firm.guardrails[key]
        for place, name in enumerate(guardrail.rests_on):
            record = firm.adrs.get(name)
            if record is None or guardrail.phase == "retired":
                continue
            if why := shaken(firm, record):
                yield InputError(
                    f"{key} rests on {name}, which {why}.",
                    do=_cure(firm, record),
                    where=Where(f"guardrails/{key}", 0, f"$.rests_on[{place}]"),
                )


def shaken(firm: Firm, record: ADR) -> str:
    """Say why nothing should rest on a decision; empty where all is in order."""
    if record.status in {"proposed", "accepted"}:
        return ""
    if record.status != "superseded":
        return f"is {record.status}"
    heir = successor(firm, record)
    return f"is superseded by {heir.id}" if heir else "is superseded"


def successor(firm: Firm, record: ADR) -> ADR | None:
    """Give the record at the end of the chain of those that replaced one."""
    seen = {record.id}
    heir = None
    after = firm.adrs.get(record.superseded_by or "")
    while after is not None and after.id not in seen:
        seen.add(after.id)
        heir = after
        after = firm.adrs.get(after.superseded_by or "")
    return heir


def lineage(firm: Firm, record: ADR) -> tuple[ADR, ...]:
    """Give a record among those it replaced and those that replaced it, in order.

    What was replaced comes first; of several that one took the place of, by id.
    """
    before: dict[str, list[ADR]] = {}
    for key in sorted(firm.adrs):
        if heir := firm.adrs[key].superseded_by:
            before.setdefault(heir, []).append(firm.adrs[key])
    found = {record.id: record}
    waiting = [record]
    while waiting:
        older = [
            each for each in before.get(waiting.pop().id, ()) if each.id not in found
        ]
        found = {**{each.id: each for each in older}, **found}
        waiting += older
    after = firm.adrs.get(record.superseded_by or "")
    while after is not None and after.id not in found:
        found[after.id] = after
        after = firm.adrs.get(after.superseded_by or "")
    return tuple(found.values())


def newest_first(records: Iterable[ADR]) -> list[ADR]:
    """Put decision records in order: the latest first, those without a day last."""
    return sorted(records, key=lambda r: (-(r.date.toordinal() if r.date else 0), r.id))


def resting(firm: Firm, record: str) -> list[Guardrail]:
    """Give the guardrails that rest on a decision, by their titles."""
    found = [g for g in firm.guardrails.values() if record in g.rests_on]
    return sorted(found, key=lambda g: (g.title, g.id))


def rested_on(firm: Firm) -> Counter[str]:
    """Count the guardrails that rest on each decision."""
    return Counter(a for g in firm.guardrails.values() for a in g.rests_on)


def _cure(firm: Firm, record: ADR) -> str:
    """Say what to do about a guardrail that rests on a decision."""
    heir = successor(firm, record) if record.status == "superseded" else None
    if heir and not shaken(firm, heir):
        return f"Read {heir.id}, then let it rest on that, or retire the guardrail."
    return "Let it rest on a decision that holds, or retire the guardrail."
