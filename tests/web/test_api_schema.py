"""The API, called in every way that its own description allows and forbids.

WEFT_TEST_EXAMPLES gives the number of calls tried on each operation: 4, or as many
hundreds as one has time for.
"""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig
from tests.web.conftest import START, fill

from weft.store.desk import open_desk
from weft.web.app import make
from weft.web.settings import Settings

EXAMPLES = int(os.environ.get("WEFT_TEST_EXAMPLES", "4"))
CONFIG = SchemathesisConfig.from_dict(
    {
        "checks": {
            # 400: it does not fit the schema. 422: it fits, and breaks a rule.
            "positive_data_acceptance": {
                "expected-statuses": ["2xx", "404", "409", "422"]
            },
            "negative_data_rejection": {
                "expected-statuses": ["400", "404", "409", "415", "422"]
            },
            # Litestar 2 answers OPTIONS with the verbs of the first handler alone.
            "allow_header_conformance": {"enabled": False},
        },
        # A file is any bytes to the description; most bytes are no table.
        "operations": [
            {
                "include-path-regex": "^/api/(import|load)",
                "checks": {"positive_data_acceptance": {"enabled": False}},
            }
        ],
    }
)


def api() -> tuple[schemathesis.BaseSchema, dict[str, str]]:
    """Describe the small firm's API, and give the token of one who may do all."""
    folder = Path(mkdtemp(prefix="weft-api-"))
    desk = open_desk(f"sqlite:///{folder / 'weft.db'}")
    fill(desk)
    desk.accounts.add("robot", "correct horse battery", START, owner=True)
    _, secret = desk.accounts.add_token("robot", "for the test", START)
    points = folder / "points.jsonl"
    app = make(desk, Settings(mode="accounts", clock=lambda: START, checkpoints=points))
    header = {"authorization": f"Bearer {secret}"}
    path = "/schema/openapi.json"
    schema = schemathesis.openapi.from_asgi(path, app, config=CONFIG, headers=header)
    return schema, header


SCHEMA, HEADER = api()


@pytest.mark.slow
@SCHEMA.parametrize()
@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
def test_every_call_is_answered_as_described(case: schemathesis.Case[Any]) -> None:
    case.call_and_validate(headers=HEADER)
