"""Bodies over HTTP pass the same gate as files: strict, with the path, limited."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Request as Call
from litestar.datastructures import FormMultiDict as Form
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.exceptions import HTTPException
from litestar.handlers.base import BaseRouteHandler

from weft.app.permissions import permit
from weft.app.writing.nearly import told_whole
from weft.core.records import Record, read, read_plain
from weft.core.roles import Actor
from weft.core.sources import Source
from weft.errors import InputError, Malformed, Where
from weft.interop.folder.parts import misread
from weft.store.desk import Desk
from weft.web.actors import actor

MOST_BODY = 1024 * 1024
"""So many bytes may the body of a call have: 1 MiB."""
MOST_UPLOAD = 64 * 1024 * 1024
"""So many bytes may a table or a firm's folder have that is brought in: 64 MiB."""


class Upload(msgspec.Struct, frozen=True):
    """A file that was sent with a form, and the other fields of the form."""

    name: str
    raw: bytes
    fields: dict[str, str]


async def sent(request: Call[Any, Any, Any]) -> Any:
    """Make of a body the record that the handler's own `sent` asks for.

    Litestar would turn "1" into 1, take the last of two equal keys, and answer a
    body nested too deep with a fault. Of a record of the firm that cannot be read it
    is told too what the rest would break; in a draft that is told as it is applied.

    The desk and who acts are taken from the call, and not asked for: Litestar begins a
    group of tasks wherever two things are, which cost a sixth of an Answer.
    """
    told = (v for k, v in request.scope["headers"] if k == b"content-type")
    plain = next(told, b"") == b"application/json"  # it may be told in other ways too
    if not plain and request.content_type[0] != "application/json":
        raise HTTPException(status_code=415)
    kind, plain = (
        body_of(request.route_handler),
        read_plain(await request.body(), "body"),
    )
    source = Source("body", plain)
    try:
        return read(kind, plain, source)
    except InputError as error:
        is_put = request.method == "PUT" and not request.query_params.get("draft")
        if not is_put:
            raise
        found = misread(error, kind, plain, source)
        raise told_whole(request.app.state.desk, actor(request), found) from None


def body_of(handler: BaseRouteHandler) -> type[Record]:
    """Give the kind of record that a handler takes as its body."""
    kind: type[Record] = handler.parsed_fn_signature.parameters["sent"].annotation
    return kind


class Uploads(msgspec.Struct, frozen=True):
    """Several files that were sent with a form, and the other fields of the form."""

    files: dict[str, bytes]
    fields: dict[str, str]


async def upload(
    request: Call[Any, Any, Any],
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
) -> Upload:
    """Take the file called `file` out of a form, and its other fields."""
    form = await _form(request, desk, actor)
    file = form.get("file")
    if not isinstance(file, UploadFile):
        raise Malformed(
            "The form has no file.", do="Choose a file.", where=Where("form", 0, "file")
        )
    return Upload(file.filename, await file.read(), _fields(form))


async def uploads(
    request: Call[Any, Any, Any],
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
) -> Uploads:
    """Take all files called `file` out of a form, and its other fields."""
    form = await _form(request, desk, actor)
    files = [each for each in form.getall("file", ()) if isinstance(each, UploadFile)]
    return Uploads({f.filename: await f.read() for f in files}, _fields(form))


async def _form(request: Call[Any, Any, Any], desk: Desk, actor: Actor) -> Form:
    """Read a form with files.

    Nothing is read of what somebody sends who may not do this at all.
    """
    permit(desk.firm(), actor, request.route_handler.opt["operation"])
    if request.content_type[0] != "multipart/form-data":
        raise HTTPException(status_code=415)
    return await request.form()


def _fields(form: Form) -> dict[str, str]:
    """Give what a form has beside its files."""
    return {key: text for key, text in form.items() if isinstance(text, str)}
