"""Attacks on the container of HC1 and its siblings: text, base45, zlib, CBOR, COSE."""

from __future__ import annotations

import gzip
import zlib
from functools import cache
from typing import Any

import base45
import cbor2

from tests.verification.attacks.case import UNREADABLE, Attack, attacks, malformed
from tests.verification.made import EC_KEY, colour, dcc_claims, hc1, kid_of, message, text

PAYLOAD = cbor2.dumps(dcc_claims())
KID = kid_of(EC_KEY)


@cache
def cose() -> bytes:
    return message(PAYLOAD)


def body() -> str:
    return hc1()[4:]


def packed(data: bytes) -> str:
    """Behind the prefix in base45, whatever it is."""
    return "HC1:" + base45.b45encode(data).decode()


def aligned(rest: int) -> str:
    """A body with so many digits beyond whole groups of three: 0 or 2."""
    padding = 0
    while True:
        made = hc1(dcc_claims() | {-1: "x" * padding})[4:]
        if len(made) % 3 == rest:
            return made
        padding += 1


def without_spaces() -> str:
    """As a scanner sends it that trims and joins words."""
    while " " not in (made := body()):
        pass
    return "HC1:" + made.replace(" ", "")


def raw(data: bytes, prefix: str = "HC1") -> str:
    return text(data, prefix)


def with_dictionary() -> bytes:
    packer = zlib.compressobj(zdict=b"MUSTER")
    return packer.compress(cose()) + packer.flush()


def parts(**changed: Any) -> str:
    """The four parts of a message, some replaced by something else."""
    protected, unprotected, payload, signature = cbor2.loads(cose()).value
    four = {"protected": protected, "unprotected": unprotected, "payload": payload, "signature": signature}
    return raw(cbor2.dumps(cbor2.CBORTag(18, list((four | changed).values()))))


def map_with_twins(pairs: list[tuple[Any, Any]]) -> bytes:
    return bytes((0xA0 | len(pairs),)) + b"".join(cbor2.dumps(key) + cbor2.dumps(one) for key, one in pairs)


def inside(tail: bytes, size: int = 1) -> str:
    """A signed payload of a map with one more claim, given as bytes."""
    return raw(message(bytes((PAYLOAD[0] + size,)) + PAYLOAD[1:] + tail))


NOT_CODES: list[Attack] = attacks(
    "prefix",
    {
        "HC1 without its prefix": ("NOT_A_HEALTH_CODE", body),
        "HC1 prefix in lower case": ("NOT_A_HEALTH_CODE", lambda: "hc1:" + body()),
        "HC1 prefix in full width": ("NOT_A_HEALTH_CODE", lambda: "ＨＣ１:" + body()),
        "HC1 behind a byte order mark": ("NOT_A_HEALTH_CODE", lambda: "\ufeff" + hc1()),
        "HC1 behind a space": ("NOT_A_HEALTH_CODE", lambda: " " + hc1()),
        "HC1 behind a zero-width space": ("NOT_A_HEALTH_CODE", lambda: "\u200b" + hc1()),
        "HC1 with a semicolon": ("NOT_A_HEALTH_CODE", lambda: "HC1;" + body()),
        "HC1 with Cyrillic letters": ("NOT_A_HEALTH_CODE", lambda: "НС1:" + body()),
        "HC1 in a link": ("NOT_A_HEALTH_CODE", lambda: "https://x.example/?c=" + hc1()),
        "HC2 around a good certificate": ("NOT_VERIFIABLE_OFFLINE", lambda: "HC2:" + body()),
        "HK1 without its colon": ("NOT_A_HEALTH_CODE", lambda: "HK1" + colour()[4:]),
        "HK2 around a good colour code": ("NOT_A_HEALTH_CODE", lambda: "HK2:" + colour()[4:]),
    },
)
TEXTS = malformed(
    "base45",
    {
        "prefix twice": lambda: "HC1:" + hc1(),
        "nothing after the prefix": lambda: "HC1:",
        "lower case": lambda: hc1().lower().replace("hc1:", "HC1:"),
        "line end of a keyboard scanner": lambda: hc1() + "\n",
        "carriage return in the middle": lambda: hc1()[:60] + "\r\n" + hc1()[60:],
        "spaces dropped by a scanner": without_spaces,
        "one digit left over": lambda: "HC1:" + aligned(0) + "0",
        "group above 65535": lambda: "HC1:" + ":::" + body()[3:],
        "last group above 255": lambda: "HC1:" + aligned(2)[:-2] + "::",
        "letter from outside the alphabet": lambda: hc1()[:40] + "é" + hc1()[41:],
        "full-width digit": lambda: hc1()[:40] + "１" + hc1()[41:],
        "NUL byte": lambda: hc1()[:40] + "\0" + hc1()[41:],
        "bytes that are no text": lambda: hc1().encode() + b"\xff\xfe",
        "plus for space as in a form": lambda: "HC1:" + body().replace(" ", "%20") + "%2",
        "64 KiB of digits": lambda: "HC1:" + "0" * 65_000,
        "more than is ever looked at": lambda: hc1() + "0" * 70_000,
        "base64 instead": lambda: "HC1:0oRDoQEmoA==",
        "colour code in lower case": lambda: "HK1:" + colour()[4:].lower(),
    },
)
STREAMS = malformed(
    "zlib",
    {
        "not compressed": lambda: packed(cose()),
        "raw deflate": lambda: packed(zlib.compress(cose(), wbits=-15)),
        "gzip": lambda: packed(gzip.compress(cose())),
        "stream cut short": lambda: packed(zlib.compress(cose())[:-6]),
        "checksum missing": lambda: packed(zlib.compress(cose())[:-4]),
        "checksum wrong": lambda: packed(zlib.compress(cose())[:-4] + b"\1\2\3\4"),
        "byte after the stream": lambda: packed(zlib.compress(cose()) + b"\0"),
        "second stream after the first": lambda: packed(zlib.compress(cose()) * 2),
        "empty stream": lambda: packed(zlib.compress(b"")),
        "preset dictionary": lambda: packed(with_dictionary()),
        "compressed twice": lambda: packed(zlib.compress(zlib.compress(cose()))),
        "bomb of 3 MB": lambda: packed(zlib.compress(bytes(3_000_000), 9)),
        "message padded beyond the cap": lambda: packed(zlib.compress(cose() + bytes(70_000), 9)),
        "bomb as a colour code": lambda: "HK1:" + packed(zlib.compress(bytes(3_000_000), 9))[4:],
    },
)
ITEMS = malformed(
    "CBOR",
    {
        "byte after the message": lambda: raw(cose() + b"\0"),
        "second message after the first": lambda: raw(cose() * 2),
        "message cut short": lambda: raw(cose()[:-1]),
        "longer length than needed": lambda: raw(b"\xd2\x98\x04" + cose()[2:]),
        "tag in a longer form": lambda: raw(b"\xd8\x12" + cose()[1:]),
        "message of indefinite length": lambda: raw(b"\xd2\x9f" + cose()[2:] + b"\xff"),
        "400 arrays deep": lambda: raw(b"\x81" * 400 + b"\0"),
        "60,000 arrays deep": lambda: raw(b"\x81" * 60_000),
        "400 tags deep": lambda: raw(b"\xd2" * 400 + cose()),
        "array of 4 thousand million": lambda: raw(b"\xd2\x9a\xff\xff\xff\xff"),
        "bytes of 2^63": lambda: raw(b"\xd2\x84\x5b\x7f" + b"\xff" * 7),
        "reserved length": lambda: raw(b"\xd2\x84\x5c"),
        "stop code alone": lambda: raw(b"\xff"),
    },
)
SIGNED = malformed(
    "CBOR",
    {
        "signed claims with one key twice": lambda: inside(cbor2.dumps(4) + cbor2.dumps(4_000_000_000)),
        "signed claims of indefinite length": lambda: raw(message(b"\xbf" + PAYLOAD[1:] + b"\xff")),
        "signed claims nested 400 deep": lambda: inside(b"\x20" + b"\x81" * 400 + b"\0"),
        "signed claims with bytes after them": lambda: raw(message(PAYLOAD + b"\xf6")),
        "signed claims with a big number tag": lambda: inside(b"\x20\xc2\x49" + b"\xff" * 9),
        "signed claims with a shared reference": lambda: inside(b"\x20\xd8\x1c\x81\xd8\x1d\0"),
        "signed claims with a text that is not UTF-8": lambda: inside(b"\x20\x62\xc3\x28"),
        "signed claims with a list as key": lambda: inside(b"\x81\x01\x01"),
        "signed claims with a float as key": lambda: inside(b"\xf9\x44\0\x01"),
        "signed claims as a list": lambda: raw(message(cbor2.dumps([1, 2]))),
        "signed nothing": lambda: raw(message(b"")),
        "signed JSON": lambda: raw(message(b'{"iss":"HK"}')),
    },
    UNREADABLE,
)
MESSAGES = malformed(
    "COSE",
    {
        "map instead of a message": lambda: raw(cbor2.dumps({1: cose()})),
        "three parts": lambda: raw(cbor2.dumps(cbor2.CBORTag(18, [b"", {}, b""]))),
        "five parts": lambda: raw(cbor2.dumps(cbor2.CBORTag(18, [b"", {}, PAYLOAD, bytes(64), b""]))),
        "payload elsewhere": lambda: parts(payload=None),
        "payload not in bytes": lambda: parts(payload=dcc_claims()),
        "payload as a text": lambda: parts(payload="x"),
        "protected header not in bytes": lambda: parts(protected={1: -7, 4: KID}),
        "protected header that is a list": lambda: parts(protected=cbor2.dumps([1, -7])),
        "protected header with a key twice": lambda: parts(
            protected=map_with_twins([(1, -7), (4, KID), (1, -8)])
        ),
        "protected header with bytes after it": lambda: parts(protected=cbor2.dumps({1: -7}) + b"\0"),
        "unprotected header that is a list": lambda: parts(unprotected=[]),
        "signature as a text": lambda: parts(signature="x" * 64),
        "signature left out": lambda: parts(signature=None),
        "list of signatures": lambda: parts(signature=[bytes(64)]),
        "critical parameter, signed": lambda: hc1(protected={1: -7, 4: KID, 2: [1]}),
        "critical parameter, not signed": lambda: hc1(unprotected={2: [99]}),
        "tagged 18 twice": lambda: hc1(tags=(18, 18)),
        "tagged 61 alone": lambda: hc1(tags=(61,)),
        "tagged 18 around 61": lambda: hc1(tags=(18, 61)),
        "tagged as several signatures": lambda: hc1(tags=(98,)),
        "tagged as a MAC": lambda: hc1(tags=(17,)),
        "tagged as encrypted": lambda: hc1(tags=(16,)),
        "tagged as self-described CBOR": lambda: hc1(tags=(55799, 18)),
        "colour code tagged as a MAC": lambda: colour(tags=(17,)),
        "colour code with a critical parameter": lambda: colour(protected={1: -7, 4: KID, 2: [1]}),
    },
)
ATTACKS = [*NOT_CODES, *TEXTS, *STREAMS, *ITEMS, *SIGNED, *MESSAGES]
