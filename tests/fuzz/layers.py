"""Every layer of every format as bytes that can be bent: the whole text, what is in it, what is signed."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import base45
import cbor2
import rfc8785

from tests.verification import made_divoc
from tests.verification.attacks.case import LANE
from tests.verification.attacks.genuine import AUSTRIA, DIVOC_DOCUMENT, SWITZERLAND, exemption, light
from tests.verification.made import EC_KEY, colour, dcc_claims, hc1, kid_of, message, raw_sign, text
from tests.verification.made_cards import b64, card_claims, deflated, digits, jws, nz_pass, nz_text
from tests.verification.made_seals import SEAL_KEY, seal, seal_certificate, sign, url, vaccination
from verification.encodings.malformed import Malformed
from verification.formats.credential import Unverifiable

Code = bytes


@dataclass(frozen=True)
class Layer:
    """One layer of one format. `code(seed)` is a genuine code; `code(bent)` is none, unless signed anew."""

    format: str
    name: str
    seed: bytes
    code: Callable[[bytes], Code]
    signed_anew: bool = False
    """The issuer itself signs what was bent: it may be believed, and must only be read or refused."""


HEADERS = {"LT1": SWITZERLAND, "AT1": AUSTRIA}
HCERT: dict[str, Callable[[], str]] = {
    "HC1": hc1,
    "NO1": lambda: text(message(cbor2.dumps(dcc_claims())), "NO1"),
    "HK1": colour,
    "LT1": light,
    "AT1": exemption,
}
"""One colour code stands for all eight: they differ in their prefix and in the claims that are asked for."""
OTHERS = ("SHC", "NZCP", "VDSNC", "DIVOC")
FORMATS = (*HCERT, *OTHERS)


@cache
def layers(name: str) -> tuple[Layer, ...]:
    """The layers of a format, the outermost first."""
    if name in HCERT:
        return _hcert(name)
    return {"SHC": _card, "NZCP": _pass, "VDSNC": _seal, "DIVOC": _divoc}[name]()


@cache
def genuine_content(name: str) -> bytes:
    """What is signed in the format's genuine code: nothing else may be believed."""
    first = layers(name)[0]
    checked = LANE.check(first.code(first.seed))
    assert checked.identity is not None, checked.reasons
    return checked.identity.signed.partition(b"\0")[2]


def _message(place: int, seed: bytes, pack: Callable[[bytes], Code], data: bytes) -> Code:
    """The genuine message with another protected header (0), payload (2) or signature (3)."""
    parts = list(cbor2.loads(seed).value)
    parts[place] = data
    return pack(cbor2.dumps(cbor2.CBORTag(18, parts)))


def _cose(name: str, seed: bytes, pack: Callable[[bytes], Code], header: dict[int, Any]) -> list[Layer]:
    protected, _, payload, signature = cbor2.loads(seed).value
    inner = {"header": (0, protected), "payload": (2, payload), "signature": (3, signature)}
    return [
        Layer(name, "message", seed, pack),
        *(
            Layer(name, part, data, partial(_message, place, seed, pack))
            for part, (place, data) in inner.items()
        ),
        Layer(
            name,
            "signed payload",
            payload,
            lambda data: pack(message(data, protected=header)),
            signed_anew=True,
        ),
    ]


def _hcert(name: str) -> tuple[Layer, ...]:
    whole = HCERT[name]().encode()
    stream = base45.b45decode(whole[4:])

    def pack(data: bytes) -> Code:
        return name.encode() + b":" + base45.b45encode(zlib.compress(data))

    return (
        Layer(name, "text", whole, bytes),
        Layer(name, "stream", stream, lambda data: name.encode() + b":" + base45.b45encode(data)),
        *_cose(name, zlib.decompress(stream), pack, HEADERS.get(name, {1: -7, 4: kid_of(EC_KEY)})),
    )


def _digits(compact: str) -> Code:
    return b"shc:/" + digits("".join(chr(45 + (ord(one) - 45) % 100) for one in compact)).encode()


def _card() -> tuple[Layer, ...]:
    whole = jws()
    header, payload, signature = whole.split(".")
    content = json.dumps(card_claims(), separators=(",", ":")).encode()
    return (
        Layer("SHC", "text", b"shc:/" + digits(whole).encode(), bytes),
        Layer("SHC", "JWS", whole.encode(), lambda data: _digits(data.decode("latin-1"))),
        Layer("SHC", "header", _unb64(header), lambda data: _digits(f"{b64(data)}.{payload}.{signature}")),
        Layer("SHC", "stream", _unb64(payload), lambda data: _digits(f"{header}.{b64(data)}.{signature}")),
        Layer("SHC", "JSON", content, lambda data: _digits(f"{header}.{b64(deflated(data))}.{signature}")),
        Layer("SHC", "signature", _unb64(signature), lambda data: _digits(f"{header}.{payload}.{b64(data)}")),
        Layer("SHC", "signed JSON", content, lambda data: _digits(jws(data)), signed_anew=True),
        Layer(
            "SHC", "signed stream", _unb64(payload), lambda data: _digits(jws(packed=data)), signed_anew=True
        ),
    )


def _unb64(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "==")


def _pass() -> tuple[Layer, ...]:
    whole = nz_pass().encode()
    body = whole[8:]
    seed = base64.b32decode(body + b"=" * (-len(body) % 8))
    return (
        Layer("NZCP", "text", whole, bytes),
        *_cose("NZCP", seed, lambda data: nz_text(data).encode(), {4: b"key-1", 1: -7}),
    )


def _seal() -> tuple[Layer, ...]:
    certificate, data = seal_certificate(), vaccination()
    whole = seal(data, certificate=certificate)
    sig = json.loads(whole)["sig"]
    content = json.dumps(data).encode()

    def around(inside: bytes, **changed: str) -> Code:
        return b'{"data":' + inside + b',"sig":' + json.dumps(sig | changed).encode() + b"}"

    def anew(inside: bytes) -> Code:
        """Signed again where it has a canonical form at all."""
        try:
            canonical = rfc8785.dumps(json.loads(inside))
        except (ValueError, RecursionError):
            return around(inside)
        return around(inside, sigvl=url(raw_sign(SEAL_KEY, canonical)))

    return (
        Layer("VDSNC", "text", whole.encode(), bytes),
        Layer("VDSNC", "JSON", content, around),
        Layer("VDSNC", "certificate", certificate, lambda one: around(content, cer=url(one))),
        Layer("VDSNC", "signature", sign(data), lambda one: around(content, sigvl=url(one))),
        Layer("VDSNC", "signed JSON", content, anew, signed_anew=True),
    )


def _divoc() -> tuple[Layer, ...]:
    document = made_divoc.signed(DIVOC_DOCUMENT)
    content = json.dumps(document).encode()

    def proof(data: bytes) -> Code:
        inside = data.decode("latin-1")
        return made_divoc.archive(json.dumps(document | {"proof": document["proof"] | {"jws": inside}}))

    def anew(data: bytes) -> Code:
        """Signed again where it has a meaning at all."""
        try:
            made = made_divoc.signed(json.loads(data))
        except (ValueError, RecursionError, TypeError, AttributeError, Malformed, Unverifiable):
            return made_divoc.archive(data)
        return made_divoc.archive(json.dumps(made))

    plain = json.dumps(DIVOC_DOCUMENT).encode()
    return (
        Layer("DIVOC", "archive", made_divoc.archive(content), bytes),
        Layer("DIVOC", "text", made_divoc.as_text(made_divoc.archive(content)), bytes),
        Layer("DIVOC", "JSON-LD", content, made_divoc.archive),
        Layer("DIVOC", "proof", document["proof"]["jws"].encode(), proof),
        Layer("DIVOC", "signed JSON-LD", plain, anew, signed_anew=True),
    )
