"""How kiosk and hub, who never met, learn that nobody stands between them: one code on both screens.

The kiosk commits itself to a secret number before the hub names its own, and tells it afterwards. Whoever
stands between them has to choose before he knows what either side will show, and has
one guess in 2^40. The bytes are in docs/protocol.md.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from sync.batch import KIOSK
from sync.canonical import NotCanonical, canonical_json, read_json_object

REQUEST = b"checkpoint-kiosk/enrolment-request/v1\n"
COMMITMENT = b"checkpoint-kiosk/enrolment-commitment/v1\n"
OFFER = b"checkpoint-kiosk/enrolment-offer/v1\n"
CODE = b"checkpoint-kiosk/enrolment-code/v1\n"
DESK = "desk"
"""The `kind` of a desk. A lane names none."""
NONCE_BYTES = 32
MAX_REQUEST = 4096
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without the letters that are taken for others: I, L, O, U."""
_HEX = re.compile("[0-9a-f]{64}")
_VERSION = re.compile(r"[0-9A-Za-z.+-]{1,32}")


@dataclass(frozen=True, slots=True)
class EnrolmentAsked:
    """What a kiosk asks to be enrolled as, and with which keys."""

    kiosk: str
    station: str
    version: str
    device: bytes
    """Raw Ed25519 public key."""
    seal: bytes
    """Raw X25519 public key."""
    commitment: bytes
    desk: bool = False
    """Whether it is no lane but a desk of the station."""

    def body(self) -> bytes:
        """The bytes that are sent, and signed with the device key."""
        return canonical_json(
            {
                "kiosk": self.kiosk,
                "station": self.station,
                "version": self.version,
                "device": self.device.hex(),
                "seal": self.seal.hex(),
                "commitment": self.commitment.hex(),
            }
            | ({"kind": DESK} if self.desk else {})
        )


@dataclass(frozen=True, slots=True)
class Codes:
    """What people compare."""

    code: str
    """Shown by the kiosk, typed at the hub: eight characters."""
    reply: str
    """Shown by the hub once it approved, typed at the kiosk: four characters."""


def commitment(nonce: bytes) -> bytes:
    """What the kiosk says of its number before it tells it."""
    return hashlib.sha256(COMMITMENT + nonce).digest()


def codes(request: bytes, hub: bytes, hub_nonce: bytes, kiosk_nonce: bytes) -> Codes:
    """Both codes, made of everything both sides said. `hub` is the hub's raw public key."""
    asked = hashlib.sha256(request).digest()
    number = int.from_bytes(hashlib.sha256(CODE + asked + hub + hub_nonce + kiosk_nonce).digest()[:8], "big")
    letters = "".join(ALPHABET[(number >> shift) & 31] for shift in range(59, 0, -5))
    return Codes(f"{letters[:4]}-{letters[4:8]}", letters[8:12])


def as_typed(text: str) -> str:
    """A code as somebody typed it, in the one way it is compared."""
    plain = text.strip().upper().translate(str.maketrans("OIL", "011", "- "))
    return f"{plain[:4]}-{plain[4:]}" if len(plain) == 8 else plain


def read_request(body: bytes) -> EnrolmentAsked:
    """Raises `NotCanonical`."""
    table = read_json_object(body)
    kind = table.pop("kind", "")
    texts = {
        name: table.get(name) for name in ("kiosk", "station", "version", "device", "seal", "commitment")
    }
    if len(table) != len(texts) or not all(isinstance(text, str) for text in texts.values()):
        raise NotCanonical("a request has kiosk, station, version, device, seal and commitment")
    if kind not in ("", DESK):
        raise NotCanonical("a request is a lane's, or its kind is desk")
    kiosk, station, version = (str(texts[name]) for name in ("kiosk", "station", "version"))
    if not KIOSK.fullmatch(kiosk) or not KIOSK.fullmatch(station) or not _VERSION.fullmatch(version):
        raise NotCanonical("a name has letters, digits, - and _, at most 32")
    keys = [str(texts[name]) for name in ("device", "seal", "commitment")]
    if not all(_HEX.fullmatch(key) for key in keys):
        raise NotCanonical("a key has 64 hexadecimal digits")
    device, seal, commitment_ = (bytes.fromhex(key) for key in keys)
    return EnrolmentAsked(kiosk, station, version, device, seal, commitment_, kind == DESK)


def read_offer(body: bytes) -> tuple[str, bytes, bytes]:
    """The hub's answer: the request's name, the hub's public key and its number. Raises `NotCanonical`."""
    table = read_json_object(body)
    name, hub, nonce = table.get("id"), table.get("hub"), table.get("nonce")
    if not isinstance(name, str) or not re.fullmatch("[0-9a-f]{32}", name):
        raise NotCanonical("the offer has no name")
    if not all(isinstance(text, str) and _HEX.fullmatch(text) for text in (hub, nonce)):
        raise NotCanonical("the offer lacks the hub's key or its number")
    return name, bytes.fromhex(str(hub)), bytes.fromhex(str(nonce))


def offer_message(request: bytes, body: bytes) -> bytes:
    """What the hub signs."""
    return OFFER + hashlib.sha256(request).digest() + body
