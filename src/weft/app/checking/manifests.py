"""Manifests judged: what a mission's own pipeline asks, with or without a server."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec.structs import replace

from weft.app.permissions import permit
from weft.core.firm import Firm
from weft.core.manifests import Checked, Manifest
from weft.core.records import read
from weft.core.roles import Actor
from weft.core.sources import Source
from weft.engines.guardrails import check_manifest, judge_manifest
from weft.errors import InputError, Problems, Where
from weft.interop.folder.parts import decoded, on_line
from weft.interop.yaml import read_yaml


class Judged(msgspec.Struct, frozen=True):
    """What is said of a manifest, and the text that it stands in."""

    checked: Checked
    source: Source


def judge_files(
    firm: Firm, files: Iterable[str], at: datetime
) -> tuple[list[Judged], list[InputError]]:
    """Judge manifests on a firm, wherever that comes from; nothing is kept.

    Gives what is said of each, and beside it all that is wrong with those that cannot
    be judged, with file and line.
    """
    judged, wrong = [], list[InputError]()
    for file in files:
        try:
            judged.append(_judged(firm, file, at))
        except InputError as error:
            wrong += error.problems
    return judged, wrong


def judge_sent(firm: Firm, actor: Actor, manifest: Manifest, at: datetime) -> Checked:
    """Judge a manifest for somebody who may ask for its mission; nothing is kept."""
    permit(firm, actor, "ask", manifest.mission)
    if wrong := check_manifest(firm, manifest):
        raise Problems(wrong)
    return judge_manifest(firm, manifest, at)


def read_manifest(raw: bytes, file: str) -> tuple[Manifest, Source]:
    """Read a manifest from YAML, or from JSON, which YAML holds, with all its lines.

    Raises InputError with the line of what cannot be read.
    """
    try:
        source = read_yaml(decoded(raw, file), file)
        return read(Manifest, source.plain, source), source
    except InputError as error:
        raise on_line(error, 1) from error


def _judged(firm: Firm, file: str, at: datetime) -> Judged:
    """Judge one manifest, or raise what is wrong with it."""
    path = Path(file)
    if not path.is_file():
        what = f"There is no file {file}."
        raise InputError(what, do="Give the path of a manifest.", where=Where(file))
    manifest, source = read_manifest(path.read_bytes(), file)
    wrong = check_manifest(firm, manifest)
    if wrong:
        found = Problems(wrong)
        found.move(source.located)
        raise on_line(found, 1)
    told = judge_manifest(firm, manifest, at)
    return Judged(replace(told, file=file), source)
