"""A catalogue that was brought in, written again as it came."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from weft.core.firm import Firm
from weft.core.framework.controls import Control
from weft.errors import NotFound
from weft.interop.oscal.understanding import original


def brought_in(firm: Firm, name: str) -> dict[str, Any]:
    """Give a catalogue of the firm as OSCAL: equal, as data, to what was brought in.

    But for what the firm has changed of it since, such as the title of a control.
    """
    if name not in firm.catalogues:
        raise NotFound("catalogue", name, firm.catalogues)
    return {"catalog": _Writing(firm.controls).filled(firm.catalogues[name].document)}


class _Writing:
    """A document while its controls are put back; none is put into itself."""

    def __init__(self, controls: Mapping[str, Control]) -> None:
        self.controls = controls
        self.done: set[str] = set()

    def filled(self, node: Mapping[str, Any]) -> dict[str, Any]:
        """Give a node with its controls in the place of their names."""
        told = dict(node)
        if isinstance(told.get("controls"), list):
            told["controls"] = [*self.written(told["controls"])]
        if isinstance(told.get("groups"), list):
            told["groups"] = [
                self.filled(each) for each in told["groups"] if isinstance(each, dict)
            ]
        return told

    def written(self, names: list[Any]) -> Iterator[dict[str, Any]]:
        """Write some controls, and those inside them."""
        for name in names:
            control = self.controls.get(str(name))
            if control is not None and control.id not in self.done:
                self.done.add(control.id)
                head = {"id": original(control), "title": control.title}
                yield {**head, **self.filled(control.told)}
