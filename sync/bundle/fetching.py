"""Brings one file that is known by its SHA-256: what came of it before is not fetched again."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

from sync.bundle.refused import Refused, Why
from sync.bundle.source import Source
from sync.bundle.store import Store

_PIECES = 512 * 1024
"""What came is put aside in pieces of about this size."""
_SHA256 = re.compile(r"[0-9a-f]{64}")
Check = Callable[[bytes], bool]


def fetch(store: Store, source: Source, path: str, name: str, most: int, check: Check | None = None) -> bytes:
    """The file whose SHA-256 is `name`, or that `check` says is the right one; at most `most` bytes.

    It goes on where an earlier try broke off. What does not come out right is thrown away and fetched once
    more from the start, as the beginning may have been damaged here. Raises `Refused`; what has come so far
    then waits for the next try, unless it was wrong.
    """
    if not _SHA256.fullmatch(name):
        raise Refused(Why.UNFIT, f"{path} is known by something that is no SHA-256")
    right = check or (lambda data: hashlib.sha256(data).hexdigest() == name)
    begun = store.partial(name)
    if begun:
        data = _go_on(store, source, path, name, most, begun)
        if data is not None and right(data):
            store.drop_partial(name)
            return data
        store.drop_partial(name)
    data = _receive(store, source, path, name, most, b"")
    store.drop_partial(name)
    if not right(data):
        raise Refused(Why.DAMAGED, f"{path}: the bytes are not those that were published")
    return data


def _go_on(store: Store, source: Source, path: str, name: str, most: int, begun: bytes) -> bytes | None:
    try:
        return _receive(store, source, path, name, most, begun)
    except Refused as refused:
        if refused.why in (Why.DAMAGED, Why.OVERSIZED):
            return None
        raise


def _receive(store: Store, source: Source, path: str, name: str, most: int, begun: bytes) -> bytes:
    data, fresh = bytearray(begun), bytearray()
    try:
        if len(data) < most or not begun:
            for piece in source.pieces(path, len(begun)):
                data += piece
                if len(data) > most:
                    fresh.clear()
                    store.drop_partial(name)
                    raise Refused(
                        Why.OVERSIZED, f"{path} is larger than the {most} bytes that were published"
                    )
                fresh += piece
                if len(fresh) >= _PIECES:
                    store.add_partial(name, bytes(fresh))
                    fresh.clear()
    except Refused:
        if fresh:
            store.add_partial(name, bytes(fresh))
        raise
    return bytes(data)
