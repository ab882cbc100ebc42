"""Loads what a lane judges by: trust lists, revocation list and policy, with their ages.

A list that is missing, damaged or unsigned is left out and named; it never reads as "trusted" or "not
revoked". A policy that cannot be used is no policy: everybody is referred.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes

from config.regular import open_regular
from config.settings import Trust
from kiosk.checking.list_files import Unusable, signature_beside
from kiosk.lane_view import Fault, ListView
from kiosk.revocation_in_use import HeldList, RevocationInUse
from kiosk.rule_folders import load_rule_book
from sync.event import Event
from sync.event_types import ListsLoaded, ListsRejected
from verification.policy import MAX_BYTES as POLICY_BYTES
from verification.policy import Policy, PolicyError, built_in, load
from verification.revocation.certificates import WithdrawnCertificates
from verification.revocation.index.opening import open_index
from verification.revocation.loading import load_revocations
from verification.revocation.memory import KnownList
from verification.rules.dcc import RuleBook
from verification.signed_lists import MAX_BYTES as LIST_BYTES
from verification.signed_lists import ListRejected, public_key, require_signed_apart
from verification.snapshot import Freshness, ListAge, Signer, Snapshot, TrustStore
from verification.trust.loading import load_trust_list
from verification.trust.store import TrustList, aged, merged

CODES = {"trust": "TL", "key": "LK", "revocation": "RL", "policy": "PO", "rules": "RU"}
PARTS = {
    "trust": "trust list",
    "key": "key of the lists",
    "revocation": "revocation list",
    "policy": "policy",
    "rules": "rules",
}


@dataclass(frozen=True, slots=True)
class HeldTrust:
    """One configured trust list. `held` is None where the file could not be used."""

    file: Path
    held: TrustList | None = None
    age: ListAge | None = None


@dataclass(frozen=True, slots=True)
class Lists:
    """Everything loaded, and the record of it."""

    snapshot: Snapshot
    policy: Policy | None
    book: RuleBook | None
    """Business rules; None: there are none, and certificates that have to meet them are referred."""
    events: tuple[Event, ...]
    faults: tuple[Fault, ...]
    revocation: tuple[HeldList, ...] = ()
    """What `snapshot.revocation` is made of: every configured list, each with its own age."""
    trust: tuple[HeldTrust, ...] = ()
    """What `snapshot.trust` is made of, in the same way."""
    unsigned_policy: str = ""
    """Name and version of a policy that a file says and nobody signed, since no key is configured."""

    def with_revocation(self, held: tuple[HeldList, ...]) -> Lists:
        """The same with these revocation lists. No usable one never reads as "nothing is revoked"."""
        usable = any(one.held is not None for one in held)
        index = RevocationInUse(held) if usable else None
        return replace(self, revocation=held, snapshot=replace(self.snapshot, revocation=index))

    @property
    def signers(self) -> Iterator[Signer]:
        """Everybody on the trust lists in use."""
        return (signer for one in self.trust if one.held is not None for signer in one.held)

    def with_trust(self, held: tuple[HeldTrust, ...]) -> Lists:
        """The same with these trust lists, each signer of which is as old as its own list."""
        store = merged([aged(one.held, one.age) for one in held if one.held is not None])
        return replace(self, trust=held, snapshot=replace(self.snapshot, trust=store, trust_age=None))

    def views(self, at: datetime) -> tuple[ListView, ...]:
        """Each list with its freshness at `at`, for the officer's screen."""
        lists = (*_views("trust", self.trust, at), *_views("revocation", self.revocation, at))
        if not self.unsigned_policy:
            return lists
        return (*lists, ListView("policy", Freshness.AGEING, name=self.unsigned_policy, signed=False))


def load_lists(settings: Trust, policy_file: Path | None, in_use: Policy | None = None) -> Lists:
    """Reads every file once. Never raises for a bad file: what is wrong stands in `faults` and `events`.

    `in_use` is the policy that goes on where the file cannot be used: its limits hold for the lists' ages.
    """
    loading = _Loading(settings)
    policy = loading.policy(policy_file)
    ruling = policy or in_use
    limits = ruling.freshness if ruling and policy_file else None
    trusted = loading.trust(
        limits.trust.warn_h if limits else settings.trust_warn_h,
        limits.trust.refer_h if limits else settings.trust_refer_h,
    )
    warn_h = limits.revocation.warn_h if limits else settings.revocation_warn_h
    refer_h = limits.revocation.refer_h if limits else settings.revocation_refer_h
    believed = Lists(Snapshot(TrustList(()), None), policy, None, (), ()).with_trust(trusted).snapshot
    held = loading.revocation(believed.trust, warn_h, refer_h)
    book = loading.rules(policy)
    unsigned = (
        "" if settings.key or policy is None or policy_file is None else f"{policy.name} {policy.version}"
    )
    lists = Lists(
        believed,
        policy,
        book,
        tuple(loading.events),
        tuple(loading.faults),
        trust=trusted,
        unsigned_policy=unsigned,
    )
    return lists.with_revocation(held)


def revocation_part(settings: Trust, file: Path) -> str:
    """What a revocation list is called when something is wrong with it."""
    return _part("revocation", settings.revocation, file)


def _part(kind: str, files: Sequence[Path], file: Path) -> str:
    return f"{PARTS[kind]} {_names(files)[files.index(file)]}".rstrip()


class _Loading:
    """One pass over the files, with what it met on the way."""

    def __init__(self, settings: Trust) -> None:
        self._settings = settings
        self.events: list[Event] = []
        self.faults: list[Fault] = []
        found = [self._load_key(file) for file in settings.key]
        self._keys = tuple(key for key in found if key is not None)

    def trust(self, warn_h: float, refer_h: float) -> tuple[HeldTrust, ...]:
        """Every configured trust list, also those that cannot be used."""
        files = self._settings.lists
        if not files:
            self._reject("trust", "trust.lists names no list, so every code is referred to an officer")
        return tuple(self._trust_list(file, warn_h, refer_h) for file in files)

    def _trust_list(self, file: Path, warn_h: float, refer_h: float) -> HeldTrust:
        """One list. The age of one whose format has no date: since when the file has been there."""
        part = _part("trust", self._settings.lists, file)
        data = self._read("trust", file, LIST_BYTES, part)
        if data is None:
            return HeldTrust(file)
        try:
            trusted = load_trust_list(data, *self._keys, signature=self._signature(file))
        except ListRejected as rejected:
            self._reject("trust", f"{file}: {rejected}", part)
            return HeldTrust(file)
        signed_at = trusted.signed_at or _put_there(file)
        self.events.append(ListsLoaded("trust", _version(signed_at), len(trusted)))
        return HeldTrust(file, trusted, _age(signed_at, warn_h, refer_h, trusted.expires_at))

    def revocation(self, trust: TrustStore, warn_h: float, refer_h: float) -> tuple[HeldList, ...]:
        """Every configured revocation list, also those that cannot be used."""
        files = self._settings.revocation
        if not files:
            self._reject(
                "revocation", "trust.revocation names no list, so every code is referred to an officer"
            )
        return tuple(self._revocation_list(file, trust, warn_h, refer_h) for file in files)

    def _revocation_list(self, file: Path, trust: TrustStore, warn_h: float, refer_h: float) -> HeldList:
        """One list. The age of one whose format has no date: since when the file has been there."""
        part = revocation_part(self._settings, file)
        try:
            revoked = self._withdrawn(file, trust, part)
        except ListRejected as rejected:
            self._reject("revocation", f"{file}: {rejected}", part)
            return HeldList(file)
        if revoked is None:
            return HeldList(file)
        signed_at = revoked.signed_at
        self.events.append(ListsLoaded("revocation", _version(signed_at), len(revoked)))
        if isinstance(revoked, WithdrawnCertificates):
            return HeldList(file, revoked, revoked.age())
        return HeldList(file, revoked, _age(signed_at or _put_there(file), warn_h, refer_h))

    def _withdrawn(self, file: Path, trust: TrustStore, part: str) -> KnownList | None:
        """A list in a file, or the large index in a folder; None where it cannot be read."""
        if file.is_dir():
            return open_index(file, *self._keys)
        data = self._read("revocation", file, LIST_BYTES, part)
        if data is None:
            return None
        return load_revocations(data, *self._keys, signature=self._signature(file), trust=trust)

    def policy(self, file: Path | None) -> Policy | None:
        """The lane's policy, the built-in one where none is configured, None where the file is unusable.

        Where keys of lists are configured, one of them has to have signed the policy, too.
        """
        if file is None:
            return built_in()
        data = self._read("policy", file, POLICY_BYTES + 1)
        if data is not None:
            try:
                if self._settings.key:
                    require_signed_apart(data, self._signature(file), self._keys)
                policy = load(data)
            except ListRejected as rejected:
                why = str(rejected).replace("the list", "the policy", 1)
                self._reject("policy", f"{file}: {why}; sign it with `main.py policy sign`")
            except PolicyError as error:
                self._reject("policy", f"{file}: {error}")
            else:
                self.events.append(ListsLoaded("policy", f"{policy.name} {policy.version}", 1))
                return policy
        return None

    def rules(self, policy: Policy | None) -> RuleBook | None:
        """Business rules and value sets; a policy that asks for what is not there is a fault."""
        book = None
        if self._settings.rules is not None:
            try:
                book = load_rule_book(self._settings.rules, self._settings.value_sets, self._keys)
            except ListRejected as rejected:
                self._reject("rules", str(rejected))
                return None
            self.events.append(ListsLoaded("rules", "", len(book)))
        wanted = policy.arrival.country if policy is not None and policy.arrival is not None else None
        if wanted is not None and (book is None or wanted not in book.countries):
            self._reject("rules", f"the policy asks for rules of {wanted}, and there are none")
        return book

    @staticmethod
    def _signature(file: Path) -> bytes | None:
        """The detached signature beside a list; one that cannot be read signs nothing."""
        try:
            return signature_beside(file)
        except Unusable:
            return b""

    def _load_key(self, file: Path) -> PublicKeyTypes | None:
        data = self._read("key", file, 65536)
        if data is None:
            return None
        try:
            return public_key(data)
        except ListRejected as rejected:
            self._reject("key", f"{file}: {rejected}")
            return None

    def _read(self, kind: str, file: Path, most: int, part: str = "") -> bytes | None:
        try:
            with open_regular(file) as stream:
                return stream.read(most + 1)
        except OSError as error:
            self._reject(kind, f"{file}: cannot be read: {error.strerror}", part)
            return None

    def _reject(self, kind: str, why: str, part: str = "") -> None:
        self.events.append(ListsRejected(kind, why))
        self.faults.append(Fault(part or PARTS[kind], CODES[kind], why))


def _put_there(file: Path) -> datetime:
    """The age of a list whose format has no date: since when the file has been there."""
    try:
        return datetime.fromtimestamp(file.stat().st_mtime, UTC)
    except OSError:  # taken away since it was read: as old as can be
        return datetime.fromtimestamp(0, UTC)


def _age(
    signed_at: datetime | None, warn_h: float, refer_h: float, expires_at: datetime | None = None
) -> ListAge | None:
    if signed_at is None:
        return None
    return ListAge(signed_at, timedelta(hours=warn_h), timedelta(hours=refer_h), expires_at)


def _version(signed_at: datetime | None) -> str:
    return signed_at.isoformat(timespec="seconds") if signed_at else ""


def _views(kind: str, held: Sequence[HeldList | HeldTrust], at: datetime) -> Iterator[ListView]:
    """One for each list; one for what is not there at all."""
    names = _names([one.file for one in held])
    ages = [one.age for one in held] or [None]
    return (_view(kind, age, at, name) for age, name in zip(ages, names or [""], strict=True))


def _view(kind: str, age: ListAge | None, at: datetime, name: str = "") -> ListView:
    if age is None:
        return ListView(kind, Freshness.STALE, name=name)
    return ListView(kind, age.freshness(at), age.signed_at, name)


def _names(files: Sequence[Path]) -> list[str]:
    """What tells lists apart: nothing where there is one, else the name, or the path where two share it."""
    if len(files) < 2:
        return [""] * len(files)
    names = [file.name for file in files]
    return [str(file) if names.count(file.name) > 1 else file.name for file in files]
