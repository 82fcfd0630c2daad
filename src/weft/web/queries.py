"""What stands behind the question mark: a name that a call does not know is refused.

Litestar passes it over, and `?missoin=payments` would give the answers of all missions.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from litestar.handlers.base import BaseRouteHandler
from litestar.params import ParameterKwarg
from litestar.typing import FieldDefinition

from weft.errors import UnknownName, Where
from weft.web.actors import AnyCall, enter


async def enter_api(call: AnyCall) -> None:
    """Let a call of the API in, if it asks for nothing that is not there."""
    await enter(call)
    if call.scope["query_string"]:
        known = names(call.route_handler)
        for name in call.query_params:
            if name not in known:
                raise UnknownName("parameter", name, known, Where("address"))


def parameters(handler: BaseRouteHandler) -> Sequence[FieldDefinition]:
    """Give what a handler reads beside the body, and what its dependencies do."""
    provided = handler.resolve_dependencies()
    found: dict[str, FieldDefinition] = {}
    todo = [handler.parsed_fn_signature.parameters]
    while todo:
        for name, field in todo.pop().items():
            if name in provided:
                todo.append(provided[name].parsed_fn_signature.parameters)
            elif isinstance(field.kwarg_definition, ParameterKwarg):
                found[name] = field
    return list(found.values())


@lru_cache(maxsize=1024)
def names(handler: BaseRouteHandler) -> frozenset[str]:
    """Give the names that a handler and what it depends on read from the query."""
    read = ((field.name, field.kwarg_definition) for field in parameters(handler))
    return frozenset(
        told.name or name
        for name, told in read
        if isinstance(told, ParameterKwarg) and told.param_type.value == "query"
    )
