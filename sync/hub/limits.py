"""What one client may ask of the hub: requests in time, bytes of a body, time to send them."""

from __future__ import annotations

import asyncio
import re
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from math import ceil, inf
from time import monotonic

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sync.batch import MAX_BODY

DEVICE = re.compile(r"^/v1/kiosks/([A-Za-z0-9_-]{1,32})/(status|referrals|device|desk/\w+)?")
"""A kiosk's name, and what it says that is written down and is no record."""
SIGNED_BY = "checkpoint.signed_by"
"""In a request's scope: whose device signed it, once that was checked."""
IDLE_S = 30
"""A connection without requests is closed after so long."""


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` at once, then `a_second`."""

    a_second: float
    burst: float


@dataclass(frozen=True, slots=True)
class Limits:
    """The shipped ones; docs/hub.md lists them."""

    address: Rate | None = Rate(200, 1000)
    """All requests of one client address. None: any number."""
    device: Rate | None = Rate(50, 200)
    """Of one kiosk's device; in its name, unsigned, of one address."""
    said: Rate | None = Rate(10, 100)
    """Of those, what writes to the database and is no record: reports, referrals, an officer's acts."""
    sign_in: Rate = Rate(0.5, 10)
    """Of one address."""
    page_body: int = 65_536
    body: int = MAX_BODY
    """Bytes of any other body; each endpoint asks for less where it needs less."""
    body_s: float = 30.0
    clients: int = 2000
    """Connections at once; one more gets 503."""
    of_one_address: int = 1000
    """Connections at once; one more is closed."""
    header_s: float = 10.0
    """Seconds for a request's first line and headers to arrive."""
    header_bytes: int = 16_384


def chosen_limits(a_second: float, clients: int) -> Limits:
    """The shipped limits with another rate of an address (0: none, and none of a kiosk) and other clients."""
    if a_second <= 0:
        return Limits(address=None, device=None, said=None, clients=clients, of_one_address=clients)
    return Limits(
        address=Rate(a_second, a_second * 5), clients=clients, of_one_address=max(1, (clients + 1) // 2)
    )


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float = field(default=0.0)


class Buckets:
    """Token buckets by key; the longest unused are dropped, which only forgives them."""

    def __init__(self, rate: Rate, mono: Callable[[], float], most: int = 20_000) -> None:
        self._rate = rate
        self._mono = mono
        self._most = most
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def take(self, key: str) -> float:
        """0: one more is fine. Else the seconds until it is."""
        now = self._mono()
        bucket = self._buckets.pop(key, None) or _Bucket(self._rate.burst, now)
        bucket.left = min(self._rate.burst, bucket.left + (now - bucket.at) * self._rate.a_second)
        bucket.at = now
        self._buckets[key] = bucket
        while len(self._buckets) > self._most:
            self._buckets.popitem(last=False)
        if bucket.left < 1.0:
            return (1.0 - bucket.left) / self._rate.a_second
        bucket.left -= 1.0
        return 0.0

    def give_back(self, key: str) -> None:
        """One that was taken does not count after all."""
        if bucket := self._buckets.get(key):
            bucket.left += 1.0


class Proven:
    """Connections on which a device has signed: what strangers do at its address does not touch them.

    Forgotten when they were idle for so long that they are closed: then another may have their port.
    """

    def __init__(self, mono: Callable[[], float], most: int = 20_000) -> None:
        self._mono, self._most = mono, most
        self._lines: OrderedDict[str, tuple[str, float]] = OrderedDict()

    def whose(self, line: str) -> str | None:
        """The kiosk whose device signed there last."""
        kiosk, at = self._lines.get(line, ("", -inf))
        return kiosk if self._mono() - at < IDLE_S else None

    def signed(self, line: str, kiosk: str) -> None:
        """A request there was signed."""
        self._lines.pop(line, None)
        self._lines[line] = (kiosk, self._mono())
        while len(self._lines) > self._most:
            self._lines.popitem(last=False)

    def forget(self, line: str) -> None:
        """A request there was not."""
        self._lines.pop(line, None)


class Limited:
    """The application behind its limits. State lives in this process: two processes forgive twice as much.

    Whether a request is signed is known only after its body, so each counts for its address first. One that
    turns out to be signed is given back there, and from then on its connection counts for its device alone.
    """

    def __init__(self, app: ASGIApp, limits: Limits, mono: Callable[[], float] = monotonic) -> None:
        self._app = app
        self._limits = limits
        self._addresses = Buckets(limits.address, mono) if limits.address else None
        self._devices = Buckets(limits.device, mono) if limits.device else None
        self._said = Buckets(limits.said, mono) if limits.said else None
        self._sign_ins = Buckets(limits.sign_in, mono)
        self._proven = Proven(mono)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        wait = self._wait(scope)
        most = self._limits.page_body if scope["path"].startswith("/hub/") else self._limits.body
        if wait > 0:
            headers = {"Retry-After": str(ceil(wait)), **_CLOSE}
            answer = JSONResponse({"detail": "too many requests: wait, then try again"}, 429, headers=headers)
        elif _length(scope) > most:
            answer = JSONResponse({"detail": f"a body has at most {most} bytes"}, 413, headers=_CLOSE)
        else:
            try:
                await self._app(scope, _Body(receive, most, self._limits.body_s).receive, send)
            finally:
                self._remember(scope)
            return
        await _hear_out(receive, 2 * most, self._limits.body_s)
        await answer(scope, receive, send)

    def _wait(self, scope: Scope) -> float:
        address, line = _client(scope)
        waits = [0.0]
        device = DEVICE.match(scope["path"])
        proven = device is not None and self._proven.whose(line) == device[1]
        if self._addresses is not None and not proven:
            waits.append(self._addresses.take(address))
        if device:
            name = device[1] if proven else f"{address} {device[1]}"
            if self._devices is not None:
                waits.append(self._devices.take(name))
            if self._said is not None and device[2] and scope["method"] == "POST":
                waits.append(self._said.take(name))
        if scope["path"] == "/hub/sign-in" and scope["method"] == "POST":
            waits.append(self._sign_ins.take(address))
        return max(waits)

    def _remember(self, scope: Scope) -> None:
        """What the answer told of who asked. A question that nobody has to sign tells nothing."""
        address, line = _client(scope)
        signer = scope.get(SIGNED_BY)
        if signer is not None:
            if self._addresses is not None and self._proven.whose(line) != signer:
                self._addresses.give_back(address)
            self._proven.signed(line, str(signer))
        elif scope["method"] != "GET":
            self._proven.forget(line)


def _client(scope: Scope) -> tuple[str, str]:
    """The address, and the very connection."""
    host, port = scope.get("client") or ("", 0)
    return str(host), f"{host} {port}"


_CLOSE = {"Connection": "close"}


async def _hear_out(receive: Receive, most: int, seconds: float) -> None:
    """Throws a body away: who still sends when the line is closed would see no answer, only the closing."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while most > 0:
                message = await receive()
                most -= len(message.get("body", b""))
                if message["type"] != "http.request" or not message.get("more_body", False):
                    return


class _Body:
    """Hands on a request's body while it is neither too large nor too slow, whatever its header says."""

    def __init__(self, receive: Receive, most: int, seconds: float) -> None:
        self._receive = receive
        self._left = most
        self._most = most
        self._until = asyncio.get_running_loop().time() + seconds
        self._whole = False

    async def receive(self) -> Message:
        if self._whole:
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._until):
                message = await self._receive()
        except TimeoutError as error:
            raise HTTPException(408, "the body came too slowly", _CLOSE) from error
        if message["type"] == "http.request":
            self._left -= len(message.get("body", b""))
            self._whole = not message.get("more_body", False)
            if self._left < 0:
                raise HTTPException(413, f"a body has at most {self._most} bytes", _CLOSE)
        return message


def _length(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length":
            return int(value) if value.isdigit() and len(value) < 19 else 0
    return 0
