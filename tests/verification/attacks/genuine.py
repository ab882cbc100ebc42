"""The codes of the formats that are made elsewhere, as this table's lane would admit them."""

from __future__ import annotations

from typing import Any

import cbor2

from tests.verification import made_divoc
from tests.verification.formats.test_national_contexts import EXEMPTION, LIGHT
from tests.verification.made import dcc, dcc_claims, message, text

AUSTRIA = {1: -7, 4: b"austria!"}
SWITZERLAND = {1: -7, 4: b"swiss-ch"}


def exemption(entry: dict[str, Any] | None = None, prefix: str = "AT1", **claims: Any) -> str:
    """An Austrian exemption; `entry` replaces parts of it."""
    body = dcc(v=None, ve=[EXEMPTION | (entry or {})], ver="AT-1.0.0")
    made = dcc_claims(body, **({"iss": "AT"} | claims))
    return text(message(cbor2.dumps(made), protected=AUSTRIA), prefix)


def light(prefix: str = "LT1", more: dict[int, Any] | None = None, **claims: Any) -> str:
    """A Swiss light certificate, which names no end."""
    made = dcc_claims(**({"iss": "CH BAG", "exp": None} | claims))
    del made[-260]
    made[-250] = LIGHT
    return text(message(cbor2.dumps(made | (more or {})), protected=SWITZERLAND), prefix)


DIVOC_DOCUMENT = made_divoc.CERTIFICATE | {"expirationDate": "2023-03-01T10:00:00.000Z"}


def zipped(document: dict[str, Any] | None = None, **parts: Any) -> bytes:
    """A DIVOC certificate with an end, signed."""
    return made_divoc.code(made_divoc.signed(DIVOC_DOCUMENT if document is None else document, **parts))
