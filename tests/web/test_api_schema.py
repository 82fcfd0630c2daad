"""The API, called in every way that its own description allows and forbids.

WEFT_TEST_EXAMPLES gives the number of calls made up for each operation, beside all
those at its limits: where it is not set a few, some of those at the limits, and of the
kinds of records, which share their handlers, a few.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from litestar import Litestar
from schemathesis.config import SchemathesisConfig
from schemathesis.generation.meta import TestPhase
from tests.web.conftest import START, fill

from weft.store.desk import open_desk
from weft.web.api import HANDLERS
from weft.web.app import make
from weft.web.schema import describe
from weft.web.settings import Settings

pytestmark = pytest.mark.slow

EXAMPLES = int(os.environ.get("WEFT_TEST_EXAMPLES", "0"))
OTHER_KINDS = re.compile(r"/api/firm/(?!(missions|guardrails|claims)\b)\w+")
FIRST, STEP = 40, 12
"""Of the calls at the limits of each operation: so many, then one in so many."""
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
        # A form is text throughout, and its file is any bytes: most are no table, as
        # most texts are no policy. What tools report is refused where it is unsigned.
        "operations": [
            {
                "include-path-regex": "^/api/(import|load|rego|hooks/|[a-z-]+/import)",
                "checks": {
                    "positive_data_acceptance": {"enabled": False},
                    "negative_data_rejection": {"enabled": False},
                },
            },
            # A whole guardrail at each of its limits is tried where one is put alone.
            {
                "include-path-regex": "^/api/(rollouts(/preview)?|guardrails/try)$",
                "phases": {"coverage": {"enabled": EXAMPLES > 0}},
            },
            # Most texts are no operating model either; all else of it is held to.
            {
                "include-path-regex": "^/api/(comparisons|transitions)$",
                "checks": {"positive_data_acceptance": {"enabled": False}},
            },
        ],
    }
)


NOUNS = sorted({path.split("/")[1] for each in HANDLERS for path in each.paths})
"""What the calls are about, so that those about one thing are told in one test."""

LONGEST = 20_000
"""Of a longer text the tool makes no valid one for the limits of other fields."""


Called = tuple[Litestar, dict[str, str], dict[str, Any]]
"""The server, the token of one who may do all, and what the API says of itself."""


@pytest.fixture(scope="session")
def called(tmp_path_factory: pytest.TempPathFactory) -> Called:
    """Serve the small firm's API."""
    folder = tmp_path_factory.mktemp("api")
    desk = open_desk(f"sqlite:///{folder / 'weft.db'}")
    fill(desk)
    desk.accounts.add("robot", "correct horse battery", START, owner=True)
    _, secret = desk.accounts.add_token("robot", "for the test", START)
    points = folder / "points.jsonl"
    app = make(desk, Settings(mode="accounts", clock=lambda: START, checkpoints=points))
    return app, {"authorization": f"Bearer {secret}"}, describe(app)


@pytest.fixture
def header(called: Called) -> dict[str, str]:
    """Give the token as it is sent."""
    return called[1]


@pytest.fixture(params=NOUNS)
def api(called: Called, request: pytest.FixtureRequest) -> schemathesis.BaseSchema:
    """Give the calls about one thing."""
    # Schemathesis 4 writes which call it is at into what pytest 9 calls otherwise.
    request.node._nodeid = request.node.nodeid  # noqa: SLF001
    app, _, described = called
    paths = {
        path: told
        for path, told in described["paths"].items()
        if path.split("/")[2] == request.param
        and (EXAMPLES or not OTHER_KINDS.match(path))
    }
    schema = schemathesis.openapi.from_dict(
        {**described, "paths": paths}, config=CONFIG
    )
    schema.app, schema.location = app, "/schema/openapi.json"
    return schema


@schemathesis.hook
def map_body(_: Any, body: Any) -> Any:
    """Write whole numbers as such: JSON Schema takes 3.0 for one, the gate does not."""
    if isinstance(body, dict):
        return {key: map_body(_, value) for key, value in body.items()}
    if isinstance(body, list):
        return [map_body(_, value) for value in body]
    return int(body) if isinstance(body, float) and body.is_integer() else body


@schemathesis.hook
def before_load_schema(_: Any, schema: dict[str, Any]) -> None:
    """Lower the limits of long texts."""
    for record in schema["components"]["schemas"].values():
        for field in record.get("properties", {}).values():
            if field.get("maxLength", 0) > LONGEST:
                field["maxLength"] = LONGEST


MADE: Counter[str] = Counter()
"""How many calls at its limits were made up for each operation."""


@schemathesis.pytest.from_fixture("api").parametrize()
@settings(max_examples=EXAMPLES or 3, suppress_health_check=list(HealthCheck))
def test_every_call_is_answered_as_described(
    case: schemathesis.Case[Any], header: dict[str, str]
) -> None:
    if case.meta and case.meta.phase.name == TestPhase.COVERAGE and not EXAMPLES:
        number = MADE[case.operation.label]
        MADE[case.operation.label] += 1
        if number > FIRST and number % STEP:
            return
    case.call_and_validate(headers=header)
