"""The hub does what its OpenAPI says: schemathesis asks all it allows, as a stranger and as a kiosk."""

from __future__ import annotations

import asyncio
import base64
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import CHECKS

from sync.batch import SIGNATURE_HEADER, signed_message
from sync.exchange import NONCE_HEADER, sign_request
from tests.sync.ground import HandClock
from tests.sync.hub.ground import LaneKeys, StationHub

KEPT = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)
"""What every answer has to be: none of our errors, and as documented."""
NONCE = "n" * 22


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StationHub]:
    hub = StationHub(tmp_path_factory.mktemp("hub"), HandClock())
    yield hub
    hub.engine.dispose()


@pytest.fixture(scope="module")
def lane(hub: StationHub) -> LaneKeys:
    lane = LaneKeys("lane-1")
    hub.enrol(lane)
    return lane


def operations() -> list[tuple[str, str]]:
    """Every operation the hub has documented when the tests are collected."""
    with tempfile.TemporaryDirectory() as folder:
        hub = StationHub(Path(folder), HandClock())
        paths = hub.app.openapi()["paths"]
        hub.engine.dispose()
    return [(method, path) for path, table in sorted(paths.items()) for method in sorted(table)]


OPERATIONS = operations()


def ask(hub: StationHub, case: schemathesis.Case, signer: LaneKeys | None) -> httpx.Response:
    """Sends what schemathesis made; as an enrolled kiosk, with that kiosk's name and signature."""
    if signer is not None and "kiosk" in case.path_parameters:
        case.path_parameters["kiosk"] = signer.name
    if case.query and "wait" in case.query:
        case.query["wait"] = 0
    case.headers.pop("Content-Length", None)
    sent: dict[str, Any] = case.as_transport_kwargs(base_url="http://hub.example")
    made = sent.get("json")
    request = httpx.Request(
        sent["method"],
        sent["url"],
        params=sent.get("params") or None,
        headers={name: value.encode("utf-8", "replace") for name, value in sent["headers"].items()},
        content=sent.get("data") or (None if made is None else json.dumps(made).encode()),
    )
    if signer is not None:
        body, target = request.content, request.url.raw_path.decode("latin-1")
        request.headers[NONCE_HEADER] = NONCE
        if target.endswith("/batches"):
            signed = base64.b64encode(signer.device.sign(signed_message(body))).decode()
        else:
            signed = sign_request(signer.device, request.method, target, NONCE, body)
        request.headers[SIGNATURE_HEADER] = signed

    async def asked() -> httpx.Response:
        transport = httpx.ASGITransport(hub.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport) as client:
            answer = await client.send(request)
            await answer.aread()
            return answer

    return asyncio.run(asked())


@pytest.mark.parametrize("enrolled", [False, True], ids=["stranger", "kiosk"])
@pytest.mark.parametrize(("method", "path"), OPERATIONS, ids=lambda one: str(one))
def test_every_answer_is_documented_and_none_is_an_error_of_ours(
    hub: StationHub, lane: LaneKeys, method: str, path: str, enrolled: bool
) -> None:
    document = schemathesis.openapi.from_dict(hub.app.openapi())
    operation = document[path][method.upper()]
    checks = [CHECKS.get_one(name) for name in KEPT]

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def conforms(case: schemathesis.Case) -> None:
        case.validate_response(ask(hub, case, lane if enrolled else None), checks=checks)

    conforms()


def test_a_signed_request_gets_through_to_what_it_asks_for(hub: StationHub, lane: LaneKeys) -> None:
    """Otherwise the test above would only have seen refusals."""
    document = schemathesis.openapi.from_dict(hub.app.openapi())
    case = document["/v1/kiosks/{kiosk}/time"]["GET"].Case(
        path_parameters={"kiosk": "lane-1"}, query={"nonce": NONCE}
    )
    assert ask(hub, case, lane).status_code == 200


def test_the_pages_for_people_are_no_interface_for_programs(hub: StationHub) -> None:
    assert not any(path.startswith("/hub") for _, path in OPERATIONS)
