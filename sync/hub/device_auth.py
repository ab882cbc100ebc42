"""Who asks: the signed exchange at the hub's end. An endpoint takes `caller: Calling`.

It gives `caller.answer(...)`, or raises `caller.refusal(...)`; both are signed for the request's nonce.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Path, Request, Response
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import Engine, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from starlette.requests import ClientDisconnect

from config.moment import Clock
from sync.batch import SIGNATURE_HEADER
from sync.canonical import NotCanonical, canonical_json, read_json_object
from sync.exchange import MAX_REQUEST, NONCE, NONCE_HEADER, request_holds, sign_answer
from sync.hub.database import for_reading
from sync.hub.devices import Devices
from sync.hub.limits import SIGNED_BY
from sync.hub.models import Device
from sync.signing import PublicKey, SigningKey

BODY_SECONDS = 15.0
REVOKED = "revoked"
KioskName = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,32}$", description="The name of the kiosk.")]


@dataclass(frozen=True, slots=True)
class Caller:
    """The kiosk that signed this request, and the way to answer it."""

    kiosk: str
    device_id: int
    """Its row in `devices`: this key, not a later one of the same name."""
    device: PublicKey
    body: bytes
    nonce: str
    _hub: SigningKey = field(repr=False)

    def table(self) -> dict[str, object]:
        """The body as a JSON object. Raises `SignedRefusal` with status 400."""
        try:
            return read_json_object(self.body)
        except NotCanonical as error:
            raise self.refusal(400, "not_json", f"The body can't be read: {error}.") from error

    def answer(self, content: Mapping[str, object], status: int = 200) -> Response:
        """A signed answer."""
        return self.answer_written(canonical_json(dict(content)), status)

    def answer_written(self, body: bytes, status: int = 200) -> Response:
        """The same for a body that was written before."""
        signature = sign_answer(self._hub, self.nonce, status, body)
        return Response(body, status, media_type="application/json", headers={SIGNATURE_HEADER: signature})

    def refusal(self, status: int, refused: str, why: str) -> SignedRefusal:
        """To be raised: a signed answer `{"refused": word, "why": sentence}`."""
        return SignedRefusal(self.answer({"refused": refused, "why": why}, status))


class SignedRefusal(Exception):
    """Ends a request with an answer that is already signed."""

    def __init__(self, response: Response) -> None:
        super().__init__("refused")
        self.response = response


@dataclass(frozen=True, slots=True)
class Said:
    """A request as it came, signed by nobody knows whom."""

    nonce: str
    signature: str
    body: bytes


class DeviceAuth:
    """Knows the device keys of every kiosk."""

    def __init__(self, engine: Engine, clock: Clock, hub: SigningKey) -> None:
        self._engine, self._clock = engine, clock
        self._hub = hub

    def if_it_is(
        self, kiosk: str, device_id: int, key: PublicKey, request: Request, said: Said
    ) -> Caller | None:
        """The device, if this key made the request. Whether it still may ask, the endpoint has to look up."""
        if not request_holds(key, said.signature, request.method, target_of(request), said.nonce, said.body):
            return None
        request.scope[SIGNED_BY] = kiosk
        return Caller(kiosk, device_id, key, said.body, said.nonce, self._hub)

    def caller(self, kiosk: str, method: str, target: str, nonce: str, signature: str, body: bytes) -> Caller:
        """Raises HTTPException 404 (not enrolled) or 403 (not signed by it), neither of them signed."""
        with Session(for_reading(self._engine)) as session:
            row = session.execute(
                select(Device.id, Device.public_key).where(Device.kiosk == kiosk, Device.retired_at.is_(None))
            ).first()
        if row is None:
            self._tell_the_revoked(kiosk, method, target, nonce, signature, body)
            raise HTTPException(404, "this kiosk is not enrolled here")
        key = PublicKey(row.public_key)
        if not request_holds(key, signature, method, target, nonce, body):
            raise HTTPException(403, "the request was not signed by the kiosk's device key")
        return Caller(kiosk, row.id, key, body, nonce, self._hub)

    def _tell_the_revoked(
        self, kiosk: str, method: str, target: str, nonce: str, signature: str, body: bytes
    ) -> None:
        """A revoked device hears so in a signed answer, and nobody else does."""
        for key, why in Devices(self._engine, self._clock).why_revoked(kiosk):
            if request_holds(key, signature, method, target, nonce, body):
                raise Caller(kiosk, 0, key, body, nonce, self._hub).refusal(410, REVOKED, why)


async def hear(request: Request) -> Said:
    """The request, its body bounded. Raises HTTPException."""
    nonce = request.headers.get(NONCE_HEADER, "")
    if not NONCE.fullmatch(nonce):
        raise HTTPException(400, f"the header {NONCE_HEADER} has 16 to 64 of A-Z a-z 0-9 _ -")
    body = await bounded_body(request)
    return Said(nonce, request.headers.get(SIGNATURE_HEADER, ""), body)


async def check(kiosk: str, request: Request, said: Said) -> Caller:
    """Checks the signature against the unretired key of `kiosk`. Raises HTTPException and `SignedRefusal`."""
    auth: DeviceAuth = request.app.state.device_auth
    place = (request.method, target_of(request))
    try:
        caller = await run_in_threadpool(auth.caller, kiosk, *place, said.nonce, said.signature, said.body)
    except SQLAlchemyError as error:
        raise HTTPException(503, "the hub can't read its database now") from error
    request.scope[SIGNED_BY] = kiosk
    return caller


async def calling(kiosk: KioskName, request: Request) -> Caller:
    """The dependency: bounds the body, then checks the signature."""
    return await check(kiosk, request, await hear(request))


Calling = Annotated[Caller, Depends(calling)]
"""The type of an endpoint's argument: whoever it holds has signed this request."""


def install(app: FastAPI, engine: Engine, clock: Clock, hub: SigningKey) -> None:
    """Makes `Calling` work in this application."""
    app.state.device_auth = DeviceAuth(engine, clock, hub)
    app.add_exception_handler(SignedRefusal, _refused)


def _refused(_request: Request, refusal: Exception) -> Response:
    assert isinstance(refusal, SignedRefusal)
    return refusal.response


def target_of(request: Request) -> str:
    """Path and query as they were sent, from `/v1/` on: what is before it belongs to a reverse proxy."""
    raw: bytes = request.scope.get("raw_path") or request.scope["path"].encode()
    path = raw.decode("latin-1")
    query: bytes = request.scope["query_string"]
    start = path.find("/v1/")
    return path[max(0, start) :] + (f"?{query.decode('latin-1')}" if query else "")


async def bounded_body(request: Request, most: int = MAX_REQUEST) -> bytes:
    """The body, bounded in size and time, whatever its length header says."""
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for part in request.stream():
                body += part
                if len(body) > most:
                    raise HTTPException(413, f"this request has at most {most} bytes")
    except TimeoutError as error:
        raise HTTPException(408, "the request came too slowly") from error
    except ClientDisconnect as error:
        raise HTTPException(400, "the request was cut off") from error
    return bytes(body)
