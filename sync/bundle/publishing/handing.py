"""A change on its way between machines: a folder on a stick, or one that waits at the hub for signatures.

`published/` holds what is in force (root, targets, the role's own list), `proposed/` what is to be signed,
`targets/` the files of both; what a revocation index leads to only travels where it is new.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from tuf.api.metadata import Metadata, Root, Targets

from sync.bundle.layout import MOST_METADATA_BYTES, TARGETS, Jurisdiction, target_file
from sync.bundle.publishing.keys import RoleKey
from sync.bundle.publishing.proposing import sign
from sync.bundle.publishing.refused import NotPublished
from sync.bundle.publishing.repository import Proposal, merged
from sync.bundle.publishing.state import TOP, State, read
from sync.bundle.publishing.tree import Source, Tree, read_bounded

PUBLISHED, PROPOSED = "published", "proposed"
_ROLES = (TOP, *Jurisdiction)


def hand_out(folder: Path, state: State, role: str, tree: Tree) -> None:
    """Writes what `role` needs to sign its next list on another machine. Raises `NotPublished`."""
    if (folder / PUBLISHED).exists():
        raise NotPublished(f"{folder} holds a request already: name an empty folder.")
    out = Tree(folder)
    lists: dict[str, Source] = {"root.json": state.root.to_bytes()}
    files: dict[str, Source] = {}
    for name in {TOP, role} & set(state.roles):
        lists[f"{name}.json"] = state.roles[name].to_bytes()
    for path, target in state.roles[role].signed.targets.items() if role in state.roles else ():
        file = target_file(path, target.hashes["sha256"])
        files[file] = tree.target_file(file)
    _put(out, {PUBLISHED: lists, TARGETS: files})


def write_proposal(folder: Path, proposal: Proposal) -> None:
    """Keeps a change that lacks signatures. Raises `NotPublished`."""
    lists: dict[str, Source] = {f"{role}.json": signed.to_bytes() for role, signed in proposal.roles.items()}
    if proposal.root is not None:
        lists["root.json"] = proposal.root.to_bytes()
    _put(Tree(folder), {PROPOSED: lists, TARGETS: proposal.files})


def read_proposal(folder: Path) -> Proposal:
    """A change as `write_proposal` left it. Raises `NotPublished`."""
    root, roles = _lists(folder / PROPOSED)
    if root is None and not roles:
        raise NotPublished(f"{folder} holds nothing that was signed: run `hub publish sign` on it first.")
    tree = Tree(folder)
    files: dict[str, Source] = {name: tree.target_file(name) for name in tree.files(TARGETS)}
    return Proposal(root, roles, files)


def read_published(folder: Path) -> State:
    """What was in force when the request was handed out. Raises `NotPublished`."""
    root, roles = _lists(folder / PUBLISHED)
    if root is None:
        raise NotPublished(f"{folder} is no request: make one at the hub with `hub publish request`.")
    return State(root, roles=roles)


def forget(folder: Path) -> None:
    """Removes a change that was published or given up."""
    shutil.rmtree(folder, ignore_errors=True)


def sign_all(before: State | None, proposal: Proposal, keys: list[RoleKey]) -> list[str]:
    """Signs everything of a change that any of the keys may sign; returns the ids of those that did.

    A new root is signed by old keys and by new ones. Raises `NotPublished` for a key that signs nothing here.
    """
    after = merged(before, proposal)
    used = []
    if proposal.root is not None:
        allowed = set(proposal.root.signed.roles["root"].keyids)
        allowed |= set() if before is None else set(before.root.signed.roles["root"].keyids)
        used += sign(proposal.root, keys, allowed)
    for role, signed in proposal.roles.items():
        used += sign(signed, keys, set(after.keys_of(role).keyids))
    for key in keys:
        if key.id not in used:
            what = " and ".join([*(["root"] if proposal.root is not None else []), *proposal.roles])
            raise NotPublished(
                f"The key {key.id[:8]} does not sign {what}: name one that `show` lists for it."
            )
    return used


def _put(tree: Tree, parts: dict[str, dict[str, Source]]) -> None:
    try:
        for part, files in parts.items():
            (tree.folder / part).mkdir(parents=True, exist_ok=True)
            tree.put_all(part, files)
    except OSError as error:
        raise NotPublished(
            f"{error.filename or tree.folder}: {error.strerror}: is the stick in, and writable?"
        ) from error


def _lists(folder: Path) -> tuple[Metadata[Root] | None, dict[str, Metadata[Targets]]]:
    root = None
    if (folder / "root.json").exists():
        root = read(Root, read_bounded(folder / "root.json", MOST_METADATA_BYTES), "root.json")
    roles = {}
    for role in _ROLES:
        file = folder / f"{role}.json"
        if file.exists():
            roles[str(role)] = read(Targets, read_bounded(file, MOST_METADATA_BYTES), file.name)
    return root, roles
