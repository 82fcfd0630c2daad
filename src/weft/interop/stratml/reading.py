"""A StratML document becomes a plan; nothing in it is lost, and none of it is obeyed.

A document may come from anybody, so nothing outside of it is read: a DOCTYPE, with
which entities and addresses come, is refused, and so is what is larger or deeper than
any plan. lxml does the reading, with every convenience of it turned off.
"""

from __future__ import annotations

from typing import Any, cast

from lxml import etree
from msgspec import ValidationError, convert

from weft.core.planning.plan import Beside, Element, Plan
from weft.errors import InputError, Malformed, Problems, Where
from weft.interop.stratml.shapes import ATTRIBUTES, CHILDREN, ROOTS, Child

MOST_BYTES = 8 * 1024 * 1024
"""The largest plan: the longest that are published have a tenth of it."""
_DEEPEST = 40
_LINES = 65_535
"""libxml2 counts lines up to here only."""


def read_plan(raw: bytes, file: str, name: str) -> Plan:
    """Read a plan, under the name by which the firm knows it.

    Raises Malformed for what is no such document, and Problems with both lines of
    each identifier that comes twice.
    """
    root = _root(raw, file)
    part = next((p for p, tag in ROOTS.items() if _local(root) == tag), None)
    if part is None:
        raise Malformed(
            f"The document is a {_local(root)!r}, not a plan.",
            do=f"Give a document whose root is {' or '.join(ROOTS.values())}.",
            where=Where(file, _line(root)),
        )
    _check_once(root, file)
    plain = _element(root, Plan, etree.QName(root).namespace)
    plain["id"] = name
    plain["form"] = _form(root, part)
    try:
        return convert(plain, Plan)
    except ValidationError as error:
        raise Malformed(
            f"The document is no whole plan: {error}.",
            do="A plan has a StrategicPlanCore, and no text beyond 200,000 letters.",
            where=Where(file, _line(root)),
        ) from error


def _root(raw: bytes, file: str) -> Any:
    """Parse a document and give its root."""
    if len(raw) > MOST_BYTES:
        raise InputError(
            f"The document has {len(raw):,} bytes; {MOST_BYTES:,} is the most.",
            do="Give one plan at a time.",
            where=Where(file),
        )
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        strip_cdata=False,
    )
    try:
        tree = etree.fromstring(raw, parser).getroottree()
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", 0) or 0
        raise Malformed(
            f"The document is no XML: {getattr(error, 'msg', error)}.",
            do="Give a StratML document as it was published.",
            where=Where(file, line),
        ) from error
    if tree.docinfo.doctype or tree.docinfo.internalDTD is not None:
        raise Malformed(
            "The document has a DOCTYPE, which a plan does not need.",
            do="Take the line <!DOCTYPE ...> out.",
            where=Where(file),
        )
    _check_depth(tree.getroot(), file)
    return tree.getroot()


def _check_depth(root: Any, file: str) -> None:
    """Refuse what goes deeper than any plan."""
    level, depth = [root], 0
    while level:
        level = [child for each in level for child in each]
        depth += 1
        if depth > _DEEPEST:
            raise Malformed(
                f"The document is nested more than {_DEEPEST} deep.",
                do="Give a StratML document as it was published.",
                where=Where(file, _line(level[0]) if level else 0),
            )


def _check_once(root: Any, file: str) -> None:
    """Refuse identifiers that come twice: others could not tell what is meant."""
    first: dict[str, int] = {}
    twice: list[InputError] = []
    for each in root.iter(f"{{{etree.QName(root).namespace or '*'}}}Identifier"):
        told = (each.text or "").strip()
        if told in first:
            twice.append(
                InputError(
                    f"The identifier {told} is in line {first[told]} already.",
                    do="Give one of the two another identifier.",
                    where=Where(file, _line(each)),
                )
            )
        elif told:
            first[told] = _line(each)
    if twice:
        raise Problems(twice)


def _form(root: Any, part: int) -> dict[str, Any]:
    """Tell how a document was written."""
    before = reversed(list(root.itersiblings(preceding=True)))
    space = root.text or ""
    _, broken, indent = space.rpartition("\n")
    return {
        "part": part,
        "namespaces": {prefix or "": uri for prefix, uri in root.nsmap.items()},
        "indent": indent if broken and not space.strip() else None,
        "prolog": [_xml(each) for each in before],
        "epilog": [_xml(each) for each in root.itersiblings()],
    }


def _element(element: Any, kind: type[Element], space: str | None) -> dict[str, Any]:
    """Give the fields of an element, and beside them what has no place there."""
    found: dict[str, Any] = {"beside": [], "attributes": {}}
    _attributes(element, kind, found)
    known = {child.tag: child for child in CHILDREN[kind]}
    for at, told in enumerate(element):
        child = _known(told, known, space)
        if child is None or (not child.many and child.field in found):
            _keep(found, at, _xml(told))
        else:
            value = _value(told, child, space)
            if child.many:
                found.setdefault(child.field, []).append(value)
            else:
                found[child.field] = value
        if told.tail and told.tail.strip():
            _keep(found, at + 1, _escaped(told.tail))
    if element.text and element.text.strip():
        found["beside"].insert(0, Beside(at=0, xml=_escaped(element.text)))
    return found


def _attributes(element: Any, kind: type[Element], found: dict[str, Any]) -> None:
    """Put attributes into their fields; those that have none, beside."""
    known = {each.name: each for each in ATTRIBUTES.get(kind, ())}
    for name, value in element.attrib.items():
        own = known.get(name)
        if own is not None and (not own.values or value in own.values):
            found[own.field] = value
        else:
            found["attributes"][name] = value


def _known(told: Any, known: dict[str, Child], space: str | None) -> Child | None:
    """Find the place of a child; None for a comment, or what fits no place.

    A text with markup or attributes in it does not fit: they would be lost.
    """
    if not isinstance(told.tag, str) or etree.QName(told).namespace != space:
        return None
    child = known.get(_local(told))
    plain = child is None or child.record is not None
    return child if plain or not (len(told) or told.attrib) else None


def _value(told: Any, child: Child, space: str | None) -> Any:
    """Give what a child says."""
    if child.record is None:
        return told.text or ""
    return _element(told, child.record, space)


def _keep(found: dict[str, Any], at: int, xml: str) -> None:
    """Keep what has no place."""
    found["beside"].append(Beside(at=at, xml=xml))


def _xml(told: Any) -> str:
    """Write a node as it stands, without the text behind it."""
    return cast("str", etree.tostring(told, encoding="unicode", with_tail=False))


def _escaped(text: str) -> str:
    """Write a text so that it can stand in a document."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _local(element: Any) -> str:
    """Give the name of an element without its namespace."""
    name: str = etree.QName(element).localname
    return name


def _line(element: Any) -> int:
    """Give the line of an element, where it is known."""
    line: int = element.sourceline or 0
    return line if line < _LINES else 0
