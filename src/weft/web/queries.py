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
from weft.web.forms import check_form


async def enter_api(call: AnyCall) -> None:
    """Let a call of the API in, if it asks for nothing that is not there."""
    await enter(call)
    _ask_what_is_there(call, names(call.route_handler))


async def enter_page(call: AnyCall) -> None:
    """Let a call of a page in, if its form is ours and it asks for what is there.

    A page whose handler says `any_query` reads names that the firm gives.
    """
    await enter(call)
    await check_form(call)
    if not call.route_handler.opt.get("any_query"):
        others = frozenset(name for name in call.query_params if not _is_ours(name))
        _ask_what_is_there(call, names(call.route_handler) | _OF_PAGES | others)


def _ask_what_is_there(call: AnyCall, known: frozenset[str]) -> None:
    """Refuse a name in the query that nothing reads."""
    if call.scope["query_string"]:
        for name in call.query_params:
            if name not in known:
                raise UnknownName("parameter", name, known, Where("address"))


def _is_ours(name: str) -> bool:
    """Tell whether a name is none of those that mail and chat put into addresses."""
    return not name.startswith("utm") and not name.endswith("clid")


_OF_PAGES = frozenset({"month"})
"""What every page may be asked for, beside what its handler reads."""


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
