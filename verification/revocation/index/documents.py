"""The two signed documents of an index: a base names its parts, a delta names its records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes

from verification.revocation.index.fields import (
    Covers,
    count,
    digest,
    name_of,
    read_covers,
    read_scopes,
    rows,
    written_scope,
)
from verification.revocation.index.keys import MAX_BITS, Scope, week_of
from verification.revocation.index.layout import Place, places, section_count
from verification.revocation.index.unusable import IndexUnusable
from verification.signed_lists import SigningKey, open_signed, sign, to_time

BASE_TYPE = "checkpoint-kiosk/revocation-base/v1"
DELTA_TYPE = "checkpoint-kiosk/revocation-delta/v1"


@dataclass(frozen=True, slots=True)
class Stated:
    """What every document says of itself."""

    issuer: str
    signed_at: datetime
    covers: Covers


@dataclass(frozen=True)
class Base:
    """A complete list as of a sequence number. `tables` are bits and entries per section, one per scope."""

    stated: Stated
    sequence: int
    scopes: tuple[Scope, ...]
    tables: tuple[tuple[int, tuple[int, ...]], ...]
    roots: tuple[str, ...]
    exact: str
    """The SHA-256 of the records of hashes that are held whole."""
    name: str = ""
    """The SHA-256 of the document itself."""

    @property
    def week(self) -> int:
        """The week it was signed in: classes count from it."""
        return week_of(self.stated.signed_at)

    @cached_property
    def by_part(self) -> tuple[tuple[Place, ...], ...]:
        """The places of each part's sections."""
        parts: list[list[Place]] = []
        for place in places(self.tables):
            if place.part == len(parts):
                parts.append([])
            parts[-1].append(place)
        return tuple(map(tuple, parts))

    def payload(self, part: int) -> int:
        """The bytes of a part's payload."""
        return self.by_part[part][-1].end

    @property
    def entries(self) -> int:
        """References held as prefixes."""
        return sum(sum(counts) for _, counts in self.tables)


@dataclass(frozen=True, slots=True)
class Delta:
    """What changed in a base: it applies to state `start` of its chain and leads to state `end`."""

    stated: Stated
    base: str
    start: int
    end: int
    scopes: tuple[Scope, ...]
    records: str
    name: str = ""


def write_base(base: Base, key: SigningKey) -> bytes:
    """The signed document."""
    tables = zip(base.scopes, base.tables, strict=True)
    return _signed(
        base.stated,
        {
            "type": BASE_TYPE,
            "sequence": base.sequence,
            "scopes": [
                written_scope(scope) | {"bits": bits, "counts": list(counts)}
                for scope, (bits, counts) in tables
            ],
            "parts": list(base.roots),
            "exact": base.exact,
        },
        key,
    )


def read_base(data: bytes, keys: Sequence[PublicKeyTypes]) -> Base:
    """The base, once any of `keys` has signed it. Raises `IndexUnusable` or its parent `ListRejected`."""
    document = open_signed(data, BASE_TYPE, keys)
    found = rows(document, "scopes")
    base = Base(
        _stated(document),
        count(document.get("sequence")),
        read_scopes(found),
        tuple(_tables(found)),
        tuple(map(digest, rows(document, "parts"))),
        digest(document.get("exact")),
        name_of(data),
    )
    if len(base.roots) != len(base.by_part):
        raise IndexUnusable("a base names more or fewer parts than its sections fill")
    return base


def write_delta(delta: Delta, key: SigningKey) -> bytes:
    """The signed document."""
    return _signed(
        delta.stated,
        {
            "type": DELTA_TYPE,
            "base": delta.base,
            "start": delta.start,
            "end": delta.end,
            "scopes": list(map(written_scope, delta.scopes)),
            "records": delta.records,
        },
        key,
    )


def read_delta(data: bytes, keys: Sequence[PublicKeyTypes]) -> Delta:
    """The delta, once any of `keys` has signed it. Raises `IndexUnusable` or its parent `ListRejected`."""
    document = open_signed(data, DELTA_TYPE, keys)
    start, end = count(document.get("start")), count(document.get("end"))
    if start >= end:
        raise IndexUnusable("a delta leads nowhere")
    return Delta(
        _stated(document),
        digest(document.get("base")),
        start,
        end,
        read_scopes(rows(document, "scopes")),
        digest(document.get("records")),
        name_of(data),
    )


def _signed(stated: Stated, members: dict[str, Any], key: SigningKey) -> bytes:
    signed_at = stated.signed_at.isoformat(timespec="seconds")
    common = {"issuer": stated.issuer, "signed_at": signed_at} | stated.covers.written()
    return sign(members | common, key)


def _stated(document: dict[str, Any]) -> Stated:
    issuer = document.get("issuer")
    if not isinstance(issuer, str):
        raise IndexUnusable("a document does not say who issued it")
    return Stated(issuer, to_time(document.get("signed_at")), read_covers(document))


def _tables(found: Sequence[Any]) -> Iterator[tuple[int, tuple[int, ...]]]:
    for row in found:
        match row:
            case {"bits": int(bits), "counts": [*counts]} if type(bits) is int and 0 <= bits <= MAX_BITS:
                entries = tuple(map(count, counts))
            case _:
                raise IndexUnusable("a scope lacks its bits or counts")
        if len(entries) != section_count(bits):
            raise IndexUnusable("a scope has more or fewer counts than sections")
        yield bits, entries
