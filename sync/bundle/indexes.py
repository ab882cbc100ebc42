"""Brings a large revocation index up to what its one target says: by deltas, or by a base part by part.

The index's files are known by their SHA-256 from the target `CURRENT` on; nothing else names them. A lane
that is one delta behind fetches that delta. A base that does not come in one go is gone on with at the next
look, part by part, and makes what it can out of the index at hand (docs/revocation.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes

from sync.bundle.compacting import CompactHere, Compactor, Enough
from sync.bundle.fetching import Check, fetch
from sync.bundle.layout import MOST_TARGET_BYTES, TARGETS, Target, index_file
from sync.bundle.refused import Refused, Why
from sync.bundle.source import Source
from sync.bundle.store import Store, storing
from verification.revocation.index.documents import Delta, read_base, read_delta
from verification.revocation.index.manifest import (
    CURRENT,
    DOCUMENT,
    INCOMING,
    PART,
    RECORDS,
    Manifest,
    read_manifest,
    to_manifest,
)
from verification.revocation.index.mapped import MappedIndex
from verification.revocation.index.opening import MOST_RECORDS, load_base, open_index
from verification.revocation.index.orphans import remove_orphans
from verification.revocation.index.part import head_bytes, is_part
from verification.revocation.index.receiving import Receiving, apply_delta, begin, resume
from verification.revocation.index.unusable import IndexUnusable
from verification.signed_lists import ListRejected


@dataclass(frozen=True, slots=True)
class Brought:
    """How far an index came."""

    changed: bool
    pending: int = 0
    """Parts of a base that must still come."""
    elsewhere: bool = False
    """Parts of a base are being made in the background."""


def bring_index(
    store: Store,
    source: Source,
    target: Target,
    current: bytes,
    keys: Sequence[PublicKeyTypes],
    enough: Enough = lambda: False,
    compactor: Compactor | None = None,
) -> Brought:
    """Fetches what is missing of the index and puts it in use, unless there was `enough` for this time.

    `compactor` makes of a base what need not be fetched; without one that is done here and now. Raises
    `Refused`; the index that was in use goes on then.
    """
    compactor = compactor or CompactHere(enough, store.disk)
    folder = store.index_folder(target.owner, target.name)
    with storing(folder), _fit(target):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        bringing = _Bringing(store, source, target, folder, keys, enough, compactor)
        try:
            return bringing.to(to_manifest(current))
        except _MadeElsewhereError:
            return Brought(False, elsewhere=True)


def index_state(store: Store, target: Target) -> Manifest | None:
    """What the index is made of now; None: there is none that can be read."""
    try:
        return read_manifest(store.index_folder(target.owner, target.name))
    except ListRejected:
        return None


class _MadeElsewhereError(Exception):
    """Parts are being made in the background: nothing more to do at this look."""


class _Bringing:
    def __init__(
        self,
        store: Store,
        source: Source,
        target: Target,
        folder: Path,
        keys: Sequence[PublicKeyTypes],
        enough: Enough,
        compactor: Compactor,
    ) -> None:
        self._compactor = compactor
        self._store, self._source, self._target, self._folder = store, source, target, folder
        self._keys, self._enough = keys, enough

    def to(self, wanted: Manifest) -> Brought:
        index = self._open()
        held = index_state(self._store, self._target)
        if index is not None and held is not None and self._store.is_doubted(self._folder):
            if left := self._mend(held):
                return Brought(False, left)
            self._store.trust_again(self._folder)
            return Brought(True) if held == wanted else self.to(wanted)
        if index is not None and held == wanted:
            return Brought(False)
        if index is None or held is None or held.base != wanted.base:
            pending = self._base(wanted, held, index)
            if pending:
                return Brought(False, pending)
            index, held = open_index(self._folder, *self._keys), Manifest(wanted.base)
        for delta, document in self._deltas(wanted, held, index):
            records = self._named(delta.records, RECORDS, MOST_RECORDS)
            apply_delta(self._folder, document, records, *self._keys, disk=self._store.disk)
        remove_orphans(self._folder, self._store.disk)
        return Brought(True)

    def _open(self) -> MappedIndex | None:
        try:
            return open_index(self._folder, *self._keys)
        except ListRejected:
            return None

    def _base(self, wanted: Manifest, held: Manifest | None, index: MappedIndex | None) -> int:
        """Takes a base in; returns how many parts did not come this time."""
        if held is not None and held.base == wanted.base and index is None:
            return self._mend(held)
        receiving = None if self._is_incoming(wanted.base) else self._begin(wanted.base)
        if index is not None and not self._compactor.finished(self._folder, wanted.base, self._keys):
            raise _MadeElsewhereError
        if receiving is None or index is not None:
            receiving = resume(self._folder, *self._keys, disk=self._store.disk) or self._begin(wanted.base)
        if self._parts(receiving):
            return len(receiving.missing)
        receiving.finish()
        return 0

    def _is_incoming(self, base: str) -> bool:
        try:
            return read_manifest(self._folder, INCOMING).base == base
        except ListRejected:
            return False

    def _begin(self, name: str) -> Receiving:
        document = self._named(name, DOCUMENT, MOST_TARGET_BYTES)
        exact = self._named(read_base(document, self._keys).exact, RECORDS, MOST_RECORDS)
        return begin(self._folder, document, exact, *self._keys, disk=self._store.disk)

    def _mend(self, held: Manifest) -> int:
        """Puts parts back that are damaged on this disk."""
        try:
            base = load_base(self._folder, held.base, self._keys)
        except IndexUnusable:
            with storing(self._folder):
                self._store.disk.remove(self._folder / CURRENT)
            return self._base(held, None, None)
        left = self._parts(Receiving(self._folder, base, self._keys, self._store.disk))
        if not left and self._open() is None:
            with storing(self._folder):
                self._store.disk.remove(self._folder / CURRENT)
            return self._base(held, None, None)
        return left

    def _parts(self, receiving: Receiving) -> int:
        for number in sorted(receiving.missing):
            if self._enough():
                break
            root, payload = receiving.base.roots[number], receiving.base.payload(number)
            size = head_bytes(payload) + payload
            receiving.put(number, self._named(root, PART, size, _is_part(root, payload)))
        return len(receiving.missing)

    def _deltas(self, wanted: Manifest, held: Manifest, index: MappedIndex) -> list[tuple[Delta, bytes]]:
        """What leads from the present state to the wanted one, fetched from the newest back."""
        ends = {0, *(delta.end for delta in index.deltas)}
        found: list[tuple[Delta, bytes]] = []
        for name in reversed(wanted.deltas):
            if name in held.deltas:
                break
            document = self._named(name, DOCUMENT, MOST_TARGET_BYTES)
            found.append((read_delta(document, self._keys), document))
            if found[-1][0].start in ends and found[-1][0].start:
                break
        return found[::-1]

    def _named(self, name: str, ending: str, most: int, check: Check | None = None) -> bytes:
        path = f"{TARGETS}/{index_file(self._target.path, name + ending)}"
        return fetch(self._store, self._source, path, name, most, check)


def _is_part(root: str, payload: int) -> Check:
    return lambda data: is_part(data, bytes.fromhex(root), payload)


@contextmanager
def _fit(target: Target) -> Iterator[None]:
    """What an index would not take was signed by its publisher: the mirror's bytes were checked before."""
    try:
        yield
    except ListRejected as error:
        raise Refused(Why.UNFIT, f"{target.path}: {error}") from error
