"""What could grow most: bombs, deep nests, many small things, at the most bytes that are looked at."""

from __future__ import annotations

import zlib

import base45

from tests.fuzz.layers import HCERT
from tests.verification.made_cards import b64, deflated, digits, jws
from tests.verification.made_divoc import archive

_ZEROS = bytes(40_000_000)
_LISTS = b"[]," * 43_000 + b"0]"


def hungry(name: str) -> dict[str, bytes]:
    """Codes of a format by what is too much in them."""
    if name in HCERT:
        return {what: _hcert(name, data) for what, data in _packed().items()} | {
            "long": name.encode() + b":" + b"0" * 65_532
        }
    if name == "SHC":
        head, _, tail = jws().split(".")
        contents = {"bomb": _ZEROS, "many": b'{"iss":"https://x.example","x":[' + _LISTS + b"}"}
        made = {what: f"{head}.{b64(deflated(data))}.{tail}" for what, data in contents.items()}
        return {what: b"shc:/" + digits(text).encode() for what, text in made.items()} | {
            "long": b"shc:/" + b"56" * 32_000
        }
    return {
        "NZCP": {"long": b"NZCP:/1/" + b"A" * 65_000, "long in a small way": b"NZCP:/1/" + b"A" * 8_000},
        "VDSNC": {
            "many": b'{"icao.vacc":[' + b"[]," * 2_600 + b"0]}",
            "long": b'{"icao.vacc":[' + b"[" * 65_000,
        },
        "DIVOC": {
            "bomb": archive(_ZEROS),
            "many": archive(b"[" + b"[]," * 5_000 + b"0]"),
            "long": b"B64:" + b"A" * 65_000,
        },
    }[name]


def _packed() -> dict[str, bytes]:
    """Under zlib: what inflates, what nests, what is many."""
    return {
        "bomb": zlib.compress(_ZEROS, 9),
        "deep": zlib.compress(b"\x81" * 60_000, 9),
        "many": zlib.compress(b"\x99\xfd\xe8" + b"\x80" * 65_000, 9),
    }


def _hcert(name: str, data: bytes) -> bytes:
    return name.encode() + b":" + base45.b45encode(data)
