"""One question or batch over HTTP, and an answer only if the hub signed it for this very request."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from dataclasses import dataclass

import requests
from urllib3.util import SKIP_HEADER

from sync.batch import SIGNATURE_HEADER, signed_message
from sync.canonical import NotCanonical
from sync.device_key import DeviceKey
from sync.packing import ENCODING, WORTH, pack
from sync.receipt import MAX_RECEIPT, Answer, Receipt, batch_name, read_receipt
from sync.session import CONNECT_SECONDS, READ_SECONDS
from sync.signing import PublicKey

ANSWER_SECONDS = 30.0
PLAIN_SECONDS = 3600.0
"""So long a hub that did not understand a packed batch gets plain ones."""
LEAN: dict[str, str | None] = {"Accept": None, "Accept-Encoding": SKIP_HEADER, "Connection": None}
"""What HTTP/1.1 means anyway goes without saying: on a live line headers are half of all bytes."""
SENTENCES = {
    403: "the hub knows another key for this kiosk: enrol its device.pub.pem there",
    404: "this kiosk is not enrolled at the hub: enrol its device.pub.pem there",
    413: "the batch is too large for the hub: make hub.batch smaller",
    429: "the hub is asked too often, by this kiosk or from its address",
    503: "the hub can't use its database now",
}


def unsigned(status: int) -> str:
    """What an answer without the hub's signature means, for a person."""
    if status < 400:
        return f"something else than the hub answers at its address (HTTP status {status})"
    return SENTENCES.get(status, f"the hub answered with HTTP status {status}")


class NoAnswer(Exception):
    """The hub gave no answer that counts. `str()` is one sentence without its full stop."""


class DeviceRevoked(NoAnswer):
    """The hub's own word that this device may not speak for its kiosk any more."""


class NotUnderstood(NoAnswer):
    """An older hub does not unpack batches."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A receipt, and the bytes that prove it."""

    receipt: Receipt
    body: bytes
    signature: str


class Line:
    """The way to one hub."""

    def __init__(
        self,
        url: str,
        kiosk: str,
        device: DeviceKey,
        hub: PublicKey,
        session: requests.Session,
        mono: Callable[[], float] = time.monotonic,
    ) -> None:
        self._base = f"{url.rstrip('/')}/v1/kiosks/{kiosk}"
        self._kiosk = kiosk
        self._device = device
        self._hub = hub
        self._session = session
        self._mono = mono
        self._plain_until = 0.0

    def ask(self, nonce: str) -> Signed:
        """What the hub holds. Raises `NoAnswer`."""
        return self._exchange("GET", f"/receipt?nonce={nonce}", None, nonce)

    def send(self, body: bytes) -> Signed:
        """Sends a batch, packed unless the hub did not understand that within the hour. Raises `NoAnswer`."""
        if len(body) >= WORTH and self._mono() >= self._plain_until:
            try:
                return self._post(pack(body), packed=True)
            except NotUnderstood:
                self._plain_until = self._mono() + PLAIN_SECONDS
        return self._post(body, packed=False)

    def _post(self, body: bytes, *, packed: bool) -> Signed:
        return self._exchange("POST", "/batches", body, batch_name(body), packed=packed)

    def _exchange(
        self, method: str, path: str, body: bytes | None, name: str, *, packed: bool = False
    ) -> Signed:
        headers = LEAN | ({"Content-Encoding": ENCODING} if packed else {})
        if body is not None:
            signature = base64.b64encode(self._device.sign(signed_message(body))).decode()
            headers |= {"Content-Type": "application/json", SIGNATURE_HEADER: signature}
        try:
            with self._session.request(
                method,
                self._base + path,
                data=body,
                headers=headers,
                timeout=(CONNECT_SECONDS, READ_SECONDS),
                stream=True,
                allow_redirects=False,
            ) as response:
                content = self._read(response)
                status, signed = response.status_code, response.headers.get(SIGNATURE_HEADER, "")
        except requests.Timeout as error:
            raise NoAnswer("the hub did not answer in time") from error
        except requests.RequestException as error:
            raise NoAnswer("the hub can't be reached") from error
        if packed and status in (400, 415):
            raise NotUnderstood("the hub does not take packed batches")
        if status not in (200, 409, 410, 422, 429) or not signed:
            raise NoAnswer(unsigned(status))
        try:
            receipt = read_receipt(content, signed, self._hub)
        except NotCanonical as error:
            raise NoAnswer(str(error)) from error
        if receipt.kiosk != self._kiosk or receipt.answers != name:
            raise NoAnswer("the answer belongs to another request")
        if receipt.answer is Answer.REVOKED:
            raise DeviceRevoked(f"the hub has revoked this kiosk's device ({receipt.why})")
        return Signed(receipt, content, signed)

    def _read(self, response: requests.Response) -> bytes:
        """The answer, bounded in size and in time, however slowly it drips."""
        until = self._mono() + ANSWER_SECONDS
        content = bytearray()
        for part in response.iter_content(4096):
            content += part
            if len(content) > MAX_RECEIPT:
                raise NoAnswer("the answer is too long for a receipt")
            if self._mono() > until:
                raise NoAnswer("the hub did not answer in time")
        return bytes(content)
