"""What FastAPI can't see by itself: bodies read as bytes, signatures in headers, answers that refuse."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from sync.batch import SIGNATURE_HEADER
from sync.exchange import NONCE_HEADER
from sync.lane_report import LaneReport

TEXT = {"type": "string"}
HEX_64 = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
REFUSALS = {
    "400": "the request can't be read",
    "403": "not signed by the device",
    "404": "not enrolled, or no such thing",
    "408": "the body came too slowly",
    "409": "it does not fit what the hub holds",
    "410": "the device was revoked",
    "413": "the body is too large",
    "415": "packed in a way that the hub does not know",
    "422": "a part of the address or a record that can't be taken",
    "429": "too many requests: wait as long as Retry-After says",
    "503": "try again later",
}
REFUSAL = {
    "type": "object",
    "description": "`detail`; or what the hub signed: a receipt, or `refused` and `why`.",
}
RECORD = {
    "type": "object",
    "required": ["at", "kind"],
    "properties": {"at": TEXT, "kind": TEXT, "digest": TEXT, "salt": TEXT, "payload": TEXT},
}
BODIES: dict[str, dict[str, Any]] = {
    "/v1/enrolments": {"type": "object"},
    "/v1/enrolments/{name}/nonce": {"type": "object", "properties": {"nonce": HEX_64}},
    "/v1/kiosks/{kiosk}/batches": {
        "type": "object",
        "required": ["kiosk", "after", "previous", "records"],
        "properties": {
            "kiosk": TEXT,
            "after": {"type": "integer", "minimum": 0},
            "previous": HEX_64,
            "records": {"type": "array", "minItems": 1, "maxItems": 5000, "items": RECORD},
        },
    },
    "/v1/kiosks/{kiosk}/device": {"type": "object"},
    "/v1/kiosks/{kiosk}/spent": {"type": "object"},
    "/v1/kiosks/{kiosk}/referrals": {"type": "object"},
    "/v1/kiosks/{kiosk}/desk/claim": {"type": "object"},
    "/v1/kiosks/{kiosk}/desk/release": {"type": "object"},
    "/v1/kiosks/{kiosk}/desk/decide": {"type": "object"},
    "/v1/kiosks/{kiosk}/desk/order": {"type": "object"},
    "/v1/kiosks/{kiosk}/desk/crossings": {"type": "object"},
}
"""Of POST requests; docs/protocol.md says each in full."""
WITHOUT_NONCE = ("/v1/enrolments", "/v1/kiosks/{kiosk}/batches", "/v1/kiosks/{kiosk}/receipt")


def document(app: FastAPI) -> None:
    """Completes the application's OpenAPI document, once every route is there."""
    made = app.openapi

    def whole() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _completed(made())
        return app.openapi_schema

    app.openapi = whole  # type: ignore[method-assign]


def _completed(document: dict[str, Any]) -> dict[str, Any]:
    report = LaneReport.model_json_schema(ref_template="#/components/schemas/{model}")
    document.setdefault("components", {}).setdefault("schemas", {}).update(report.pop("$defs", {}))
    bodies = {**BODIES, "/v1/kiosks/{kiosk}/status": report}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            if path.startswith("/v1/"):
                _signed(path, method, operation, bodies)
            else:
                operation["responses"].setdefault("503", {"description": REFUSALS["503"]})
                operation["responses"].setdefault("429", {"description": REFUSALS["429"]})
    return document


def _signed(path: str, method: str, operation: dict[str, Any], bodies: dict[str, dict[str, Any]]) -> None:
    headers = [SIGNATURE_HEADER] if path in WITHOUT_NONCE else [SIGNATURE_HEADER, NONCE_HEADER]
    if path.endswith("/receipt"):
        headers = []
    operation.setdefault("parameters", []).extend(
        {"name": name, "in": "header", "required": False, "schema": TEXT} for name in headers
    )
    if method == "post" and path in bodies:
        operation["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": bodies[path]}},
        }
    for status, why in REFUSALS.items():
        answer = operation["responses"].setdefault(status, {"description": why})
        answer["content"] = {"application/json": {"schema": REFUSAL}}
