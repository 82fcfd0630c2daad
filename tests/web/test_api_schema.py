"""The API, called in every way that its own description allows and forbids.

WEFT_TEST_EXAMPLES gives the number of calls made up for each operation, beside those
at its limits: where it is not set a few, and of the kinds of records, which share
their handlers, a few too.
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

EXAMPLES = int(os.environ.get("WEFT_TEST_EXAMPLES", "0"))
OTHER_KINDS = r"^/api/firm/(?!(missions|guardrails|claims)\b)\w+"
CONFIG = SchemathesisConfig.from_dict(
    {
        "checks": {
            # 400: it does not fit the schema. 422: it fits, and breaks a rule.
            "positive_data_acceptance": {
                "expected-statuses": ["2xx", "404", "409", "422"]
            },
            "negative_data_rejection": {
                "expected-statuses": ["400", "401", "404", "409", "415", "422"]
            },
            # The token is sent with every call here; test_signing.py leaves it out.
            "ignored_auth": {"enabled": False},
            # Litestar 2 answers OPTIONS with the verbs of the first handler alone.
            "allow_header_conformance": {"enabled": False},
        },
        "generation": {"with-security-parameters": False},
        # A form is text throughout, and its file is any bytes: most are no table.
        "operations": [
            {
                "include-path-regex": "^/api/(import|load)",
                "checks": {
                    "positive_data_acceptance": {"enabled": False},
                    "negative_data_rejection": {"enabled": False},
                },
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
    return schema if EXAMPLES else schema.exclude(path_regex=OTHER_KINDS), header


SCHEMA, HEADER = api()


@schemathesis.hook
def map_body(_: Any, body: Any) -> Any:
    """Write whole numbers as such: JSON Schema takes 3.0 for one, the gate does not."""
    if isinstance(body, dict):
        return {key: map_body(_, value) for key, value in body.items()}
    if isinstance(body, list):
        return [map_body(_, value) for value in body]
    return int(body) if isinstance(body, float) and body.is_integer() else body


@pytest.mark.slow
@SCHEMA.parametrize()
@settings(max_examples=EXAMPLES or 3, suppress_health_check=list(HealthCheck))
def test_every_call_is_answered_as_described(case: schemathesis.Case[Any]) -> None:
    case.call_and_validate(headers=HEADER)
