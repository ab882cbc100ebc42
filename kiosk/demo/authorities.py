"""The demonstration's issuers and the signed lists its lane runs on. Everything they sign is a specimen."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from verification.encodings import base45
from verification.formats.colour_claims import KIND_OF_PREFIX
from verification.issuing.authority import Authority, found_authority
from verification.issuing.container import wrap
from verification.revocation import station_list as revocation_file
from verification.revocation.hashes import CTI, truncated
from verification.revocation.memory import Withdrawn
from verification.signed_lists import sign_apart
from verification.trust import station_list as trust_file

COLOURS = frozenset(KIND_OF_PREFIX)


@dataclass(frozen=True, slots=True)
class Forger(Authority):
    """Somebody who signs with a key of his own and claims the key id of another."""

    victim: Authority | None = None

    def kid(self, prefix: str) -> bytes:
        """The victim's key id."""
        assert self.victim is not None
        return self.victim.kid(prefix)


@dataclass(frozen=True, slots=True)
class Authorities:
    """Who issues in the demonstration."""

    hong_kong: Authority
    guangdong: Authority
    macao: Authority
    customs: Authority
    certificates: Authority
    """Hong Kong's signer of EU-format certificates."""
    stranger: Authority
    """A real-looking issuer that is on no trust list."""
    forger: Authority

    @property
    def trusted(self) -> tuple[Authority, ...]:
        """Those on the trust list."""
        return (self.hong_kong, self.guangdong, self.macao, self.customs, self.certificates)

    def standing_for(
        self,
        hong_kong: Authority,
        guangdong: Authority,
        macao: Authority,
        customs: Authority,
        certificates: Authority,
    ) -> Authorities:
        """The same stranger, and a forger of these trusted ones, whose keys somebody kept."""
        forger = _forger(hong_kong)
        return Authorities(hong_kong, guangdong, macao, customs, certificates, self.stranger, forger)


def found(at: datetime) -> Authorities:
    """New keys, valid around `at`."""
    hong_kong = found_authority("HK", frozenset({"HK1"}), at)
    return Authorities(
        hong_kong=hong_kong,
        guangdong=found_authority("CN-GD", frozenset({"GD1"}), at, algorithm="EdDSA"),
        macao=found_authority("MO", frozenset({"MO1"}), at),
        customs=found_authority("CN", frozenset({"CD1", "TC1"}), at),
        certificates=found_authority("HK", frozenset({"HC1"}), at),
        stranger=found_authority("HK", frozenset({"HK1"}), at),
        forger=_forger(hong_kong),
    )


def _forger(victim: Authority) -> Forger:
    plain = {name: getattr(victim, name) for name in ("issuer", "formats", "not_before", "not_after")}
    return Forger(**plain, key=ec.generate_private_key(ec.SECP256R1()), victim=victim)


@dataclass(frozen=True, slots=True)
class ListFiles:
    """Where the lane's lists lie."""

    trust: Path
    revocation: Path
    key: Path
    policy: Path
    """There where a policy was to be signed too, its signature beside it."""

    @property
    def turned(self) -> Path:
        """That of the other direction, likewise."""
        return self.policy.with_name("turned-policy.json")


def write_lists(
    folder: Path,
    issuers: Authorities,
    revoked: tuple[bytes, ...],
    at: datetime,
    policy: bytes | None = None,
    turned: bytes | None = None,
) -> ListFiles:
    """Signs and writes trust list, revocation list and policy; the signing key itself is written nowhere.

    `revoked` are `cti`s of Hong Kong's codes; `turned` is the policy of the other direction.
    """
    station = ed25519.Ed25519PrivateKey.generate()
    files = ListFiles(
        folder / "trust-list.json",
        folder / "revocation-list.json",
        folder / "lists.pub.pem",
        folder / "policy.json",
    )
    folder.mkdir(parents=True, exist_ok=True)
    entries = [row for authority in issuers.trusted for row in authority.entries()]
    files.trust.write_bytes(trust_file.write(entries, "demo station", at, station))
    covers = [(prefix, who.issuer) for who in issuers.trusted for prefix in sorted(who.formats)]
    withdrawn = Withdrawn(None, CTI, frozenset(truncated(cti) for cti in revoked))
    files.revocation.write_bytes(revocation_file.write([withdrawn], covers, "demo station", at, station))
    files.key.write_bytes(station.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    for document, file in ((policy, files.policy), (turned, files.turned)):
        if document is not None:
            file.write_bytes(document)
            file.with_suffix(".json.sig").write_bytes(sign_apart(document, station))
    return files


def altered(text: str, expires_at: datetime, until: datetime) -> str:
    """The same code with a later end written into it, as a forger with a hex editor would."""
    prefix, body = text.split(":", 1)
    message = zlib.decompress(base45.decode(body.encode("ascii")))
    before = int(expires_at.timestamp()).to_bytes(4, "big")
    after = int(until.timestamp()).to_bytes(4, "big")
    return f"{prefix}:" + wrap(message.replace(before, after))
