"""Trust and revocation lists from the files and folders that somebody named on a command line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes

from config.regular import open_regular
from verification.revocation.index.manifest import CURRENT
from verification.revocation.index.opening import open_index
from verification.revocation.loading import load_revocations
from verification.revocation.memory import KnownList
from verification.signed_lists import MAX_BYTES, ListRejected, ListUnknown, public_key
from verification.snapshot import TrustStore
from verification.trust.loading import load_trust_list
from verification.trust.store import TrustList

SIGNATURE, ISSUER = ".sig", ".issuer"
Note = Callable[[str], None]
_List = TypeVar("_List", TrustList, KnownList)


class Unusable(Exception):
    """A list, key or policy that cannot be used. `str()` is one line that names the file."""


def keys_in(files: Sequence[Path]) -> list[PublicKeyTypes]:
    """The public keys, one a file. Raises `Unusable`."""
    keys = []
    for file in files:
        try:
            keys.append(public_key(read_file(file)))
        except ListRejected as error:
            raise Unusable(f"{file}: {error}") from error
    return keys


def trust_lists(
    paths: Sequence[Path], keys: Sequence[PublicKeyTypes], issuer: str | None, note: Note
) -> list[TrustList]:
    """Every list named, a folder file by file. Raises `Unusable` for the first that is not to be believed.

    `issuer` is that of key sets that do not say whose they are; `note` is told of files in folders that are
    no lists.
    """
    return [trusted for _, trusted in trust_lists_by_file(paths, keys, issuer, note)]


def trust_lists_by_file(
    paths: Sequence[Path], keys: Sequence[PublicKeyTypes], issuer: str | None, note: Note
) -> list[tuple[Path, TrustList]]:
    """The same lists, each with the file that it was in."""
    return _loaded(load_trust_list, paths, keys, issuer, note)


def revocation_lists(
    paths: Sequence[Path],
    keys: Sequence[PublicKeyTypes],
    issuer: str | None,
    note: Note,
    trust: TrustStore,
) -> list[tuple[Path, KnownList]]:
    """The same for revocation lists. Token status lists are signed by the issuers in `trust` themselves.

    A folder with a manifest is one large index. Its blocks are checked when they are needed: a damaged one
    clears nobody.
    """
    load = partial(load_revocations, trust=trust)
    lists: list[tuple[Path, KnownList]] = []
    for path in paths:
        if (path / CURRENT).is_file():
            lists.append((path, _index(path, keys)))
        else:
            lists += _loaded(load, [path], keys, issuer, note)
    return lists


def _index(folder: Path, keys: Sequence[PublicKeyTypes]) -> KnownList:
    try:
        return open_index(folder, *keys)
    except ListRejected as error:
        missing = "" if keys else " (add --trust-key PEM)"
        raise Unusable(f"{folder}: {error}{missing}") from error


def signature_beside(file: Path) -> bytes | None:
    """What `list.json.sig` or `list.sig` beside `list.json` holds, None without either. Raises `Unusable`."""
    return next((read_file(beside) for beside in signature_places(file) if beside.is_file()), None)


def issuer_beside(file: Path) -> str | None:
    """The URL in `keys.json.issuer` beside `keys.json`, which says whose it is. Raises `Unusable`."""
    beside = file.with_name(file.name + ISSUER)
    if not beside.is_file():
        return None
    return read_file(beside).decode("ascii", "replace").strip()


def signature_places(file: Path) -> list[Path]:
    """Where the detached signature of a file may lie, in the order in which it is looked for."""
    places = (file.with_name(file.name + SIGNATURE), file.with_suffix(SIGNATURE))
    return [beside for beside in places if beside != file]


def read_file(file: Path) -> bytes:
    """At most one byte more than any list may have. Raises `Unusable`."""
    try:
        with open_regular(file) as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise Unusable(f"{file}: cannot be read: {error.strerror or error}") from error


def _loaded(
    load: Callable[..., _List],
    paths: Sequence[Path],
    keys: Sequence[PublicKeyTypes],
    issuer: str | None,
    note: Note,
) -> list[tuple[Path, _List]]:
    lists = []
    for path in paths:
        for file in _files(path):
            data, signature = read_file(file), signature_beside(file)
            whose = issuer_beside(file) or issuer
            try:
                loaded = load(data, *keys, signature=signature, issuer=whose, vouched=True)
                lists.append((file, loaded))
            except ListUnknown as unknown:
                if file == path:
                    raise Unusable(f"{file}: {unknown}") from unknown
                note(f"{file}: passed over: {unknown}")
            except ListRejected as error:
                missing = "" if keys else " (add --trust-key PEM)"
                raise Unusable(f"{file}: {error}{missing}") from error
    if paths and not lists:
        raise Unusable(f"{paths[0]}: no list is in it")
    return lists


def _files(path: Path) -> Iterator[Path]:
    """The file itself, or a folder's files in the order of their names; what stands beside them aside."""
    if not path.is_dir():
        yield path
        return
    try:
        inside = sorted(file for file in path.iterdir() if file.is_file())
    except OSError as error:
        raise Unusable(f"{path}: cannot be read: {error.strerror or error}") from error
    yield from (file for file in inside if file.suffix not in (SIGNATURE, ISSUER))
