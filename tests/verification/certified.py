"""Certificates made in the test."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from tests.verification.made import EC_KEY

NAME = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Made up for a test")])


def certificate(
    key: Any,
    usages: Sequence[str] = (),
    begins: datetime = datetime(2022, 1, 1, tzinfo=UTC),
    ends: datetime = datetime(2024, 1, 1, tzinfo=UTC),
) -> bytes:
    """A DER certificate for `key`, with these extended key usages."""
    builder = (
        x509.CertificateBuilder()
        .subject_name(NAME)
        .issuer_name(NAME)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(begins)
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    )
    if usages:
        oids = [x509.ObjectIdentifier(usage) for usage in usages]
        builder = builder.add_extension(x509.ExtendedKeyUsage(oids), critical=False)
    return builder.sign(EC_KEY, SHA256()).public_bytes(Encoding.DER)
