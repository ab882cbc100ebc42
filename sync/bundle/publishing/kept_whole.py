"""Everything that is withdrawn at one state of an index, whole in a file: the next state is told from it.

Eight bytes with the length of a JSON object, the object (padded to a multiple of eight), what
`write_columns` writes of its scopes in order, and the SHA-256 of all before.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sync.bundle.publishing.refused import NotPublished
from verification.revocation.index.batches import Gathered, Timed
from verification.revocation.index.disk import ASIDE, Disk
from verification.revocation.index.keys import Scope
from verification.revocation.index.sorting import map_columns, write_columns

_CHUNK = 1 << 20
_ROW, _SUM = 18, 32


def save(disk: Disk, file: Path, live: Gathered) -> None:
    """Writes a state, aside and then in place. Raises OSError."""
    named = {
        "scopes": [[_written(scope), len(entries)] for scope, entries in live.entries.items()],
        "timed": [[_written(one.scope), one.digest.hex(), one.week, one.before] for one in live.timed],
        "gone": sorted([_written(scope), digest.hex()] for scope, digest in live.exceptions),
    }
    head = json.dumps(named).encode()
    head += b" " * (-len(head) % 8)
    aside = file.with_name(file.name + ASIDE)
    with _written_through(disk, aside) as stream:
        stream.write(len(head).to_bytes(8, "little") + head)
        write_columns(stream.write, live.entries.values())
        stream.finish()
    disk.rename(aside, file)


def load(file: Path) -> Gathered | None:
    """A state as it was saved, mapped; None where there is none. Raises `NotPublished` for a damaged one."""
    if not file.exists():
        return None
    try:
        named, start = _head(file)
        scopes = [(_read(text), int(count)) for text, count in named["scopes"]]
        rows = sum(count for _, count in scopes)
        if file.stat().st_size != start + _ROW * rows + _SUM:
            raise ValueError("the file is cut short")
        columns = map_columns(file, [count for _, count in scopes], start)
        entries = dict(zip([scope for scope, _ in scopes], columns, strict=True))
        timed = [
            Timed(_read(scope), bytes.fromhex(digest), week, before)
            for scope, digest, week, before in named["timed"]
        ]
        gone = frozenset((_read(scope), bytes.fromhex(digest)) for scope, digest in named["gone"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotPublished(f"{file} is damaged: remove it; the next list begins with a new base.") from error
    return Gathered(entries, tuple(timed), gone)


def _head(file: Path) -> tuple[dict[str, Any], int]:
    """What stands before the columns, and where they begin, once the whole file was read and is sound."""
    digest, size = hashlib.sha256(), file.stat().st_size
    with file.open("rb") as stream:
        length = int.from_bytes(stream.read(8), "little")
        if 8 + length + _SUM > size:
            raise ValueError("the file is cut short")
        head = stream.read(length)
        digest.update(length.to_bytes(8, "little") + head)
        left = size - 8 - length - _SUM
        while left:
            piece = stream.read(min(left, _CHUNK))
            if not piece:
                raise ValueError("the file is cut short")
            digest.update(piece)
            left -= len(piece)
        if stream.read() != digest.digest():
            raise ValueError("the sum does not hold")
    return json.loads(head), 8 + length


class _Summing:
    """A file on its way to the disk, with the sum of what was written."""

    def __init__(self, disk: Disk, descriptor: int) -> None:
        self._disk, self._descriptor = disk, descriptor
        self._digest = hashlib.sha256()

    def write(self, data: bytes) -> None:
        self._digest.update(data)
        self._put(data)

    def finish(self) -> None:
        self._put(self._digest.digest())
        self._disk.sync(self._descriptor)

    def _put(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            rest = rest[self._disk.write(self._descriptor, rest[:_CHUNK]) :]


@contextmanager
def _written_through(disk: Disk, file: Path) -> Iterator[_Summing]:
    descriptor = disk.create(file)
    try:
        yield _Summing(disk, descriptor)
    finally:
        os.close(descriptor)


def _written(scope: Scope) -> str:
    return f"{scope.type} {'' if scope.kid is None else base64.b64encode(scope.kid).decode()}"


def _read(text: object) -> Scope:
    kind, _, kid = str(text).partition(" ")
    return Scope(base64.b64decode(kid) if kid else None, kind)
