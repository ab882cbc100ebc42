"""The hub over HTTP: takes batches and answers with signed receipts."""

from __future__ import annotations

import asyncio
import base64
import binascii
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, tzinfo
from functools import partial
from typing import Annotated

from fastapi import FastAPI, HTTPException, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import ClientDisconnect

from sync.batch import MAX_BODY, SIGNATURE_HEADER
from sync.canonical import NotCanonical
from sync.hub import device_auth, device_routes, lookup, referral_routes, signed_time, spent_routes
from sync.hub.devices import Devices
from sync.hub.gather_hint import GatherHint
from sync.hub.lane_reports import LaneReports, lane_report_routes
from sync.hub.ledger import Ledger, NotEnrolled, NotSigned
from sync.hub.limits import SIGNED_BY
from sync.hub.lookup import Lookup
from sync.hub.metrics import metrics_routes
from sync.hub.openapi import document
from sync.hub.web.pages import install_pages
from sync.packing import ENCODING, TooLarge
from sync.receipt import Answer, Receipt, batch_name, sign_receipt
from sync.signing import SigningKey

BODY_SECONDS = 30.0
TAKERS = 8
"""Batches taken at a time. More of them wait, so that every other question finds a thread at once."""
STATUS = {Answer.GAP: 409, Answer.FORK: 409, Answer.REFUSED: 422, Answer.REVOKED: 410, Answer.LATER: 429}

KioskName = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,32}$", description="The name of the kiosk.")]
Nonce = Annotated[str, Query(pattern=r"^[A-Za-z0-9_-]{16,64}$", description="Comes back in the receipt.")]


def create_app(
    ledger: Ledger, key: SigningKey, zone: tzinfo = UTC, hint: GatherHint | None = None
) -> FastAPI:
    """The application around an open ledger. It has no state of its own: several may share one database.

    `zone` is the station's, for the times that its pages show.
    """
    app = FastAPI(title="Checkpoint hub", version="1", docs_url=None, redoc_url=None)
    app.state.clock = ledger.clock
    device_auth.install(app, ledger.engine, ledger.clock, key)
    device_routes.install(app, ledger.engine, ledger.clock, key, ledger.allowance)
    app.include_router(spent_routes.router)
    app.include_router(signed_time.router)
    referral_routes.install(app, ledger.engine, ledger.clock, ledger.allowance)
    app.state.lookup = Lookup(ledger.engine, ledger.clock)
    app.include_router(lookup.router)
    app.include_router(lane_report_routes(LaneReports(ledger.engine, ledger.clock)))
    app.include_router(metrics_routes(ledger.engine, ledger.clock))
    install_pages(app, ledger.engine, ledger.clock, zone=zone, hub=key.public)

    takers = app.state.takers = ThreadPoolExecutor(TAKERS, "batches")
    devices, gather = Devices(ledger.engine, ledger.clock), hint or GatherHint()

    def not_enrolled(kiosk: str, name: str) -> Response:
        """A revoked kiosk hears so in a signed answer; a stranger hears that he is one."""
        revoked = devices.last_word(kiosk, name)
        if revoked is None:
            raise HTTPException(404, "this kiosk is not enrolled here")
        return signed(revoked)

    def signed(receipt: Receipt) -> Response:
        body = replace(receipt, gather_ms=gather.ms).body()
        return Response(
            body,
            status_code=STATUS.get(receipt.answer, 200),
            media_type="application/json",
            headers={SIGNATURE_HEADER: sign_receipt(key, body)},
        )

    @app.post("/v1/kiosks/{kiosk}/batches", responses=_ANSWERS)
    async def take_batch(kiosk: KioskName, request: Request) -> Response:
        """Stores a signed batch. 200: stored or known; 409: gap or fork; 422: a record can't be taken."""
        signature, packed = _signature(request), _packed(request)
        body = await _body(request)
        try:
            with gather.taking():
                taking = partial(ledger.take, kiosk, body, signature, packed=packed)
                taken = await asyncio.get_running_loop().run_in_executor(takers, taking)
            request.scope[SIGNED_BY] = kiosk
            return signed(taken)
        except NotEnrolled:
            return await run_in_threadpool(not_enrolled, kiosk, batch_name(body))
        except NotSigned as error:
            raise HTTPException(403, "the batch was not signed by the kiosk's device key") from error
        except TooLarge as error:
            raise HTTPException(413, f"a batch has at most {MAX_BODY} bytes") from error
        except NotCanonical as error:
            raise HTTPException(400, f"the body is no batch: {error}") from error
        except SQLAlchemyError as error:
            raise HTTPException(503, "the hub can't write its database now") from error

    @app.get("/v1/kiosks/{kiosk}/receipt", responses=_ANSWERS)
    def held(kiosk: KioskName, nonce: Nonce) -> Response:
        """What the hub holds of a kiosk."""
        try:
            return signed(ledger.held(kiosk, nonce))
        except NotEnrolled:
            return not_enrolled(kiosk, nonce)
        except SQLAlchemyError as error:
            raise HTTPException(503, "the hub can't read its database now") from error

    @app.get("/healthz")
    def healthz() -> dict[str, str]:
        """Whether the hub can answer."""
        try:
            ledger.ping()
        except SQLAlchemyError as error:
            raise HTTPException(503, "the hub can't reach its database") from error
        return {"status": "ok"}

    document(app)
    return app


_ANSWERS: dict[int | str, dict[str, object]] = {
    403: {"description": "not signed by the device"},
    404: {"description": "not enrolled"},
    409: {"description": "a signed receipt: gap or fork"},
    410: {"description": "a signed receipt: the device was revoked"},
    413: {"description": "the body is too large, packed or unpacked"},
    429: {"description": "a signed receipt: the device's day is used up; without one: too often"},
    415: {"description": "packed in a way that the hub does not know"},
    503: {"description": "try again later"},
}


def _signature(request: Request) -> bytes:
    try:
        return base64.b64decode(request.headers.get(SIGNATURE_HEADER, ""), validate=True)
    except (binascii.Error, ValueError) as error:
        raise HTTPException(403, "the signature header is not base64") from error


def _packed(request: Request) -> bool:
    """Whether the body is in the zlib format."""
    encoding = request.headers.get("Content-Encoding", "identity").lower()
    if encoding not in ("identity", ENCODING):
        raise HTTPException(415, f"a batch comes plain or as {ENCODING}", {"Accept-Encoding": ENCODING})
    return encoding == ENCODING


async def _body(request: Request) -> bytes:
    """The body, which ends at `MAX_BODY` bytes or after `BODY_SECONDS`, whatever its length header says."""
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for part in request.stream():
                body += part
                if len(body) > MAX_BODY:
                    raise HTTPException(413, f"a batch has at most {MAX_BODY} bytes")
    except TimeoutError as error:
        raise HTTPException(408, "the batch came too slowly") from error
    except ClientDisconnect as error:
        raise HTTPException(400, "the batch was cut off") from error
    return bytes(body)
