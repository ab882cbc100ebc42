"""What every publishing action needs: the hub's repository, private keys, and the change that waits."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from tuf.api.metadata import Metadata, Targets

from config.counted import counted
from config.moment import system_clock
from sync.bundle.layout import SIGNATURE, Target, parse, target_file
from sync.bundle.publishing import handing, proposing
from sync.bundle.publishing.checks import examine_role
from sync.bundle.publishing.keys import Passphrase, RoleKey, load_key
from sync.bundle.publishing.refused import NotPublished
from sync.bundle.publishing.repository import Proposal, Repository, hub_repository, sign_target
from sync.bundle.publishing.state import State
from sync.bundle.publishing.tree import Source
from sync.canonical import utc_text
from sync.signing import KeyUnusable

PENDING = "bundle-pending"
_LONGEST = 4096


def repository(data: Path) -> Repository:
    """The published tree and the hub's own keys in its data folder. Raises `NotPublished`."""
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise NotPublished(f"{data}: {error.strerror}: name the hub's data folder.") from error
    return hub_repository(data, system_clock)


def pending(data: Path, role: str) -> Path:
    """Where a change of a role waits for signatures."""
    return data / PENDING / role


def key_id(known: Sequence[str], beginning: str) -> str:
    """The whole id of a key whose first digits somebody typed. Raises `NotPublished`."""
    found = [one for one in known if len(beginning) >= 8 and one.startswith(beginning.lower())]
    if len(found) != 1:
        raise NotPublished(f"{beginning} is no key here: `hub publish show` lists the keys of each role.")
    return found[0]


class Passphrases:
    """Passphrases from the terminal, or from files: one for all keys, or one for each in their order."""

    def __init__(self, files: Sequence[Path]) -> None:
        self._files = list(files)
        self._next = 0

    def of(self, file: Path) -> bytes:
        """That of a key which is there. Raises `KeyUnusable`."""
        return self._read() if self._files else self._ask(f"Passphrase of {file}: ")

    def new(self, file: Path) -> bytes:
        """That of a key to be made, asked for twice at the terminal. Raises `KeyUnusable`."""
        if self._files:
            return self._read()
        first = self._ask(f"New passphrase for {file}: ")
        if self._ask("The same again: ") != first:
            raise KeyUnusable("The two passphrases differ: begin again; nothing was changed.")
        return first

    def _read(self) -> bytes:
        file = self._files[min(self._next, len(self._files) - 1)]
        self._next += 1
        try:
            with file.open("rb") as stream:
                return stream.read(_LONGEST).rstrip(b"\r\n")
        except OSError as error:
            raise KeyUnusable(f"{file}: {error.strerror}: name the file with the passphrase.") from error

    @staticmethod
    def _ask(prompt: str) -> bytes:
        if not sys.stdin.isatty():
            raise KeyUnusable("A passphrase is needed: work at a terminal, or use --passphrase-file.")
        return getpass.getpass(prompt).encode()


def private_keys(args: argparse.Namespace, passphrases: Passphrases) -> list[RoleKey]:
    """The keys of `--sign-with`. Raises `KeyUnusable`."""
    ask: Passphrase = passphrases.of
    return [load_key(file, ask) for file in args.sign_with]


def finish(data: Path, hub: Repository, name: str, proposal: Proposal, keys: list[RoleKey]) -> bool:
    """Signs a change and publishes it, or keeps it until all have signed. Whether it was published.

    Raises `NotPublished`, `KeyUnusable`; nothing was changed then.
    """
    before = _state(hub)
    handing.sign_all(before, proposal, keys)
    lacks = hub.missing(proposal)
    if not lacks:
        hub.publish(proposal)
        handing.forget(pending(data, name))
        return True
    if not keys:
        raise NotPublished(f"Nobody signed: name a private key of {' and '.join(lacks)} with --sign-with.")
    handing.forget(pending(data, name))
    handing.write_proposal(pending(data, name), proposal)
    for role, count in lacks.items():
        print(f"{role}: {counted(count, 'more signature')} needed; nothing is published yet.")
    print(f"Next: main.py hub publish sign {name} --data {data} --key KEY (put the next stick in first)")
    return False


def require_none_waiting(data: Path, role: str) -> None:
    """Two changes of one role cannot wait at a time. Raises `NotPublished`."""
    if (pending(data, role) / handing.PROPOSED).exists():
        raise NotPublished(
            f"A change of {role} waits for signatures: finish it with `hub publish sign {role}`, "
            f"or give it up with `hub publish drop {role}`."
        )


def change(
    args: argparse.Namespace,
    role: str,
    contents: dict[str, bytes],
    removed: Iterable[str],
    done: str,
    *,
    keys: list[RoleKey] | None = None,
    more: dict[str, Source] | None = None,
) -> int:
    """Signs and publishes a role's next list. Raises `NotPublished`, `KeyUnusable`."""
    hub = repository(args.data)
    require_none_waiting(args.data, role)
    targets = proposing.next_targets(hub.state(), role, hub.now, args.days)
    files = alter(utc_text(hub.now), targets, role, contents, removed)
    proposal = Proposal(roles={role: targets}, files=files | (more or {}))
    examine_role(role, targets, proposal.files, hub.tree)
    if keys is None:
        keys = private_keys(args, Passphrases(args.passphrase_file))
    if finish(args.data, hub, role, proposal, keys):
        print(done)
    return 0


def alter(
    now: str,
    targets: Metadata[Targets],
    role: str,
    contents: dict[str, bytes],
    removed: Iterable[str],
) -> dict[str, Source]:
    """Adds and removes targets; returns the files to come along."""
    files: dict[str, Source] = {}
    for path, data in contents.items():
        target = sign_target(data, path, {"signed_at": now})
        proposing.put_target(targets, role, target)
        files[target_file(path, target.hashes["sha256"])] = data
    for path in removed:
        proposing.drop_target(targets, path)
        if path + SIGNATURE in targets.signed.targets:
            proposing.drop_target(targets, path + SIGNATURE)
    return files


def target_of(path: str) -> Target:
    """What a path that somebody typed means. Raises `NotPublished`."""
    try:
        return parse(path)
    except ValueError as error:
        raise NotPublished(
            f"{error}: write it as hk/trust/NAME, hk/revocation/NAME/CURRENT or station/policy/NAME.json."
        ) from error


def _state(hub: Repository) -> State | None:
    try:
        return hub.state()
    except NotPublished:
        return None
