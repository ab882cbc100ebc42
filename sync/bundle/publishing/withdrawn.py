"""What a publisher withdraws, read from files: JSON lines, or a station's signed list."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes

from sync.bundle.publishing.refused import NotPublished
from sync.bundle.publishing.tree import read_bounded
from verification.revocation.hashes import HASH_BYTES
from verification.revocation.index.batches import Batch
from verification.revocation.index.keys import Scope, expiry_week, status_hash, status_scope, to_moment
from verification.revocation.station_list import UNKNOWN_KID, load_revocation_list
from verification.signed_lists import MAX_BYTES, ListRejected, from_base64, parse, to_time

LINES = ".jsonl"
LONGEST_LINE = 4096
_AT_ONCE = 1 << 16
_WEEK_US = 7 * 24 * 3600 * 1_000_000
_MEMBERS = {"kid", "type", "hash", "expires", "before"}


def read_withdrawn(files: Sequence[Path], keys: Sequence[PublicKeyTypes]) -> Iterator[Batch]:
    """Everything in the files, some thousands of hashes at a time. Raises `NotPublished`.

    A line is `{"kid": base64 or UNKNOWN_KID, "type": "UCI", "hash": base64 of 16 bytes, "expires": time,
    "before": time}`, the last two where they apply. A station's list must be signed by one of `keys`.
    """
    for file in files:
        yield from _lines(file) if file.suffix == LINES else _station_list(file, keys)


def _lines(file: Path) -> Iterator[Batch]:
    waiting: dict[tuple[Scope, datetime | None, datetime | None], list[bytes]] = {}
    number, held = 0, 0
    try:
        with file.open("rb") as stream:
            while line := stream.readline(LONGEST_LINE + 1):
                number += 1
                if not line.strip():
                    continue
                try:
                    place, digest = _entry(line)
                except (ListRejected, ValueError) as error:
                    raise NotPublished(f"{file}, line {number}: {error}.") from error
                hashes = waiting.setdefault(place, [])
                hashes.append(digest)
                held += 1
                if held == _AT_ONCE:
                    for place, hashes in waiting.items():
                        yield Batch(place[0], hashes, *place[1:])
                    waiting.clear()
                    held = 0
    except OSError as error:
        raise NotPublished(f"{file}: {error.strerror}: name a file that can be read.") from error
    for place, hashes in waiting.items():
        yield Batch(place[0], hashes, *place[1:])


def _entry(line: bytes) -> tuple[tuple[Scope, datetime | None, datetime | None], bytes]:
    if len(line) > LONGEST_LINE:
        raise ListRejected(f"the line is longer than {LONGEST_LINE} bytes")
    document = json.loads(line)
    if not isinstance(document, dict) or not {"kid", "type", "hash"} <= set(document) <= _MEMBERS:
        raise ListRejected('{"kid": ..., "type": ..., "hash": ...} is expected, and expires or before')
    scope = _scope(document)
    try:
        digest = base64.b64decode(document["hash"], validate=True)
    except (binascii.Error, TypeError) as error:
        raise ListRejected("hash is not base64") from error
    if len(digest) != HASH_BYTES:
        raise ListRejected(f"the hash is not {HASH_BYTES} bytes long")
    expires = before = None
    if "expires" in document:  # what ends in one week belongs together, whatever the hour
        expires = to_moment(expiry_week(to_time(document["expires"])) * _WEEK_US)
    if "before" in document:
        before = to_time(document["before"])
    return (scope, expires, before), digest


def _station_list(file: Path, keys: Sequence[PublicKeyTypes]) -> Iterator[Batch]:
    data = read_bounded(file, MAX_BYTES)
    try:
        load_revocation_list(data, *keys)
        document = parse(data)
    except ListRejected as error:
        raise NotPublished(f"{file}: {error}; files of JSON lines are called {LINES}.") from error
    for row in document.get("entries", []):
        before = to_time(row["before"]) if "before" in row else None
        yield Batch(_scope(row), [from_base64(text) for text in row["hashes"]], None, before)
    for row in document.get("status", []):
        hashes = [digest for index in row["revoked"] if (digest := status_hash(index)) is not None]
        yield Batch(status_scope(row["issuer"]), hashes)


def _scope(row: dict[str, Any]) -> Scope:
    kid, kind = row["kid"], row["type"]
    if not isinstance(kid, str):
        raise ListRejected("kid is not base64")
    return _scope_of(kid, str(kind))


@lru_cache(4096)
def _scope_of(kid: str, kind: str) -> Scope:
    scope = Scope(None if kid == UNKNOWN_KID else from_base64(kid), kind)
    if not scope.known:
        raise ListRejected(f"{scope.type[:40]} is no type of hash that is known here")
    return scope
