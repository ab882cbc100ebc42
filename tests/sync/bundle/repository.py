"""A publisher that a test may bend: whatever it signs goes out, right or wrong."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from securesystemslib.signer import CryptoSigner, SSlibKey
from tuf.api.metadata import (
    DelegatedRole,
    Delegations,
    Metadata,
    MetaFile,
    Root,
    Signed,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)

from sync.bundle.held import Wanted
from sync.bundle.lane import Lane
from sync.bundle.layout import Jurisdiction, patterns, target_file
from sync.bundle.source import Source
from sync.bundle.stick import Stick
from sync.bundle.store import Store
from sync.canonical import utc_text
from verification.revocation.index.disk import Disk

AT = datetime(2026, 11, 23, 4, tzinfo=UTC)
TOP = ("root", "timestamp", "snapshot", "targets")


@cache
def signer(name: str) -> CryptoSigner:
    """A key that is always the same for a name."""
    private = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(name.encode()).digest())
    return CryptoSigner(private, SSlibKey.from_crypto(private.public_key()))


class Repository:
    """The publisher of a test. Change its members, then `publish`."""

    def __init__(self, folder: Path, roles: Iterable[str] = ("hk", "mo")) -> None:
        self.folder, self.at = folder, AT
        self.keys: dict[str, list[str]] = {name: [name] for name in TOP} | {role: [role] for role in roles}
        self.keys["root"] = ["root-a", "root-b", "root-c"]
        self.threshold: dict[str, int] = {"root": 2}
        self.sign_with: dict[str, list[str]] = {}
        """Other keys than a role has, to sign with."""
        self.lasts: dict[str, timedelta] = {}
        self.version: dict[str, int] = dict.fromkeys(self.keys, 0)
        self.files: dict[str, bytes] = {}
        self.custom: dict[str, dict[str, Any]] = {}
        self.paths: dict[str, list[str]] = {}
        self.terminating: dict[str, bool] = {}
        self._listed: dict[str, dict[str, TargetFile]] = {}
        self._role_keys: dict[str, tuple[Any, ...]] = {}
        (folder / "metadata").mkdir(parents=True)
        (folder / "targets").mkdir()

    @property
    def roles(self) -> list[str]:
        """The jurisdictions."""
        return [name for name in self.keys if name not in TOP]

    def start(self, files: Mapping[str, bytes] | None = None) -> bytes:
        """The first root and the first bundle; returns the root as lanes are installed with it."""
        self.files.update(files or {})
        root = self.new_root()
        self.publish()
        return root

    def new_root(self, also: Iterable[str] = ()) -> bytes:
        """The next root, with the keys as they are now; `also` sign it, as the keys before must."""
        self.version["root"] += 1
        root = Root(version=self.version["root"], expires=self.ends("root"), consistent_snapshot=True)
        for name in TOP:
            for key in self.keys[name]:
                root.add_key(signer(key).public_key, name)
            root.roles[name].threshold = self.threshold.get(name, 1)
        return self.put("root", root, f"{root.version}.root.json", also)

    def publish(self, *roles: str, timestamp_only: bool = False) -> None:
        """New versions of what changed, or of `roles`; always a new snapshot and timestamp."""
        if not timestamp_only:
            for role in self.roles:
                if role in roles or self._changed(role):
                    self.put_targets(role)
            if "targets" in roles or self._changed("targets") or self._delegations_changed():
                self.put_targets("targets")
            self.put_snapshot()
        self.put_timestamp()

    def put_targets(self, role: str) -> None:
        """The next version of a targets role, and its files."""
        self.version[role] += 1
        targets = Targets(version=self.version[role], expires=self.ends(role))
        targets.targets = self._listed[role] = self.listed(role)
        for path, meta in targets.targets.items():
            file = self.folder / "targets" / target_file(path, meta.hashes["sha256"])
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(self.files[path])
        if role == "targets":
            targets.delegations = self.delegations()
        self.put(role, targets, f"{targets.version}.{role}.json")

    def listed(self, role: str) -> dict[str, TargetFile]:
        """What a role signs: what lies below its name, or below `station`."""
        below = "station/" if role == "targets" else f"{role}/"
        found = {}
        for path, data in self.files.items():
            if path.startswith(below):
                found[path] = TargetFile.from_data(path, data, ["sha256"])
                if path in self.custom:
                    found[path].unrecognized_fields["custom"] = self.custom[path]
        return found

    def delegations(self) -> Delegations:
        """To every jurisdiction."""
        keys, roles = {}, {}
        for role in self.roles:
            for name in self.keys[role]:
                keys[signer(name).public_key.keyid] = signer(name).public_key
            own = [signer(name).public_key.keyid for name in self.keys[role]]
            paths = self.paths.get(role) or list(patterns(Jurisdiction(role)))
            roles[role] = DelegatedRole(
                role, own, self.threshold.get(role, 1), self.terminating.get(role, True), paths=paths
            )
        return Delegations(keys, roles)

    def put_snapshot(self) -> None:
        """Names every targets role in its present version."""
        self.version["snapshot"] += 1
        snapshot = Snapshot(version=self.version["snapshot"], expires=self.ends("snapshot"))
        for role in ["targets", *self.roles]:
            if self.version[role]:
                snapshot.meta[f"{role}.json"] = self.meta(
                    f"{self.version[role]}.{role}.json", self.version[role]
                )
        self.put("snapshot", snapshot, f"{snapshot.version}.snapshot.json")

    def put_timestamp(self) -> None:
        """Names the snapshot in its present version."""
        self.version["timestamp"] += 1
        meta = self.meta(f"{self.version['snapshot']}.snapshot.json", self.version["snapshot"])
        timestamp = Timestamp(
            version=self.version["timestamp"], expires=self.ends("timestamp"), snapshot_meta=meta
        )
        timestamp.unrecognized_fields["signed_at"] = utc_text(self.at)
        self.put("timestamp", timestamp, "timestamp.json")

    def meta(self, name: str, version: int) -> MetaFile:
        """Version, length and hash of a published file."""
        return MetaFile.from_data(version, (self.folder / "metadata" / name).read_bytes(), ["sha256"])

    def put(self, role: str, signed: Signed, name: str, also: Iterable[str] = ()) -> bytes:
        """Signs and publishes metadata."""
        metadata = Metadata(signed)
        wanted = self.sign_with.get(role) or self.keys[role][: self.threshold.get(role, 1)]
        for key in [*wanted, *also]:
            metadata.sign(signer(key), append=True)
        data = metadata.to_bytes()
        (self.folder / "metadata" / name).write_bytes(data)
        return data

    def ends(self, role: str) -> datetime:
        """When what is signed now is over."""
        return self.at + self.lasts.get(role, timedelta(days=30))

    def mirror(self) -> Stick:
        """What lanes see."""
        return Stick(self.folder)

    def copy(self, folder: Path) -> Path:
        """The tree as it is now."""
        shutil.copytree(self.folder, folder)
        return folder

    def _changed(self, role: str) -> bool:
        return self._listed.get(role) != self.listed(role)

    def _delegations_changed(self) -> bool:
        now = tuple((role, tuple(self.keys[role])) for role in self.roles)
        changed = self._role_keys.get("targets") != now
        self._role_keys["targets"] = now
        return changed


class HastyDisk:
    """Mixed into a disk: flushes nothing, for tests that end no world."""

    def sync(self, descriptor: int) -> None: ...

    def sync_folder(self, folder: Path) -> None: ...


def lane_of(folder: Path, anchor: bytes, disk: Disk | None = None, wanted: Wanted | None = None) -> Lane:
    """A lane whose files are looked into by nobody."""
    from sync.bundle.disk import BundleDisk

    class Hasty(HastyDisk, BundleDisk): ...

    store = Store(folder, disk or Hasty())  # type: ignore[arg-type]
    return Lane(store, anchor, wanted or Wanted("lane", "station"), lambda _role, _files, _read: None)


class Counting(Source):
    """Another source, with what was asked of it."""

    def __init__(self, source: Source) -> None:
        self.name, self._source = source.name, source
        self.asked: list[tuple[str, int]] = []

    def pieces(self, path: str, start: int = 0) -> Any:
        self.asked.append((path, start))
        return self._source.pieces(path, start)
