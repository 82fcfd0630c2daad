"""The API described by itself: OpenAPI 3.1, told by the handlers and records.

Litestar could write it too, but reads the limits of our records only in part:
the record's own JSON Schema is what the gate holds everybody to.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Sequence
from functools import cached_property
from http import HTTPStatus
from typing import Annotated, Any, cast, get_args, get_origin

import msgspec
from litestar import Litestar, Response, get
from litestar import Request as Call
from litestar.enums import MediaType
from litestar.handlers import HTTPRouteHandler
from litestar.params import ParameterKwarg
from litestar.typing import FieldDefinition

from weft import __version__
from weft.core.firm import KINDS
from weft.core.records import Record
from weft.web.actors import OPEN
from weft.web.gate import body_of
from weft.web.operations import handlers
from weft.web.problems import MEDIA, Problem
from weft.web.queries import parameters

FAILURES = (400, 401, 403, 404, 409, 413, 415, 422, 503)
"""What any call may be answered with where it cannot be done."""
WITHOUT_NUL = "^[^\\x00]*$"
"""What any text is held to, and any key of an object with keys of its own."""
Json = dict[str, Any]


class Operation:
    """One handler, as the description needs it."""

    def __init__(self, path: str, handler: HTTPRouteHandler) -> None:
        self.path, self.handler = path, handler
        self.signature = handler.parsed_fn_signature
        self.method = next(iter(handler.http_methods)).lower()

    @property
    def function(self) -> Any:
        """Give the handler's function, out of what runs it in a thread."""
        return getattr(self.handler.fn, "func", self.handler.fn)

    @cached_property
    def name(self) -> str:
        """Name it by its file and function, or as the handler says."""
        noun = self.function.__module__.rpartition(".")[2]
        return self.handler.name or f"{noun}.{self.function.__name__}"

    @cached_property
    def body(self) -> type[Record] | None:
        """Give the kind of record that it takes."""
        return body_of(self.handler) if "sent" in self.signature.parameters else None

    @cached_property
    def gives(self) -> Any:
        """Give the type of what it answers with; None for nothing."""
        given = self.signature.return_type.raw
        return get_args(given)[0] if get_origin(given) is Response else given

    @cached_property
    def parameters(self) -> Sequence[FieldDefinition]:
        """Give what it reads beside the body, its dependencies' too."""
        return parameters(self.handler)

    @property
    def types(self) -> list[Any]:
        """Give every type that its description needs: one for each place."""
        read = [_type(field) for field in self.parameters]
        return [*read, self.body or type(None), self.gives]


def _type(field: FieldDefinition) -> Any:
    """Give the type of a parameter with its limits, as msgspec writes them."""
    limits = {
        limit: value
        for limit in ("ge", "le", "max_length", "pattern", "description")
        if (value := getattr(field.kwarg_definition, limit)) is not None
    }
    return Annotated[field.annotation, msgspec.Meta(**limits)]


def describe(app: Litestar) -> Json:
    """Describe every call of the API."""
    found = [Operation(*each) for each in handlers(app) if each[0].startswith("/api/")]
    found.sort(key=lambda operation: (operation.path, operation.method))
    asked = [t for operation in found for t in operation.types]
    told, records = msgspec.json.schema_components(
        [Problem, *KINDS.values(), *asked],
        ref_template="#/components/schemas/{name}",
    )
    for schema in (*told, *records.values()):
        _tell_limits(schema)
    schemas = iter(told[1 + len(KINDS) :])
    paths: dict[str, Json] = {}
    for each in found:
        own = [next(schemas) for _ in each.types]
        paths.setdefault(_path(each.path), {})[each.method] = _operation(each, own)
    # A change carries a record of any kind; its type alone says none.
    records["Record"] = {"anyOf": list(told[1 : 1 + len(KINDS)])}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Weft", "version": __version__},
        "paths": paths,
        "components": {
            "schemas": records,
            "responses": {str(status): _failure(status) for status in FAILURES},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"token": []}, *([{}] if app.state.settings.single else [])],
    }


def _tell_limits(schema: Any) -> None:
    """Add what the gate holds every text to, whatever its type says."""
    if isinstance(schema, list | tuple):
        for each in schema:
            _tell_limits(each)
    elif isinstance(schema, dict):
        if schema.get("format") == "date-time":
            schema["minLength"] = len("2026-11-21T09:00:00Z")
        elif schema.get("type") == "string" and not {"format", "pattern"} & set(schema):
            schema["pattern"] = WITHOUT_NUL
        elif isinstance(schema.get("additionalProperties"), dict):
            schema.setdefault("propertyNames", {"pattern": WITHOUT_NUL})
        for each in schema.values():
            _tell_limits(each)


def _operation(operation: Operation, schemas: list[Json]) -> Json:
    """Describe one call; its schemas come in the order of its types."""
    *read, body, gives = schemas
    told: Json = {
        "operationId": operation.name,
        "summary": operation.handler.summary or _summary(operation),
        "tags": [operation.path.split("/")[2]],
        "x-operation": operation.handler.opt["operation"],
        "parameters": [
            _parameter(field, schema)
            for field, schema in zip(operation.parameters, read, strict=True)
        ],
        "responses": {
            str(operation.handler.status_code): _success(operation, gives),
            **{
                str(status): {"$ref": f"#/components/responses/{status}"}
                for status in FAILURES
            },
        },
    }
    if operation.handler.opt["operation"] == OPEN:
        told["security"] = []
    if operation.body:
        told["requestBody"] = _body("application/json", body)
    elif "upload" in operation.signature.parameters:
        told["requestBody"] = _body("multipart/form-data", _form(operation))
    return told


def _parameter(field: FieldDefinition, schema: Json) -> Json:
    """Describe what stands in the address or a header."""
    definition = cast("ParameterKwarg", field.kwarg_definition)
    required = not field.has_default
    told = {
        "name": definition.name or field.name,
        "in": definition.param_type.value,
        "required": required,
        "schema": schema if required else {**schema, "default": field.default},
    }
    if "description" in schema:
        told["description"] = schema["description"]
    return told


def _success(operation: Operation, schema: Json) -> Json:
    """Describe the answer where all went well."""
    if operation.gives is type(None):
        return {"description": "Done."}
    media = _media(operation.handler.media_type)
    if operation.gives is bytes:
        schema = {"type": "string", "contentMediaType": media}
    return {"description": "Done.", "content": {media: {"schema": schema}}}


def _media(given: MediaType | str) -> str:
    """Give the name of a kind of content."""
    return given.value if isinstance(given, MediaType) else given


def _failure(status: int) -> Json:
    """Describe the answer where something went wrong."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        "description": HTTPStatus(status).phrase,
        "content": {MEDIA: {"schema": schema}},
    }


def _body(media: str, schema: Json) -> Json:
    """Describe what is to be sent."""
    return {"required": True, "content": {media: {"schema": schema}}}


def _form(operation: Operation) -> Json:
    """Describe a form with a file in it."""
    fields: dict[str, str] = operation.handler.opt.get("form", {})
    told = {name: {"type": "string", "description": d} for name, d in fields.items()}
    file = {"type": "string", "contentMediaType": "application/octet-stream"}
    return {
        "type": "object",
        "properties": {"file": file, **told},
        "required": ["file"],
    }


def _path(path: str) -> str:
    """Write an address as OpenAPI does: without the types of its parts."""
    return re.sub(r":\w+}", "}", path)


def _summary(operation: Operation) -> str:
    """Give the first line of what the handler says of itself."""
    return (inspect.getdoc(operation.function) or "").partition("\n")[0]


@get("/schema/openapi.json", sync_to_thread=True, operation="look")
def openapi(request: Call[Any, Any, Any]) -> Response[bytes]:
    """Give the description of the API."""
    app = request.app
    if "described" not in app.state:
        app.state.described = msgspec.json.encode(describe(app))
    return Response(app.state.described, media_type="application/vnd.oai.openapi+json")
