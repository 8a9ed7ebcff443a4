"""The API over requests that are generated from its own description: it never fails, and replies as described."""

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode, checks

pytestmark = pytest.mark.slow
CHECKS = [checks.not_a_server_error, checks.content_type_conformance, checks.response_schema_conformance]


@pytest.mark.parametrize("mode", GenerationMode, ids=lambda mode: mode.value)
def test_no_generated_request_makes_the_api_fail(app: Flask, mode: GenerationMode) -> None:
    """Requests that fit the description or break it are no failure, and each reply is of a described type and shape."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) >= 7
    for operation in operations:
        if mode is GenerationMode.NEGATIVE and not (operation.query or operation.body):
            continue  # there is nothing in it that a request could break

        @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: schemathesis.Case) -> None:
            case.call_and_validate(checks=CHECKS, headers={"Accept-Encoding": "identity"})

        ask()
