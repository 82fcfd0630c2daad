"""The files that a browser needs: styles, scripts, typefaces, pictures.

All of them are read once and served from memory. An address with the version of
the file in it may be kept for ever, since another content has another address.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
from litestar import Request as Call
from litestar import Response, get
from litestar.params import FromPath

from weft.errors import NotFound

FOLDER = Path(__file__).parent / "static"
_TEXT = ("text/", "application/javascript", "application/json", "image/svg")
_FOR_EVER = "public, max-age=31536000, immutable"
_ASK_FIRST = "no-cache"


class File(msgspec.Struct, frozen=True):
    """One file as it is sent: plain, and packed where that is worth it."""

    plain: bytes
    packed: bytes
    media: str
    version: str


Files = Mapping[str, File]


def read_files(folder: Path = FOLDER) -> Files:
    """Read every file below a folder, by its path from there."""
    found = (p for p in sorted(folder.rglob("*")) if p.is_file())
    return {p.relative_to(folder).as_posix(): _file(p) for p in found}


def _file(path: Path) -> File:
    """Read one file."""
    plain = path.read_bytes()
    media = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    packed = gzip.compress(plain, 6, mtime=0) if media.startswith(_TEXT) else b""
    return File(plain, packed, media, hashlib.sha256(plain).hexdigest()[:12])


def address(files: Files, name: str) -> str:
    """Give the address of a file with its version."""
    if name not in files:
        raise NotFound("file", name, files)
    return f"/static/{name}?v={files[name].version}"


@get("/static/{name:path}", sync_to_thread=False, operation="sign-in")
def static(request: Call[Any, Any, Any], name: FromPath[Path]) -> Response[bytes]:
    """Send a file, or say that the browser's copy is still good."""
    files: Files = request.app.state.files
    key = name.as_posix().lstrip("/")
    if key not in files:
        raise NotFound("file", key, ())
    file = files[key]
    versioned = request.query_params.get("v") == file.version
    headers = {
        "etag": f'"{file.version}"',
        "cache-control": _FOR_EVER if versioned else _ASK_FIRST,
        "vary": "accept-encoding",
    }
    if f'"{file.version}"' in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, headers=headers)
    packs = "gzip" in request.headers.get("accept-encoding", "")
    if file.packed and packs:
        headers["content-encoding"] = "gzip"
        return Response(file.packed, media_type=file.media, headers=headers)
    return Response(file.plain, media_type=file.media, headers=headers)
