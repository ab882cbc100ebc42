"""A small station that publishes, and the reference client (python-tuf's) that follows it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import unquote, urlparse

from tuf.api.exceptions import DownloadHTTPError
from tuf.api.metadata import Metadata, TargetFile
from tuf.ngclient import Updater
from tuf.ngclient.fetcher import FetcherInterface

from config.moment import Moment
from sync.bundle.layout import Jurisdiction, target_file
from sync.bundle.publishing import proposing
from sync.bundle.publishing.keys import OnlineKeys, RoleKey, new_key
from sync.bundle.publishing.repository import Proposal, Repository, sign_target
from sync.bundle.publishing.state import State
from sync.bundle.publishing.tree import Source, Tree
from verification.revocation.index.disk import Disk


class Station:
    """Three root keys of which two sign, one targets key, jurisdictions' keys, and a hub's folder.

    The time is the machine's (the reference client has no other) moved by what the test says.
    """

    def __init__(self, folder: Path, disk: Disk | None = None) -> None:
        self.folder = folder
        self.late = timedelta()
        self.roots = [new_key() for _ in range(3)]
        self.targets = new_key()
        self.jurisdictions = {role: new_key() for role in Jurisdiction}
        self.repository = Repository(
            Tree(folder / "bundle", disk or Disk()), OnlineKeys(folder / "bundle-keys"), self.clock, _anything
        )

    def clock(self) -> Moment:
        """Now, and `late`."""
        return Moment(0.0, datetime.now(UTC) + self.late)

    @property
    def state(self) -> State:
        return self.repository.state()

    def found(self) -> None:
        """The first ceremony."""
        online = {role: self.repository.online.make(role).public for role in OnlineKeys.ROLES}
        now = self.repository.now
        root = proposing.first_root(
            [key.public for key in self.roots], 2, {"targets": self.targets.public, **online}, now
        )
        for key in self.roots[:2]:
            root.sign(key.signer, append=True)
        targets = proposing.next_targets(State(root), "targets", now)
        targets.sign(self.targets.signer)
        self.repository.publish(Proposal(root, {"targets": targets}))

    def delegate(self, role: Jurisdiction) -> None:
        targets = proposing.next_targets(self.state, "targets", self.repository.now)
        proposing.delegate(targets, role, [self.jurisdictions[role].public], 1)
        targets.sign(self.targets.signer)
        self.repository.publish(Proposal(roles={"targets": targets}))

    def publish(
        self, path: str, data: bytes, key: RoleKey | None = None, more: dict[str, Source] | None = None
    ) -> None:
        """Signs and publishes one target with the key of its role, or another."""
        role = path.split("/")[0] if not path.startswith("station/") else "targets"
        own = key or (self.targets if role == "targets" else self.jurisdictions[Jurisdiction(role)])
        targets = proposing.next_targets(self.state, role, self.repository.now)
        target = sign_target(data, path, {})
        targets.signed.targets[path] = target
        targets.sign(own.signer)
        file = target_file(path, target.hashes["sha256"])
        self.repository.publish(Proposal(roles={role: targets}, files={file: data, **(more or {})}))

    def change_root(self, root: Metadata, signers: list[RoleKey], targets: RoleKey | None = None) -> None:
        """Publishes a changed root, with targets signed anew where `targets` is a key."""
        for key in signers:
            root.sign(key.signer, append=True)
        roles = {}
        if targets is not None:
            roles["targets"] = proposing.next_targets(self.state, "targets", self.repository.now)
            roles["targets"].sign(targets.signer)
        self.repository.publish(Proposal(root, roles))


def _anything(*_: object) -> None:
    """These tests are about signatures: their targets are made-up bytes."""


class FromFolder(FetcherInterface):
    """Gives the reference client the tree's files without a network; counts what it asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked: list[str] = []

    def _fetch(self, url: str) -> Iterator[bytes]:
        path = unquote(urlparse(url).path)
        self.asked.append(path)
        file = self.folder / path.lstrip("/")
        if not file.is_file():
            raise DownloadHTTPError("not here", 404)
        yield file.read_bytes()


class Client:
    """The reference client: what it holds lies in its own folder from one update to the next."""

    def __init__(self, folder: Path, tree: Path) -> None:
        self.folder = folder
        self.fetcher = FromFolder(tree)
        self.bootstrap = (tree / "metadata/1.root.json").read_bytes()
        (folder / "targets").mkdir(parents=True, exist_ok=True)

    def updater(self) -> Updater:
        return Updater(
            str(self.folder / "metadata"),
            "http://station.invalid/metadata/",
            str(self.folder / "targets"),
            "http://station.invalid/targets/",
            self.fetcher,
            bootstrap=self.bootstrap,
        )

    def get(self, path: str) -> bytes | None:
        """A fresh look at the whole tree and one target's content; None where it is not published."""
        updater = self.updater()
        updater.refresh()
        target = updater.get_targetinfo(path)
        return None if target is None else Path(updater.download_target(target)).read_bytes()

    def info(self, path: str) -> TargetFile | None:
        return self.updater().get_targetinfo(path)
