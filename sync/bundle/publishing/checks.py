"""Nothing is published that a lane could not use: each role's files are read as a lane reads them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from tuf.api.metadata import Metadata, Targets

from sync.bundle.layout import Kind, Target, target_file
from sync.bundle.publishing.refused import NotPublished
from sync.bundle.publishing.tree import Source, Tree, read_bounded
from sync.bundle.refused import Refused
from sync.bundle.remit import RoleFiles, examine
from sync.bundle.station_files import read_minimum, read_notice
from sync.canonical import NotCanonical
from sync.sealing import NotOpened, recipients_of
from verification.revocation.index.manifest import to_manifest
from verification.revocation.index.opening import assemble
from verification.signed_lists import ListRejected

Examine = Callable[[str, Metadata[Targets], dict[str, Source], Tree], None]
"""Role, its list, files that come with it, and the tree where the others are. Raises `NotPublished`."""


def examine_role(role: str, signed: Metadata[Targets], files: dict[str, Source], tree: Tree) -> None:
    """Every file of a role, as a lane will look at it. Raises `NotPublished` with the reason."""
    names = {path: str(target.hashes["sha256"]) for path, target in signed.signed.targets.items()}
    places = {sha256: target_file(path, sha256) for path, sha256 in names.items()}

    def content(sha256: str) -> bytes:
        name = places[sha256]
        if name in files:
            source = files[name]
            data = source if isinstance(source, bytes) else read_bounded(source)
        else:
            data = tree.target(name) or b""
        if hashlib.sha256(data).hexdigest() != sha256:
            raise NotPublished(f"The file {name} did not come with {role}'s list: bring it along.")
        return data

    try:
        examine(role, names, content)
        own = RoleFiles(role, names, content)
        for kind, look in _STATION.items():
            for target in own.of(kind):
                _look(target, look, own.content(target))
    except Refused as error:
        raise NotPublished(f"{error}.".replace("..", ".")) from error


def require_index(path: str, data: bytes, tree: Tree, role: str, signed: Metadata[Targets]) -> None:
    """Whether a revocation index can be opened with what is in the tree. Raises `NotPublished`."""
    try:
        keys = list_keys(role, signed, tree)
        assemble(tree.target_file(path).parent, to_manifest(data), keys)
    except ListRejected as error:
        raise NotPublished(f"{path}: {error}: publish the index anew.") from error


def list_keys(role: str, signed: Metadata[Targets] | None, tree: Tree) -> tuple[PublicKeyTypes, ...]:
    """The keys that lanes believe this role's lists from. Raises `NotPublished`."""
    if signed is None:
        return ()
    names = {path: str(target.hashes["sha256"]) for path, target in signed.signed.targets.items()}
    places = {sha256: target_file(path, sha256) for path, sha256 in names.items()}
    try:
        return RoleFiles(role, names, lambda sha256: tree.target(places[sha256]) or b"").keys()
    except Refused as error:
        raise NotPublished(f"{error}.") from error


def _look(target: Target, look: Callable[[bytes], object], data: bytes) -> None:
    try:
        look(data)
    except (NotCanonical, NotOpened) as error:
        raise NotPublished(f"{target.path}: {error}.") from error


_STATION: dict[Kind, Callable[[bytes], object]] = {
    Kind.ROSTER: recipients_of,
    Kind.NOTICE: read_notice,
    Kind.MINIMUM: read_minimum,
}
