"""A plan becomes a StratML document: as it came where it came as one."""

from __future__ import annotations

from typing import Any, cast

from lxml import etree

from weft.core.planning.plan import Element, Form, Plan
from weft.interop.stratml.shapes import ATTRIBUTES, CHILDREN, NAMESPACES, ROOTS

_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'


def write_plan(plan: Plan) -> bytes:
    """Write a plan as a document in UTF-8, its elements in the standard's order."""
    form = plan.form
    spaces = {prefix or None: uri for prefix, uri in form.namespaces.items()}
    space = _space(form)
    if space and space not in spaces.values():
        spaces[None] = space
    root = etree.Element(_tag(ROOTS[form.part], space), nsmap=cast("Any", spaces))
    _fill(root, plan, space)
    if form.indent is not None:
        etree.indent(root, space=form.indent)
    around = [*form.prolog, etree.tostring(root, encoding="unicode"), *form.epilog]
    return _DECLARATION + "\n".join(around).encode() + b"\n"


def _space(form: Form) -> str:
    """Give the namespace of the elements: the one it came with, or the standard's.

    Older documents have others; one that is of no namespace keeps that.
    """
    known = NAMESPACES[form.part]
    if not form.namespaces or known in form.namespaces.values():
        return known
    older = [u for p, u in form.namespaces.items() if not p or "stratml" in u.lower()]
    return older[0] if older else ""


def _tag(name: str, space: str) -> str:
    return f"{{{space}}}{name}" if space else name


def _fill(into: Any, element: Element, space: str) -> None:
    """Write attributes and children, and put back what had no place."""
    kind = type(element)
    for attribute in ATTRIBUTES.get(kind, ()):
        if value := getattr(element, attribute.field):
            into.set(attribute.name, value)
    for name, value in sorted(element.attributes.items()):
        into.set(name, value)
    for child in CHILDREN[kind]:
        held = getattr(element, child.field)
        for each in held if child.many else () if held is None else (held,):
            inner = etree.SubElement(into, _tag(child.tag, space))
            if isinstance(each, Element):
                _fill(inner, each, space)
            else:
                inner.text = each or None
    for kept in element.beside:
        _put_back(into, kept.at, kept.xml)


def _put_back(into: Any, at: int, xml: str) -> None:
    """Put something before a child of an element: a node, or text."""
    around = etree.fromstring(f"<around>{xml}</around>", _parser())
    if around.text:
        if at == 0 or not len(into):
            into.text = (into.text or "") + around.text
        else:
            before = into[min(at, len(into)) - 1]
            before.tail = (before.tail or "") + around.text
    for offset, node in enumerate(around):
        into.insert(at + offset, node)


def _parser() -> Any:
    """Read only what is there: no entities, no network."""
    return etree.XMLParser(resolve_entities=False, no_network=True)
