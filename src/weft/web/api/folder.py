"""The firm's folder over HTTP: all of it as one zip file, out and in again."""

from __future__ import annotations

import io
import tempfile
import zipfile
from datetime import datetime
from pathlib import Path, PurePosixPath

from litestar import Response, get, post
from litestar.di import NamedDependency

from weft.app import folder
from weft.app.folder import Loaded
from weft.app.views import View
from weft.core.roles import Actor
from weft.errors import InputError, Malformed, Where
from weft.store.desk import Desk
from weft.web.gate import MOST_UPLOAD, Upload
from weft.web.params import Flag, Idempotency

MOST_UNPACKED = 4 * MOST_UPLOAD
"""So many bytes may a zip file hold, unpacked: 256 MiB."""
_STILL = (1980, 1, 1, 0, 0, 0)  # equal firms give equal files


@get(
    "/export",
    sync_to_thread=True,
    media_type="application/zip",
    operation="export",
)
def export(desk: NamedDependency[Desk], view: NamedDependency[View]) -> Response[bytes]:
    """Give the firm as a zip of the folder that /api/load reads."""
    with tempfile.TemporaryDirectory() as name:
        folder.export(desk, view, Path(name))
        packed = _pack(Path(name))
    headers = {"content-disposition": 'attachment; filename="firm.zip"'}
    return Response(packed, media_type="application/zip", headers=headers)


@post(
    "/load",
    status_code=200,
    sync_to_thread=True,
    request_max_body_size=MOST_UPLOAD,
    operation="load",
)
def load(
    *,
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    upload: NamedDependency[Upload],
    dry_run: Flag = False,
    idempotency_key: Idempotency = "",
) -> Loaded:
    """Make the firm what a zip of its folder says, or only show the change."""
    with tempfile.TemporaryDirectory() as name:
        _unpack(upload.raw, Path(name))
        read = folder.read(Path(name))
    return folder.load(desk, actor, read, now, dry_run=dry_run, key=idempotency_key)


def _pack(path: Path) -> bytes:
    """Pack a folder, its files in the order of their names."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(path.rglob("*")):
            if file.is_file():
                info = zipfile.ZipInfo(file.relative_to(path).as_posix(), _STILL)
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, file.read_bytes())
    return packed.getvalue()


def _unpack(raw: bytes, path: Path) -> None:
    """Unpack a zip file; refuse one that is larger than it looks, or climbs out."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            files = [f for f in archive.infolist() if not f.is_dir()]
            if sum(f.file_size for f in files) > MOST_UNPACKED:
                raise InputError(
                    "The zip file is too large once it is unpacked.",
                    do="Load the folder with `weft load` on the server.",
                )
            for file in files:
                _write(archive, file, path)
    # A RuntimeError is a password, or a way of packing that zipfile does not know.
    except (zipfile.BadZipFile, RuntimeError) as error:
        raise Malformed(
            "The file is no zip file that can be read.",
            do="Send the firm's folder as a plain zip file.",
            where=Where("file"),
        ) from error


def _write(archive: zipfile.ZipFile, file: zipfile.ZipInfo, path: Path) -> None:
    """Write one file below the folder, nowhere else."""
    name = PurePosixPath(file.filename)
    if name.is_absolute() or ".." in name.parts or "\\" in file.filename:
        raise Malformed(
            f"{file.filename!r} would lie outside of the folder.",
            do="Pack the folder again, with plain names.",
            where=Where("file"),
        )
    target = path / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(archive.read(file))


HANDLERS = [export, load]
