"""Bodies over HTTP pass the same gate as files: strict, with the path, limited."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec
from litestar import Request as Call
from litestar.datastructures import UploadFile
from litestar.exceptions import HTTPException

from weft.core.records import Record, read_json
from weft.errors import Malformed, Where

MOST_BODY = 1024 * 1024
"""So many bytes may the body of a call have: 1 MiB."""
MOST_UPLOAD = 64 * 1024 * 1024
"""So many bytes may a table or a firm's folder have that is brought in: 64 MiB."""

R = TypeVar("R", bound=Record)


class Upload(msgspec.Struct, frozen=True):
    """A file that was sent with a form, and the other fields of the form."""

    name: str
    raw: bytes
    fields: dict[str, str]


async def read_body(call: Call[Any, Any, Any], kind: type[R]) -> R:
    """Make a record of a body, with nothing turned into what it is not."""
    if call.content_type[0] != "application/json":
        raise HTTPException(status_code=415)
    return read_json(kind, await call.body(), "body")


async def read_upload(call: Call[Any, Any, Any]) -> Upload:
    """Take the file called `file` out of a form, and its other fields."""
    if call.content_type[0] != "multipart/form-data":
        raise HTTPException(status_code=415)
    form = await call.form()
    sent = form.get("file")
    if not isinstance(sent, UploadFile):
        raise Malformed(
            "The form has no file.", do="Choose a file.", where=Where("form", 0, "file")
        )
    fields = {key: text for key, text in form.items() if isinstance(text, str)}
    return Upload(sent.filename, await sent.read(), fields)
