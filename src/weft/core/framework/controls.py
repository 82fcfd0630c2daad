"""What others published that a firm's rules rest on: texts, and control catalogues.

A catalogue, such as NIST SP 800-53 in OSCAL, is a list of duties in prose. It becomes
principles with their controls, and guardrails name the controls they work towards. All
that it says is kept as it says it, so that it can be written again and nothing is lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from weft.core.records import Record
from weft.core.scalars import Line, Name
from weft.errors import InputError


class Citation(Record, frozen=True, kw_only=True):
    """A published text, and where it can be read.

    title: as people cite it, such as `RFC 8996`. says: what it says on the matter, in
    one's own words.
    """

    title: Line
    address: Line = ""
    says: Line = ""

    def __post_init__(self) -> None:
        """Refuse an address that a browser would not simply open."""
        if self.address and not self.address.startswith("https://"):
            raise InputError(
                f"{self.address!r} is no address on the web.",
                do="Give one that begins with https://, or none.",
            )


class Catalogue(Record, frozen=True, kw_only=True):
    """A catalogue of controls that others have published, as it was brought in.

    document: all that it says beside its controls, which stand in it by their names.
    """

    kind: ClassVar[str] = "catalogues"

    id: Name
    title: Line
    version: Line = ""
    document: Mapping[str, Any] = {}


class Control(Record, frozen=True, kw_only=True):
    """One control of a catalogue: a duty in prose that guardrails may work towards.

    principle: that of its family. within: the control that it adds to. label: how
    its catalogue calls it. withdrawn: its catalogue no longer asks for it. told: all
    else that the catalogue says of it.
    """

    kind: ClassVar[str] = "controls"

    id: Name
    title: Line
    catalogue: Name
    principle: Name
    within: Name | None = None
    label: Line = ""
    withdrawn: bool = False
    told: Mapping[str, Any] = {}
