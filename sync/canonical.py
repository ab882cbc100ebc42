"""The exact bytes that are hashed and signed, so that a stranger can check them (docs/protocol.md)."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

PAYLOAD = b"checkpoint-kiosk/payload/v1\n"
LINK = b"checkpoint-kiosk/link/v1\n"
GENESIS = b"checkpoint-kiosk/genesis/v1\n"
CHECKPOINT = b"checkpoint-kiosk/checkpoint/v1\n"
SEGMENT = b"checkpoint-kiosk/segment/v1\n"
BATCH = b"checkpoint-kiosk/batch/v1\n"
RECEIPT = b"checkpoint-kiosk/receipt/v1\n"
EXPORT = b"checkpoint-kiosk/export/v2\n"
COMMISSIONING = b"checkpoint-kiosk/commissioning/v1\n"
"""What a hash or a signature is for: the first bytes of everything hashed or signed."""

_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
UTC_TEXT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")


class NotCanonical(Exception):
    """Bytes that are not what they should be. `str()` is one sentence."""


def canonical_json(value: object) -> bytes:
    """JSON with sorted keys, no spaces, in UTF-8. Raises ValueError for numbers JSON does not know."""
    return _ENCODER.encode(value).encode("utf-8", errors="replace")


def read_json_object(data: bytes | str) -> dict[str, object]:
    """A JSON object from someone else: no key twice, no NaN, nothing after it.

    Raises `NotCanonical`.
    """
    try:
        text = data if isinstance(data, str) else data.decode(json.detect_encoding(data), "surrogatepass")
        value = _DECODER.decode(text)
    except (ValueError, RecursionError) as error:
        raise NotCanonical(f"it is not JSON ({type(error).__name__})") from error
    if not isinstance(value, dict):
        raise NotCanonical("it is not a JSON object")
    return value


def utc_text(at: datetime) -> str:
    """The one way a time is written: `2026-11-23T03:35:42.123456Z`, 27 characters, sortable as text."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def utc_time(text: str) -> datetime:
    """The time of such a text. Raises `NotCanonical`."""
    if not UTC_TEXT.fullmatch(text):
        raise NotCanonical(f"{text[:40]!r} is not a time in UTC with microseconds")
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    except ValueError as error:
        raise NotCanonical(f"{text!r} is not a time of the calendar") from error


def _no_key_twice(pairs: list[tuple[str, object]]) -> dict[str, object]:
    table = dict(pairs)
    if len(table) != len(pairs):
        raise ValueError("a key stands twice")
    return table


def _no_constant(constant: str) -> object:
    raise ValueError(f"{constant} is not a number of JSON")


_DECODER = json.JSONDecoder(object_pairs_hook=_no_key_twice, parse_constant=_no_constant)
