"""One look for a newer bundle: fetch, verify, put aside, and swap the set in use in one step or not at all.

The order is that of the TUF client workflow (5.2 to 5.7). What a mirror did wrong refuses the whole update
and leaves everything as it was. What a jurisdiction itself signed wrong, or let end, holds back that
jurisdiction alone, so that no one of them can keep the others' lists from the lane.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from tuf.api.metadata import Root, Snapshot, Targets, Timestamp

from sync.bundle import metadata
from sync.bundle.compacting import Compactor, Enough
from sync.bundle.fetching import fetch
from sync.bundle.held import File, Held, HeldRole, load, wanted_files
from sync.bundle.indexes import bring_index
from sync.bundle.lane import Lane, begin, usable
from sync.bundle.layout import METADATA, MOST_METADATA_BYTES, MOST_TARGET_BYTES, metadata_file, target_file
from sync.bundle.layout import TARGETS as TARGETS_FOLDER
from sync.bundle.marks import Marks
from sync.bundle.metadata import ROOT, SNAPSHOT, TARGETS, TIMESTAMP, Verified
from sync.bundle.outcome import HeldBack, Outcome
from sync.bundle.refused import Refused, Why
from sync.bundle.remit import RoleFiles
from sync.bundle.source import Missing, Source
from sync.bundle.state import InUse, RoleInUse, Trusted
from sync.canonical import NotCanonical, utc_time

MOST_ROOTS = 1024
"""Roots in one look. A lane that missed more goes on at the next."""
POLICY = "policy"
"""What a policy that this program cannot use is called, where it is held back."""
MOST_ROOT_BYTES, MOST_TIMESTAMP_BYTES = 512 * 1024, 64 * 1024
MOST_BYTES = 512 * 1024 * 1024
"""All target files of one set together, large indexes aside."""


def update(
    lane: Lane,
    source: Source,
    at: datetime,
    enough: Enough = lambda: False,
    compactor: Compactor | None = None,
) -> Outcome:
    """Looks once. `at` is the time as the trusted clock has it, by which ends are judged.

    Large indexes come after everything else is in use, part by part, until there was `enough`. One of which
    `compactor` makes parts in the background waits for a later look. Raises `Refused`; the set in use is the
    one before then, to the last byte.
    """
    with lane.store.only_writer():
        outcome, held = _Look(lane, source, at).look()
        return _with_indexes(lane, source, outcome, held, (enough, compactor))


def _with_indexes(
    lane: Lane, source: Source, outcome: Outcome, held: Held, how: tuple[Enough, Compactor | None]
) -> Outcome:
    changed, held_back = [], list(outcome.held_back)
    pending: dict[str, int] = {}
    for role, file in held.files():
        if not file.target.is_index:
            continue
        try:
            named = {path: one.sha256 for path, one in role.files.items()}
            keys = RoleFiles(role.name, named, lane.store.target).keys()
            current = lane.store.target(file.sha256)
            brought = bring_index(lane.store, source, file.target, current, keys, *how)
        except Refused as refused:
            held_back.append(HeldBack(file.target.path, refused))
            continue
        changed += [file.target.path] if brought.changed else []
        pending |= {file.target.path: brought.pending} if brought.pending else {}
    return replace(outcome, held_back=tuple(held_back), indexes=tuple(changed), pending=pending)


class _Look:
    def __init__(self, lane: Lane, source: Source, at: datetime) -> None:
        self._lane, self._store, self._source, self._at = lane, lane.store, source, at
        self._held = usable(lane)
        self._fetched = 0

    def look(self) -> tuple[Outcome, Held]:
        root, trusted = self._root()
        timestamp, trusted = self._timestamp(root, trusted)
        if self._held is not None and self._is_whole(self._held, root, timestamp):
            return Outcome(False, _versions(self._held)), self._held
        snapshot, trusted = self._snapshot(root, timestamp, trusted)
        top = self._targets(root, TARGETS, snapshot)
        confirmed_at = self._confirmed_at(timestamp)
        names = metadata.jurisdictions(top)
        older, held_back = self._station(root, top)
        why = str(held_back[0].refused) if held_back else ""
        station = RoleInUse(self._store.keep_metadata(top.data), confirmed_at, why)
        roles = {}
        for name in names:
            role, refused = self._jurisdiction(name, top, snapshot, confirmed_at)
            if role is not None:
                roles[name] = role
            if refused is not None:
                held_back.append(HeldBack(name, refused))
        in_use = InUse(
            self._store.keep_metadata(root.data),
            self._store.keep_metadata(timestamp.data),
            self._store.keep_metadata(snapshot.data),
            station,
            roles,
            self._at,
            self._source.name,
            trusted,
            older,
        )
        changed = self._swap(in_use)
        now = load(self._store, self._lane.wanted) if changed or self._held is None else self._held
        assert now is not None
        self._lane.held = now
        if changed and not held_back:
            needed = {file.sha256 for _, file in now.files()}
            self._store.remove_orphans({*in_use.metadata, trusted.root}, needed)
        return Outcome(changed, _versions(now), tuple(held_back), self._fetched), now

    def _is_whole(self, held: Held, root: Verified[Root], timestamp: Verified[Timestamp]) -> bool:
        """Whether this very timestamp led to what is in use, and all of it is here and in force."""
        if (root.data, timestamp.data) != (held.root.data, held.timestamp.data):
            return False
        if {role.name for role in held.roles()} != {TARGETS, *metadata.jurisdictions(held.top.verified)}:
            return False
        ends = [held.snapshot.expires, *(role.expires for role in held.roles())]
        here = (self._store.has_target(file.sha256, file.length) for _, file in held.files())
        held_back = any(role.state.held_back for role in held.roles())
        return self._at < min(ends) and not held_back and all(here)

    # --- metadata, in the order of the workflow ---

    def _root(self) -> tuple[Verified[Root], Trusted]:
        start = begin(self._lane)
        root, trusted = start.root, start.trusted
        try:
            for _ in range(MOST_ROOTS):
                path = f"{METADATA}/{metadata_file(ROOT, root.version + 1)}"
                try:
                    data = self._source.whole(path, MOST_ROOT_BYTES)
                except Missing:
                    break
                root = metadata.next_root(root, data)
                name = sha256(data).hexdigest()
                trusted = replace(trusted, root=name, roots=(*trusted.roots, name))
        finally:
            gone_on = trusted != start.trusted or self._store.trusted() is None
            if gone_on and root.version >= start.least:
                self._store.keep_metadata(root.data)
                self._store.keep_trusted(trusted)
        if root.version < start.least:
            raise Refused(
                Why.ROLLED_BACK,
                f"the newest root offered is {root.version}, and {start.least} was here already",
            )
        metadata.in_force(root, self._at)
        return root, trusted

    def _timestamp(self, root: Verified[Root], trusted: Trusted) -> tuple[Verified[Timestamp], Trusted]:
        data = self._source.whole(f"{METADATA}/{metadata_file(TIMESTAMP)}", MOST_TIMESTAMP_BYTES)
        found, marks = metadata.timestamp(root, data, self._at, trusted.marks)
        held = self._held
        if held is not None and held.timestamp.version == found.version and held.timestamp.data != data:
            try:
                found, _ = metadata.timestamp(root, held.timestamp.data, self._at, trusted.marks)
            except Refused as refused:
                if refused.why is not Why.FOREIGN:
                    raise
        return found, self._raise_marks(trusted, marks)

    def _snapshot(
        self, root: Verified[Root], above: Verified[Timestamp], trusted: Trusted
    ) -> tuple[Verified[Snapshot], Trusted]:
        meta = above.signed.snapshot_meta
        held = self._held
        data = held.snapshot.data if held is not None and held.snapshot.version == meta.version else None
        if data is not None:
            try:
                found, marks = metadata.snapshot(root, above, data, self._at, trusted.marks)
                return found, self._raise_marks(trusted, marks)
            except Refused:
                pass
        data = self._fetch_metadata(SNAPSHOT, int(meta.version), meta.length)
        found, marks = metadata.snapshot(root, above, data, self._at, trusted.marks)
        return found, self._raise_marks(trusted, marks)

    def _targets(
        self, delegator: Verified[Root] | Verified[Targets], role: str, above: Verified[Snapshot]
    ) -> Verified[Targets]:
        meta = metadata.meta_of(above, role)
        held = self._role_before(role)
        if held is not None and held.verified.version == meta.version:
            try:
                return metadata.targets(delegator, role, above, held.verified.data, self._at)
            except Refused as refused:
                if refused.why is Why.FROZEN:
                    raise
        data = self._fetch_metadata(role, int(meta.version), meta.length)
        return metadata.targets(delegator, role, above, data, self._at)

    def _fetch_metadata(self, role: str, version: int, length: int | None) -> bytes:
        most = MOST_METADATA_BYTES if length is None else min(MOST_METADATA_BYTES, length)
        return self._source.whole(f"{METADATA}/{metadata_file(role, version)}", most)

    def _raise_marks(self, trusted: Trusted, marks: Marks) -> Trusted:
        """Marks are stable before anything that they were raised for is looked into."""
        if marks == trusted.marks:
            return trusted
        raised = replace(trusted, marks=marks)
        self._store.keep_trusted(raised)
        return raised

    def _confirmed_at(self, timestamp: Verified[Timestamp]) -> datetime:
        """When the publisher last said that this is the newest. Never later than now."""
        try:
            stated = utc_time(metadata.signed_at(timestamp.signed) or "")
        except NotCanonical:
            held = self._held
            same = held is not None and held.timestamp.version == timestamp.version
            return held.in_use.targets.confirmed_at if same and held is not None else self._at
        return min(stated, self._at)

    # --- roles and their files ---

    def _station(self, root: Verified[Root], top: Verified[Targets]) -> tuple[str, list[HeldBack]]:
        """Brings the station's files. A policy that cannot be used holds back itself alone.

        The one before goes on, if those who signed it are still trusted; the name of its list is returned.
        """
        files = wanted_files(TARGETS, top, top, self._lane.wanted)
        try:
            self._bring(TARGETS, files)
        except Refused as refused:
            if refused.why is not Why.UNFIT:
                raise
            older = self._list_of_last_policy(root)
            goes_on = "the one before stays in use" if older else "there is none before it that could stay"
            return older, [HeldBack(POLICY, Refused(Why.UNFIT, f"{refused}; {goes_on}"))]
        return "", []

    def _list_of_last_policy(self, root: Verified[Root]) -> str:
        if self._held is None:
            return ""
        before = self._held.in_use
        name = before.policy_of if before.targets.held_back else before.targets.metadata
        try:
            if name:
                metadata.kept_targets(root, TARGETS, self._store.metadata(name))
        except Refused:
            return ""
        return name

    def _jurisdiction(
        self, name: str, top: Verified[Targets], snapshot: Verified[Snapshot], confirmed_at: datetime
    ) -> tuple[RoleInUse | None, Refused | None]:
        """The role's newest state, or the one before with the reason why it stays."""
        try:
            role = self._targets(top, name, snapshot)
            self._bring(name, wanted_files(name, role, top, self._lane.wanted))
            return RoleInUse(self._store.keep_metadata(role.data), confirmed_at), None
        except Refused as refused:
            if refused.why not in (Why.FROZEN, Why.UNFIT):
                raise
            return self._kept(name, top, str(refused)), refused

    def _kept(self, name: str, top: Verified[Targets], why: str) -> RoleInUse | None:
        """What was in use of a role, if its signers are still trusted and it was fit to be used."""
        held = self._held.jurisdictions.get(name) if self._held else None
        if held is None:
            return None
        try:
            role = metadata.kept_targets(top, name, held.verified.data)
            wanted_files(name, role, top, self._lane.wanted)
        except Refused:
            return None
        return replace(held.state, held_back=why)

    def _bring(self, role: str, files: Mapping[str, File]) -> None:
        """Every file of a role to this disk, looked into before it counts."""
        if sum(file.length for file in files.values()) > MOST_BYTES:
            raise Refused(Why.OVERSIZED, f"the files of {role} are larger than {MOST_BYTES} bytes together")
        held = self._role_before(role)
        known = held.files if held is not None else {}
        for path, file in files.items():
            if not (known.get(path) == file and self._store.has_target(file.sha256, file.length)):
                self._file(path, file)
        if held is None or held.state.held_back or files != held.files:
            self._lane.examine(role, {path: file.sha256 for path, file in files.items()}, self._store.target)

    def _role_before(self, role: str) -> HeldRole | None:
        roles = self._held.roles() if self._held else ()
        return next((one for one in roles if one.name == role), None)

    def _file(self, path: str, file: File) -> None:
        """One file to this disk, unless it is here and whole."""
        if file.length > MOST_TARGET_BYTES:
            raise Refused(Why.OVERSIZED, f"{path} is larger than {MOST_TARGET_BYTES} bytes")
        if self._store.has_target(file.sha256, file.length):
            try:
                self._store.target(file.sha256)
            except Refused:
                self._store.drop_target(file.sha256)
            else:
                return
        where = f"{TARGETS_FOLDER}/{target_file(path, file.sha256)}"
        data = fetch(self._store, self._source, where, file.sha256, file.length)
        if len(data) != file.length:
            raise Refused(Why.DAMAGED, f"{path} is shorter than what was published")
        self._store.keep_target(data)
        self._fetched += 1

    def _swap(self, in_use: InUse) -> bool:
        before = self._held.in_use if self._held else None
        if before is not None and replace(in_use, taken_at=before.taken_at, source=before.source) == before:
            return False
        self._store.swap(in_use)
        return True


def _versions(held: Held) -> dict[str, int]:
    tops = {ROOT: held.root.version, TIMESTAMP: held.timestamp.version, SNAPSHOT: held.snapshot.version}
    return tops | {role.name: role.verified.version for role in held.roles()}
