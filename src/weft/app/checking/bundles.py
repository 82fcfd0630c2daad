"""Bundles: a firm's rules as one signed file, made here and trusted elsewhere."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Final

from weft.app import folder
from weft.app.permissions import permit
from weft.app.views import View
from weft.core.firm import Firm
from weft.engines.guardrails import excerpt
from weft.errors import InputError, Where
from weft.interop.bundle import Bundle, read_bundle, write_bundle
from weft.interop.signing import new_key, signed
from weft.store.desk import Desk

LONGEST: Final = 366


def make(desk: Desk, view: View, key: Path, now: datetime, days: int) -> bytes:
    """Give the rules of a firm as a signed bundle, to be judged by for so many days.

    It holds nobody's name. Whether the actor may is judged as for an export.
    """
    permit(desk.firm(), view.actor, "export")
    if not 0 < days <= LONGEST:
        what = f"A bundle cannot hold for {days} days."
        raise InputError(what, do=f"Give 1 to {LONGEST}.", where=Where(path="days"))
    rules = excerpt(view.firm, now)
    return write_bundle(rules, view.firm.title, now.date(), days, _read(key))


def verified(file: Path, trusted: str, now: datetime) -> Bundle:
    """Read a bundle that a trusted key has signed, or raise why it is refused."""
    return read_bundle(_read(file), trusted, now.date(), str(file))


def firm_at(path: Path, trusted: str, now: datetime) -> Firm:
    """Give the firm that a folder holds, or the part of one that a bundle does."""
    if path.is_dir():
        return folder.read(path).firm
    return verified(path, trusted, now).firm


def keep_key(file: Path) -> tuple[str, bool]:
    """Give the public key of a file, and whether it was made: none is overwritten.

    Nobody but its owner may read the file.
    """
    made = not file.exists()
    if made:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        with os.fdopen(os.open(file, flags, 0o600), "wb") as out:
            out.write(new_key())
    public, _ = signed(_read(file), b"", str(file))
    return public, made


def _read(file: Path) -> bytes:
    """Read a file that has to be there."""
    if not file.is_file():
        what = f"There is no file {file}."
        raise InputError(what, do="Give the path of a file.")
    return file.read_bytes()
