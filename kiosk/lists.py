"""Loads what a lane judges by: trust lists, revocation list and policy, with their ages.

A list that is missing, damaged or unsigned is left out and named; it never reads as "trusted" or "not
revoked". A policy that cannot be used is no policy: everybody is referred.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from config.settings import Trust
from kiosk.checking.list_files import Unusable, signature_beside
from kiosk.lane_view import Fault, ListView
from kiosk.rule_folders import load_rule_book
from sync.event import Event
from sync.event_types import ListsLoaded, ListsRejected
from verification.policy import MAX_BYTES as POLICY_BYTES
from verification.policy import Policy, PolicyError, built_in, load
from verification.revocation.loading import load_revocations
from verification.revocation.memory import KnownList
from verification.rules.dcc import RuleBook
from verification.signed_lists import MAX_BYTES as LIST_BYTES
from verification.signed_lists import ListRejected
from verification.snapshot import Freshness, ListAge, Snapshot
from verification.trust.loading import load_trust_list
from verification.trust.store import TrustList, merged

CODES = {"trust": "TL", "revocation": "RL", "policy": "PO", "rules": "RU"}
PARTS = {"trust": "trust list", "revocation": "revocation list", "policy": "policy", "rules": "rules"}


@dataclass(frozen=True, slots=True)
class Lists:
    """Everything loaded, and the record of it."""

    snapshot: Snapshot
    policy: Policy | None
    book: RuleBook | None
    """Business rules; None: there are none, and certificates that have to meet them are referred."""
    events: tuple[Event, ...]
    faults: tuple[Fault, ...]

    def views(self, at: datetime) -> tuple[ListView, ...]:
        """Each list with its freshness at `at`, for the officer's screen."""
        return (
            _view("trust", self.snapshot.trust_age, at),
            _view("revocation", self.snapshot.revocation_age, at),
        )


def load_lists(settings: Trust, policy_file: Path | None) -> Lists:
    """Reads every file once. Never raises for a bad file: what is wrong stands in `faults` and `events`."""
    loading = _Loading(settings)
    policy = loading.policy(policy_file)
    trust = loading.trust()
    revocation = loading.revocation(trust)
    book = loading.rules(policy)
    thresholds = policy.freshness if policy and policy_file else None
    trust_limits = thresholds.trust if thresholds else None
    revocation_limits = thresholds.revocation if thresholds else None
    snapshot = Snapshot(
        trust=trust,
        revocation=revocation,
        trust_age=_age(
            trust.signed_at,
            trust_limits.warn_h if trust_limits else settings.trust_warn_h,
            trust_limits.refer_h if trust_limits else settings.trust_refer_h,
            trust.expires_at,
        ),
        revocation_age=_age(
            revocation.signed_at if revocation is not None else None,
            revocation_limits.warn_h if revocation_limits else settings.revocation_warn_h,
            revocation_limits.refer_h if revocation_limits else settings.revocation_refer_h,
        ),
    )
    return Lists(snapshot, policy, book, tuple(loading.events), tuple(loading.faults))


class _Loading:
    """One pass over the files, with what it met on the way."""

    def __init__(self, settings: Trust) -> None:
        self._settings = settings
        self.events: list[Event] = []
        self.faults: list[Fault] = []
        self._key = self._load_key(settings.key) if settings.key else None

    def trust(self) -> TrustList:
        """All trust lists that can be believed, as one store; empty when there is none."""
        loaded: list[TrustList] = []
        for file in self._settings.lists:
            data = self._read("trust", file, LIST_BYTES)
            if data is None:
                continue
            try:
                trusted = load_trust_list(data, *self._keys(), signature=self._signature(file))
            except ListRejected as rejected:
                self._reject("trust", f"{file}: {rejected}")
                continue
            if trusted.signed_at is None:
                trusted = TrustList(trusted, _put_there(file))
            loaded.append(trusted)
            self.events.append(ListsLoaded("trust", _version(trusted.signed_at), len(trusted)))
        if not self._settings.lists:
            self._reject("trust", "no trust list is configured: every code is referred to an officer")
        return merged(loaded)

    def revocation(self, trust: TrustList) -> KnownList | None:
        """The revocation list, or None, which is never read as "nothing is revoked"."""
        file = self._settings.revocation
        if file is None:
            self._reject("revocation", "no revocation list is configured")
            return None
        data = self._read("revocation", file, LIST_BYTES)
        if data is None:
            return None
        try:
            revoked = load_revocations(data, *self._keys(), signature=self._signature(file), trust=trust)
        except ListRejected as rejected:
            self._reject("revocation", f"{file}: {rejected}")
            return None
        self.events.append(ListsLoaded("revocation", _version(revoked.signed_at), 0))
        return revoked

    def policy(self, file: Path | None) -> Policy | None:
        """The lane's policy, the built-in one where none is configured, None where the file is unusable."""
        if file is None:
            return built_in()
        data = self._read("policy", file, POLICY_BYTES + 1)
        if data is not None:
            try:
                policy = load(data)
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
                book = load_rule_book(self._settings.rules, self._settings.value_sets, self._keys())
            except ListRejected as rejected:
                self._reject("rules", str(rejected))
                return None
            self.events.append(ListsLoaded("rules", "", len(book)))
        wanted = policy.arrival.country if policy is not None and policy.arrival is not None else None
        if wanted is not None and (book is None or wanted not in book.countries):
            self._reject("rules", f"the policy asks for rules of {wanted}, and there are none")
        return book

    def _keys(self) -> Sequence[PublicKeyTypes]:
        return (self._key,) if self._key else ()

    @staticmethod
    def _signature(file: Path) -> bytes | None:
        """The detached signature beside a list; one that cannot be read signs nothing."""
        try:
            return signature_beside(file)
        except Unusable:
            return b""

    def _load_key(self, file: Path) -> PublicKeyTypes | None:
        data = self._read("trust", file, 65536)
        if data is None:
            return None
        try:
            return load_pem_public_key(data)
        except (ValueError, UnsupportedAlgorithm):
            self._reject("trust", f"{file}: is no public key in PEM")
            return None

    def _read(self, kind: str, file: Path, most: int) -> bytes | None:
        try:
            with file.open("rb") as stream:
                return stream.read(most + 1)
        except OSError as error:
            self._reject(kind, f"{file}: cannot be read: {error.strerror}")
            return None

    def _reject(self, kind: str, why: str) -> None:
        self.events.append(ListsRejected(kind, why))
        self.faults.append(Fault(PARTS[kind], CODES[kind], why))


def _put_there(file: Path) -> datetime:
    """The age of a list whose format has no date: since when the file has been there."""
    return datetime.fromtimestamp(file.stat().st_mtime, UTC)


def _age(
    signed_at: datetime | None, warn_h: float, refer_h: float, expires_at: datetime | None = None
) -> ListAge | None:
    if signed_at is None:
        return None
    return ListAge(signed_at, timedelta(hours=warn_h), timedelta(hours=refer_h), expires_at)


def _version(signed_at: datetime | None) -> str:
    return signed_at.isoformat(timespec="seconds") if signed_at else ""


def _view(kind: str, age: ListAge | None, at: datetime) -> ListView:
    if age is None:
        return ListView(kind, Freshness.STALE)
    return ListView(kind, age.freshness(at), age.signed_at)
