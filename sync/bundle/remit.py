"""Nobody's lists speak for anybody else: what a role's files may say, looked into before they are used.

Each jurisdiction signs its own keys and lists (mutual recognition): a trust list from Hong Kong that files a
key under Macao is refused whole. The world's lists are published by others for many states, also for those
that have a role here: what is not the world's is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes

from sync.bundle.layout import SIGNATURE, Jurisdiction, Kind, Target, jurisdiction_of, may_speak, parse
from sync.bundle.metadata import TARGETS
from sync.bundle.refused import Refused, Why
from verification.policy import PolicyError
from verification.policy import load as load_policy
from verification.revocation.loading import load_revocations
from verification.revocation.memory import KnownList
from verification.rules.dcc import Rule
from verification.rules.rule_files import load_rules
from verification.rules.value_sets import ValueSet, load_value_sets
from verification.signed_lists import ListRejected, public_key
from verification.snapshot import RevocationAnswer, RevocationQuery
from verification.trust.loading import load_trust_list
from verification.trust.store import TrustList, merged

Read = Callable[[str], bytes]
T = TypeVar("T")
Files = Mapping[str, str]
"""SHA-256 by path."""


class RoleFiles:
    """One role's files, read as what their paths say they are. Every method raises `Refused`."""

    def __init__(self, role: str, files: Files, read: Read) -> None:
        self.role, self._read = role, read
        self._files = {path: (parse(path), name) for path, name in files.items()}

    def of(self, kind: Kind) -> tuple[Target, ...]:
        """The files of a kind, detached signatures left out, in the order of their paths."""
        found = (target for target, _ in self._files.values() if target.kind is kind)
        return tuple(sorted((one for one in found if not one.is_signature), key=lambda target: target.path))

    def content(self, target: Target) -> bytes:
        """The bytes of a file."""
        return self._read(self._files[target.path][1])

    def signature(self, target: Target) -> bytes | None:
        """The detached signature beside a list; None where there is none."""
        beside = self._files.get(target.path + SIGNATURE)
        return None if beside is None else self._read(beside[1])

    def keys(self) -> tuple[PublicKeyTypes, ...]:
        """The keys that sign this role's lists."""
        return tuple(self._usable(target, lambda data: public_key(data)) for target in self.of(Kind.KEY))

    def trust_list(self, target: Target) -> TrustList:
        """A trust list with nothing in it but what the role may say."""
        keys, beside = self.keys(), self.signature(target)
        listed = self._usable(
            target, lambda data: load_trust_list(data, *keys, signature=beside, vouched=True)
        )
        kept = []
        for signer in listed:
            strange = [one for one in sorted(signer.formats) if not may_speak(self.role, one, signer.issuer)]
            if not strange:
                kept.append(signer)
            elif self.role != Jurisdiction.WORLD:
                raise Refused(
                    Why.UNFIT,
                    f"{target.path} names a signer of {signer.issuer[:40]} for {strange[0]}, and {self.role} "
                    "speaks for nobody else",
                )
        return TrustList(kept, listed.signed_at, listed.expires_at)

    def trust(self) -> TrustList:
        """All trust lists of the role as one."""
        return merged([self.trust_list(target) for target in self.of(Kind.TRUST)])

    def revocation_list(self, target: Target, trust: TrustList) -> KnownList:
        """A revocation or status list in one file."""
        keys, beside = self.keys(), self.signature(target)
        return self._usable(
            target,
            lambda data: load_revocations(data, *keys, signature=beside, vouched=True, trust=trust),
        )

    def rules(self, target: Target) -> tuple[Rule, ...]:
        """Business rules, of the role's own country alone."""
        keys = self.keys()
        read = self._usable(target, lambda data: load_rules(data, *keys))
        whose = None if self.role == Jurisdiction.WORLD else self.role
        for rule in read:
            if jurisdiction_of(rule.country) != whose:
                raise Refused(
                    Why.UNFIT, f"{target.path} has a rule of {rule.country}, which {self.role} does not make"
                )
        return read

    def value_sets(self, target: Target) -> tuple[ValueSet, ...]:
        """Value sets that rules look up."""
        keys = self.keys()
        return self._usable(target, lambda data: load_value_sets(data, *keys))

    def _usable(self, target: Target, how: Callable[[bytes], T]) -> T:
        try:
            return how(self.content(target))
        except ListRejected as error:
            raise Refused(Why.UNFIT, f"{target.path}: {error}") from error


def examine(role: str, files: Files, read: Read) -> None:
    """Looks into every file of a role. Raises `Refused`."""
    own = RoleFiles(role, files, read)
    if role == TARGETS:
        for target in own.of(Kind.POLICY):
            try:
                policy = load_policy(own.content(target))
            except PolicyError as error:
                raise Refused(Why.UNFIT, f"{target.path}: {error}") from error
            if policy.accept_specimens:
                why = "accept_specimens is true, and no lane may open its gate for a specimen"
                raise Refused(Why.UNFIT, f"{target.path}: {why}")
        return
    trust = own.trust()
    for target in (*own.of(Kind.STATUS), *own.of(Kind.REVOCATION)):
        if not target.is_index:
            own.revocation_list(target, trust)
    for target in own.of(Kind.RULES):
        own.rules(target)
    for target in own.of(Kind.VALUE_SETS):
        own.value_sets(target)


class OnlyFor:
    """A revocation list that is asked about its own role's codes alone, whatever stands on it."""

    def __init__(self, role: str, held: KnownList) -> None:
        self.role, self.held = role, held
        self.signed_at = held.signed_at

    def check(self, query: RevocationQuery) -> RevocationAnswer:
        """NO_LIST for codes that the role does not speak for."""
        if not may_speak(self.role, query.prefix, query.issuer):
            return RevocationAnswer.NO_LIST
        return self.held.check(query)

    def __len__(self) -> int:
        return len(self.held)
