"""Nothing is published that a lane could not use: each role's files are read as a lane reads them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from tuf.api.metadata import Metadata, Targets

from sync.bundle.ending import until_of
from sync.bundle.layout import Jurisdiction, Kind, Target, formats_of, may_speak, target_file
from sync.bundle.metadata import TARGETS
from sync.bundle.publishing.refused import NotPublished
from sync.bundle.publishing.tree import Source, Tree, read_bounded
from sync.bundle.refused import Refused
from sync.bundle.remit import RoleFiles, examine
from sync.bundle.station_files import read_minimum, read_notice
from sync.canonical import NotCanonical
from sync.sealing import NotOpened, recipients_of
from verification.revocation.index.manifest import to_manifest
from verification.revocation.index.opening import assemble
from verification.revocation.memory import RevocationList
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

    for path, meta in signed.signed.targets.items():
        try:
            until_of(meta)
        except NotCanonical as error:
            raise NotPublished(f"{path}: {error}.") from error
    try:
        examine(role, names, content)
        own = RoleFiles(role, names, content)
        for kind, look in _STATION.items():
            for target in own.of(kind):
                _look(target, look, own.content(target))
        _require_own_codes(own)
    except Refused as error:
        raise NotPublished(f"{error}.".replace("..", ".")) from error


def _require_own_codes(own: RoleFiles) -> None:
    """A lane never asks a list about another's codes; whoever signs such a list has made a mistake."""
    if own.role in (TARGETS, Jurisdiction.WORLD):
        return
    trust = own.trust()
    for target in (*own.of(Kind.STATUS), *own.of(Kind.REVOCATION)):
        listed = None if target.is_index else own.revocation_list(target, trust)
        if not isinstance(listed, RevocationList):
            continue  # of one issuer, whose key the role's own trust list has
        formats = formats_of(own.role) or frozenset()
        wrong = [(one, issuer) for one, issuer in listed.about if not may_speak(own.role, one, issuer)]
        wrong += [
            ("status", issuer)
            for issuer in listed.status_issuers
            if not any(may_speak(own.role, one, issuer) for one in formats)
        ]
        for prefix, issuer in sorted(wrong)[:1]:
            raise NotPublished(
                f"{target.path} speaks of {prefix[:16]} codes of {issuer[:40]}, and {own.role} speaks for "
                "nobody else's."
            )


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
