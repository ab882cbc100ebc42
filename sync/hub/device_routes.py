"""The devices' doors over HTTP: enrolment and status."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated

from fastapi import APIRouter, FastAPI, HTTPException, Path, Request, Response
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from config.moment import Clock
from sync.batch import SIGNATURE_HEADER
from sync.canonical import NotCanonical, canonical_json, utc_text
from sync.enrolment import MAX_REQUEST, NONCE_BYTES, offer_message
from sync.exchange import NONCE, NONCE_HEADER, request_holds
from sync.hub.allowance import Allowance
from sync.hub.device_auth import Caller, Calling, bounded_body, target_of
from sync.hub.devices import Devices
from sync.hub.enrolments import Enrolments, NotProved, TooMany
from sync.hub.spent_news import SpentNews
from sync.hub.spent_uses import SpentUses
from sync.hub.station_keys import StationKeys
from sync.hub.waiting import SpentBell
from sync.signing import SigningKey

router = APIRouter()
RequestName = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]
KEYS = "keys"
HOUSE_EVERY_S = 3600.0


class Rooms:
    """The hub's rooms for devices, around one database."""

    def __init__(self, engine: Engine, clock: Clock, hub: SigningKey, allowance: Allowance) -> None:
        self.hub = hub
        self.clock = clock
        self.devices = Devices(engine, clock)
        self.enrolments = Enrolments(engine, clock, hub.public)
        self.spent = SpentUses(engine, clock, allowance)
        self.bell = SpentBell(engine)
        self.news = SpentNews(engine)
        self.keys = StationKeys(engine, clock)
        self._kept_at = -HOUSE_EVERY_S

    def keep_house(self) -> None:
        """Destroys keys and forgets uses that are due, at most once an hour however often it is called."""
        if self.clock().mono - self._kept_at >= HOUSE_EVERY_S:
            self._kept_at = self.clock().mono
            self.keys.destroy_due()
            self.spent.forget()


def install(
    app: FastAPI, engine: Engine, clock: Clock, hub: SigningKey, allowance: Allowance | None = None
) -> None:
    """Opens the doors of this module in an application that `device_auth.install` was called for."""
    app.state.device_rooms = Rooms(engine, clock, hub, allowance or Allowance())
    app.include_router(router)


def _rooms(request: Request) -> Rooms:
    rooms: Rooms = request.app.state.device_rooms
    return rooms


# --- enrolment ---


@router.post("/v1/enrolments", status_code=201)
async def ask(request: Request) -> Response:
    """A kiosk asks to be enrolled. The answer is signed for this very request."""
    body = await bounded_body(request, MAX_REQUEST)
    rooms = _rooms(request)
    try:
        signature = base64.b64decode(request.headers.get(SIGNATURE_HEADER, ""), validate=True)
        name, nonce, until = await run_in_threadpool(rooms.enrolments.ask, body, signature)
    except (NotProved, binascii.Error) as error:
        raise HTTPException(403, "the request was not signed with the device key it names") from error
    except TooMany as error:
        raise HTTPException(429, "too many kiosks wait: decide on those first") from error
    except NotCanonical as error:
        raise HTTPException(400, f"the body is no enrolment request: {error}") from error
    except SQLAlchemyError as error:
        raise HTTPException(503, "the hub can't write its database now") from error
    content = {"id": name, "hub": rooms.hub.public.raw.hex(), "nonce": nonce.hex(), "expires_at": until}
    offer = canonical_json(content)
    signed = base64.b64encode(rooms.hub.sign(offer_message(body, offer))).decode()
    return Response(offer, 201, media_type="application/json", headers={SIGNATURE_HEADER: signed})


@router.post("/v1/enrolments/{name}/nonce")
async def reveal(name: RequestName, request: Request) -> Response:
    """The kiosk tells the number it had committed itself to."""
    caller = await _asking(name, request)
    nonce = caller.table().get("nonce")
    try:
        raw = bytes.fromhex(nonce) if isinstance(nonce, str) else b""
    except ValueError:
        raw = b""
    if len(raw) != NONCE_BYTES:
        raise caller.refusal(400, "nonce", "The number has 64 hexadecimal digits.")
    try:
        state = await run_in_threadpool(_rooms(request).enrolments.reveal, name, raw)
    except SQLAlchemyError as error:
        raise HTTPException(503, "the hub can't write its database now") from error
    return caller.answer({"state": state})


@router.get("/v1/enrolments/{name}")
async def state(name: RequestName, request: Request) -> Response:
    """How it stands with a request."""
    caller = await _asking(name, request)
    try:
        now = await run_in_threadpool(_rooms(request).enrolments.state, name)
    except SQLAlchemyError as error:
        raise HTTPException(503, "the hub can't read its database now") from error
    said = {"state": now.state, "kiosk": now.kiosk, "station": now.station}
    return caller.answer(said | ({"reply": now.reply} if now.reply else {}))


async def _asking(name: str, request: Request) -> Caller:
    """Who signed with the device key that the request named: it is no kiosk of this hub yet."""
    nonce = request.headers.get(NONCE_HEADER, "")
    if not NONCE.fullmatch(nonce):
        raise HTTPException(400, f"the header {NONCE_HEADER} has 16 to 64 of A-Z a-z 0-9 _ -")
    body = await bounded_body(request, MAX_REQUEST)
    rooms = _rooms(request)
    try:
        key = await run_in_threadpool(rooms.enrolments.key_of, name)
    except SQLAlchemyError as error:
        raise HTTPException(503, "the hub can't read its database now") from error
    if key is None:
        raise HTTPException(404, "there is no such request")
    signature = request.headers.get(SIGNATURE_HEADER, "")
    if not request_holds(key, signature, request.method, target_of(request), nonce, body):
        raise HTTPException(403, "the request was not signed by the device that asked")
    return Caller("", 0, key, body, nonce, rooms.hub)


# --- status ---


@router.post("/v1/kiosks/{kiosk}/device")
def device(caller: Calling, request: Request) -> Response:
    """A device says which version it runs; it hears the minimum version and gets the keys of its station."""
    rooms = _rooms(request)
    table = caller.table()
    version, seal, wants = table.get("version"), table.get("seal"), table.get(KEYS)
    if not isinstance(version, str) or not isinstance(seal, str) or not isinstance(wants, bool):
        raise caller.refusal(400, "device", "A device tells version, seal and keys.")
    try:
        seal_key = bytes.fromhex(seal) if len(seal) == 64 else None
    except ValueError:
        seal_key = None
    try:
        rooms.keep_house()
        rooms.devices.report(caller.device_id, version, seal_key)
        sealed = rooms.keys.sealed_for(caller.device_id) if wants else None
        station, minimum = rooms.devices.station_of(caller.device_id), rooms.devices.minimum_version
    except SQLAlchemyError as error:
        raise HTTPException(503, "the hub can't use its database now") from error
    answer: dict[str, object] = {
        "at": utc_text(rooms.clock().utc),
        "minimum_version": minimum,
        "station": station,
        KEYS: base64.b64encode(sealed).decode() if sealed else "",
    }
    return caller.answer(answer)
