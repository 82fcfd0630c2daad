"""A record that cannot be read: by what can be, it is held against the firm already."""

from __future__ import annotations

from collections.abc import Iterator

from weft.app.permissions import permit, permit_change
from weft.core.checks import check, touched_by
from weft.core.entries import put
from weft.core.firm import KINDS, Firm, change
from weft.core.roles import Actor
from weft.engines.guardrails import problems as guardrail_problems
from weft.errors import Forbidden, InputError, Problems
from weft.interop.folder.parts import Misread
from weft.store.desk import Desk


def told_whole(desk: Desk, actor: Actor, error: InputError) -> InputError:
    """Give why a record could not be read, with what the rest of it would break.

    Who may not write it is told no more: not which names the firm has.
    """
    if not isinstance(error, Misread) or error.part.kind not in KINDS:
        return error.alone if isinstance(error, Misread) else error
    firm, wanted = desk.firm(), put(error.part)
    try:
        permit(firm, actor, "change")
        permit_change(firm, actor, wanted)
    except Forbidden:
        return error.alone
    rest = list(_broken(firm, error))
    return Problems([error, *rest]) if rest else error.alone


def _broken(firm: Firm, found: Misread) -> Iterator[InputError]:
    """Find names in what could be read that are not there, and rules that do not fit.

    What else its fields say together is known once all of them can be read.
    """
    wanted = put(found.part)
    touched, after = touched_by([wanted]), change(firm, [wanted])
    names = (each for each in check(after, touched) if each.lacks)
    for each in (*names, *guardrail_problems(after)):
        is_its = each.where.file == f"{wanted.kind}/{wanted.key}"
        if is_its and found.is_read(each.where.path):
            each.where = found.source.located(each.where)
            yield each
