"""Of what is no record, a part that can be held against the firm, or nothing."""

from __future__ import annotations

import pytest
from msgspec.structs import fields

from weft.core.firm import KINDS
from weft.core.records import read_partly


@pytest.mark.parametrize("kind", KINDS)
def test_what_cannot_be_read_is_a_part_or_nothing(kind: str) -> None:
    wanted = KINDS[kind]
    names = [field.encode_name for field in fields(wanted)]
    for plain in ({}, {"id": "x"}, *({"id": "x", name: {}} for name in names)):
        found = read_partly(wanted, plain)
        assert found is None or (found[0].kind == kind and found[1] <= set(names))
