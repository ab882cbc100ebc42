"""The kiosk's side of an enrolment: asks, shows a code, waits, and believes the hub when it is sure of it.

A person types the kiosk's code at the hub: so the hub knows the kiosk. The kiosk knows the hub by the
characters that are carried back from the hub's screen; or by itself, where it was given the station's own
authority, and TLS with it leaves nobody in between. Over any other way an approval proves nothing: whoever
stands between can say it too.
"""

from __future__ import annotations

import base64
import binascii
import secrets
from dataclasses import dataclass

import requests

from sync.batch import SIGNATURE_HEADER
from sync.canonical import NotCanonical
from sync.device_key import DeviceKey
from sync.enrolment import (
    NONCE_BYTES,
    REQUEST,
    Codes,
    EnrolmentAsked,
    codes,
    commitment,
    offer_message,
    read_offer,
)
from sync.exchange import Exchange
from sync.line import NoAnswer
from sync.sealing import SealPublicKey
from sync.session import CONNECT_SECONDS, READ_SECONDS, meets_its_hub
from sync.signing import PublicKey
from sync.weak_keys import is_weak

MAX_OFFER = 4096
PROVED = "proved"
SENTENCES = {
    403: "the hub does not take this kiosk's keys: make new ones",
    429: "too many kiosks wait at the hub: have somebody decide on those first",
}


@dataclass(frozen=True, slots=True)
class Begun:
    """An enrolment that waits for a person at the hub."""

    hub: PublicKey
    """The key that the hub says is its own. Not to be believed before `PROVED`, or the reply was typed."""
    codes: Codes
    line: Exchange
    meets_hub: bool
    """Whether TLS shows, by the station's own authority, that nobody stands between."""

    def state(self) -> str:
        """`waiting`, `approved`, `proved`, `refused` or `gone`. Raises `NoAnswer`.

        `approved`: somebody who answers here says so; a person has to type what the hub's screen shows.
        `PROVED`: it is the station's hub that says so, and it says it of the code that this kiosk shows.
        """
        reply = self.line.ask("GET", "")
        state = str(reply.table.get("state", "gone")) if reply.status == 200 else "gone"
        if state not in ("asked", "waiting", "approved", "refused"):
            return "gone"
        sure = self.meets_hub and reply.table.get("reply") == self.codes.reply
        return PROVED if state == "approved" and sure else state


def begin(
    url: str,
    kiosk: str,
    station: str,
    version: str,
    device: DeviceKey,
    seal: SealPublicKey,
    session: requests.Session,
    *,
    desk: bool = False,
) -> Begun:
    """Asks the hub, and gives what both sides can now compute. Raises `NoAnswer`."""
    number = secrets.token_bytes(NONCE_BYTES)
    asked = EnrolmentAsked(kiosk, station, version, device.public.raw, seal.raw, commitment(number), desk)
    body = asked.body()
    offer, signature = _post(url.rstrip("/"), body, device, session)
    try:
        name, raw, nonce = read_offer(offer)
        signed = base64.b64decode(signature, validate=True)
    except (NotCanonical, binascii.Error) as error:
        raise NoAnswer(f"the hub's offer can't be read ({error})") from error
    hub = PublicKey(raw)
    if is_weak(raw) or raw == device.public.raw or not hub.verifies(signed, offer_message(body, offer)):
        raise NoAnswer("the hub's offer was not signed with the key it names")
    line = Exchange(url, name, device, hub, session, root="/v1/enrolments/")
    reply = line.ask("POST", "/nonce", {"nonce": number.hex()})
    if reply.status != 200 or reply.table.get("state") != "waiting":
        raise NoAnswer("the hub did not take this kiosk's number: begin again")
    return Begun(hub, codes(body, raw, nonce, number), line, meets_its_hub(session, url))


def _post(url: str, body: bytes, device: DeviceKey, session: requests.Session) -> tuple[bytes, str]:
    headers = {
        "Content-Type": "application/json",
        SIGNATURE_HEADER: base64.b64encode(device.sign(REQUEST + body)).decode(),
    }
    try:
        with session.post(
            f"{url}/v1/enrolments",
            data=body,
            headers=headers,
            timeout=(CONNECT_SECONDS, READ_SECONDS),
            stream=True,
            allow_redirects=False,
        ) as response:
            offer = b""
            for part in response.iter_content(MAX_OFFER):
                offer += part
                if len(offer) > MAX_OFFER:
                    raise NoAnswer("the hub's offer is too long")
            status, signature = response.status_code, response.headers.get(SIGNATURE_HEADER, "")
    except requests.Timeout as error:
        raise NoAnswer("the hub did not answer in time") from error
    except requests.RequestException as error:
        raise NoAnswer("the hub can't be reached") from error
    if status != 201:
        raise NoAnswer(SENTENCES.get(status, f"the hub answered with HTTP status {status}"))
    return offer, signature
