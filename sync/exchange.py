"""The signed exchange: a kiosk's requests other than batches, and the hub's answer to each very request.

The bytes are in docs/protocol.md. A request may be heard twice, so each means the same when repeated.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

import requests

from sync.batch import SIGNATURE_HEADER
from sync.canonical import NotCanonical, canonical_json, read_json_object
from sync.device_key import DeviceKey
from sync.line import ANSWER_SECONDS, NoAnswer, unsigned
from sync.session import CONNECT_SECONDS, READ_SECONDS
from sync.signing import PublicKey, SigningKey

REQUEST = b"checkpoint-kiosk/request/v1\n"
ANSWER = b"checkpoint-kiosk/answer/v1\n"
NONCE_HEADER = "Checkpoint-Nonce"
NONCE = re.compile(r"[A-Za-z0-9_-]{16,64}")
MAX_REQUEST = 262_144
"""Bytes of a request's body."""
MAX_ANSWER = 4_194_304
"""Bytes of an answer's body."""


def request_message(method: str, target: str, nonce: str, body: bytes) -> bytes:
    """What the device signs. `target` is path and query as sent, from `/v1/` on."""
    head = f"{method}\n{target}\n{nonce}\n".encode()
    return REQUEST + head + hashlib.sha256(body).digest()


def answer_message(nonce: str, status: int, body: bytes) -> bytes:
    """What the hub signs."""
    return ANSWER + f"{nonce}\n{status:03d}\n".encode() + body


def sign_request(device: DeviceKey, method: str, target: str, nonce: str, body: bytes) -> str:
    """The signature header of a request."""
    return base64.b64encode(device.sign(request_message(method, target, nonce, body))).decode()


def request_holds(
    device: PublicKey, signature: str, method: str, target: str, nonce: str, body: bytes
) -> bool:
    """Whether this device made this request."""
    return _holds(device, signature, request_message(method, target, nonce, body))


def sign_answer(hub: SigningKey, nonce: str, status: int, body: bytes) -> str:
    """The signature header of an answer."""
    return base64.b64encode(hub.sign(answer_message(nonce, status, body))).decode()


def answer_holds(hub: PublicKey, signature: str, nonce: str, status: int, body: bytes) -> bool:
    """Whether this hub gave this answer to the request with this nonce."""
    return _holds(hub, signature, answer_message(nonce, status, body))


def _holds(key: PublicKey, signature: str, message: bytes) -> bool:
    try:
        raw = base64.b64decode(signature, validate=True)
    except (binascii.Error, ValueError):
        return False
    return key.verifies(raw, message)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that the hub signed for this very request, whatever its status."""

    status: int
    table: dict[str, object]
    """The JSON object of the body."""


class Exchange:
    """The client's side, for one kiosk and one hub. One thread at a time per instance and session."""

    def __init__(
        self,
        url: str,
        kiosk: str,
        device: DeviceKey,
        hub: PublicKey,
        session: requests.Session,
        mono: Callable[[], float] = time.monotonic,
        *,
        root: str = "/v1/kiosks/",
    ) -> None:
        self._url = url.rstrip("/")
        self._root = root + kiosk
        self._device = device
        self._hub = hub
        self._session = session
        self._mono = mono

    def ask(
        self,
        method: str,
        path: str,
        content: dict[str, object] | None = None,
        *,
        nonce: str | None = None,
        connect_s: float = CONNECT_SECONDS,
        read_s: float = READ_SECONDS,
        answer_s: float = ANSWER_SECONDS,
    ) -> Reply:
        """One request to `/v1/kiosks/NAME` + `path` (with its query) and its signed answer.

        `connect_s` and `read_s` bound every wait for the network, `answer_s` the reading of the whole
        answer. Raises `sync.line.NoAnswer`.
        """
        nonce = nonce or secrets.token_urlsafe(16)
        body = b"" if content is None else canonical_json(content)
        target = self._root + path
        headers = {
            NONCE_HEADER: nonce,
            SIGNATURE_HEADER: sign_request(self._device, method, target, nonce, body),
        }
        if content is not None:
            headers["Content-Type"] = "application/json"
        until = self._mono() + answer_s
        try:
            with self._session.request(
                method,
                self._url + target,
                data=body if content is not None else None,
                headers=headers,
                timeout=(connect_s, read_s),
                stream=True,
                allow_redirects=False,
            ) as response:
                answer = self._read(response, until)
                status, signature = response.status_code, response.headers.get(SIGNATURE_HEADER, "")
        except requests.Timeout as error:
            raise NoAnswer("the hub did not answer in time") from error
        except requests.RequestException as error:
            raise NoAnswer("the hub can't be reached") from error
        if not signature:
            raise NoAnswer(unsigned(status))
        if not answer_holds(self._hub, signature, nonce, status, answer):
            raise NoAnswer("the answer was not signed by the hub this kiosk knows, or not for this request")
        try:
            return Reply(status, read_json_object(answer))
        except NotCanonical as error:
            raise NoAnswer(f"the hub's answer can't be read: {error}") from error

    def _read(self, response: requests.Response, until: float) -> bytes:
        """The answer, bounded in size and in time, however slowly it drips."""
        content = bytearray()
        for part in response.iter_content(16_384):
            content += part
            if len(content) > MAX_ANSWER:
                raise NoAnswer("the hub's answer is too long")
            if self._mono() > until:
                raise NoAnswer("the hub did not answer in time")
        return bytes(content)
