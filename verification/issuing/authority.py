"""An authority that issues codes: its key, its certificate, and its rows on the trust list."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID, ObjectIdentifier

from verification.encodings.cose import EDDSA, ES256
from verification.formats.colour_claims import KIND_OF_PREFIX
from verification.signed_lists import SigningKey
from verification.trust.certificate import certificate_kid, key_kid
from verification.trust.station_list import Entry

CERTIFIED = frozenset({"HC1"})
"""Formats whose signers are known by an X.509 certificate; the colour codes know bare keys."""
ISSUABLE = CERTIFIED | frozenset(KIND_OF_PREFIX)

_ISSUER = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?\Z")
_USAGES = tuple(ObjectIdentifier(f"1.3.6.1.4.1.1847.2021.1.{leaf}") for leaf in (1, 2, 3))
"""Test, vaccination, recovery (hcert_spec §3.2)."""
_MADE_BEFORE = timedelta(days=30)
_LASTS = timedelta(days=730)


class CannotIssue(Exception):
    """What was asked for cannot be issued. `str()` is one sentence that says why."""


@dataclass(frozen=True, slots=True)
class Authority:
    """Who signs. `certificate` (DER) is there where any of `formats` needs one."""

    issuer: str
    formats: frozenset[str]
    key: SigningKey = field(repr=False)
    not_before: datetime
    not_after: datetime
    certificate: bytes | None = field(default=None, repr=False)
    demo: bool = True
    """Everything a demo authority signs is a specimen."""

    @property
    def algorithm(self) -> int:
        """COSE algorithm of the key: -7 (ES256) or -8 (EdDSA)."""
        return EDDSA if isinstance(self.key, ed25519.Ed25519PrivateKey) else ES256

    def kid(self, prefix: str) -> bytes:
        """The key id in codes of this format: 8 bytes of the certificate's hash, or of the key's."""
        if prefix not in self.formats:
            allowed = " ".join(sorted(self.formats))
            raise CannotIssue(f"this authority issues {allowed}, not {prefix}")
        if prefix in CERTIFIED and self.certificate is not None:
            return certificate_kid(self.certificate)
        return key_kid(self.key.public_key())

    def entries(self) -> tuple[Entry, ...]:
        """Its rows for a signed trust list."""
        rows = []
        bare, certified = self.formats - CERTIFIED, self.formats & CERTIFIED
        if bare:
            key, dates = self.key.public_key(), (self.not_before, self.not_after)
            rows.append(Entry(self.issuer, bare, key, None, *dates, demo=self.demo))
        if certified:
            rows.append(Entry(self.issuer, certified, certificate=self.certificate, demo=self.demo))
        return tuple(rows)


def found_authority(
    issuer: str,
    formats: frozenset[str],
    at: datetime,
    *,
    algorithm: Literal["ES256", "EdDSA"] = "ES256",
    demo: bool = True,
    key: SigningKey | None = None,
) -> Authority:
    """A new authority that is valid from 30 days before `at` for two years. Without `key` it makes one.

    Raises `CannotIssue` for an issuer that is no ISO 3166 code and for formats nobody can issue here.
    """
    if not _ISSUER.match(issuer):
        raise CannotIssue(f"the issuer {issuer!r} is no ISO 3166 code such as HK, MO or CN-GD")
    unknown = formats - ISSUABLE
    if unknown or not formats:
        named = " ".join(sorted(unknown)) or "none"
        raise CannotIssue(f"formats: {named} cannot be issued, only {' '.join(sorted(ISSUABLE))}")
    begins = (at - _MADE_BEFORE).replace(microsecond=0)
    ends = begins + _LASTS
    if key is None:
        make = ed25519.Ed25519PrivateKey.generate
        key = make() if algorithm == "EdDSA" else ec.generate_private_key(ec.SECP256R1())
    certificate = None
    if formats & CERTIFIED:
        if isinstance(key, ed25519.Ed25519PrivateKey):
            raise CannotIssue("HC1 is signed with ES256, not with EdDSA")
        certificate = _certificate(issuer, key, begins, ends, demo)
    return Authority(issuer, formats, key, begins, ends, certificate, demo)


def _certificate(
    issuer: str, key: ec.EllipticCurvePrivateKey, begins: datetime, ends: datetime, demo: bool
) -> bytes:
    """A self-made document signer certificate (hcert_spec §3.2); the trust list is what vouches for it."""
    title = "Demo health certificate signer" if demo else "Health certificate signer"
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, issuer[:2]),
            x509.NameAttribute(NameOID.COMMON_NAME, f"{title} {issuer}"),
        ]
    )
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
        .add_extension(x509.ExtendedKeyUsage(_USAGES), critical=False)
        .sign(key, SHA256())
        .public_bytes(Encoding.DER)
    )
