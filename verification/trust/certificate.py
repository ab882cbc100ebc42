"""Signers from X.509 certificates: the key, its dates and what it may be used for."""

from __future__ import annotations

import hashlib
import warnings

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from verification.encodings.cose import algorithm_of
from verification.snapshot import Signer
from verification.trust.key_usage import extended_key_usages

KID_BYTES = 8


class CertificateUnusable(Exception):
    """A certificate that cannot be read, or whose key makes no signature we accept."""


def signer_of(
    der: bytes,
    *,
    issuer: str,
    formats: frozenset[str],
    kid: bytes | None = None,
    demo: bool = False,
) -> Signer:
    """The signer in one DER certificate. Without `kid` it is the certificate's own (`certificate_kid`).

    Raises `CertificateUnusable`.
    """
    try:
        certificate = _read(der)
        key = certificate.public_key()
        usages = extended_key_usages(certificate.tbs_certificate_bytes)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise CertificateUnusable("the certificate cannot be read") from error
    algorithm = algorithm_of(key)
    if algorithm is None:
        raise CertificateUnusable("the certificate's key makes no signature that is accepted")
    return Signer(
        kid=certificate_kid(der) if kid is None else kid,
        key=key,
        algorithm=algorithm,
        issuer=issuer,
        formats=formats,
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
        usages=usages,
        demo=demo,
    )


def certificate_kid(der: bytes) -> bytes:
    """First 8 bytes of the certificate's SHA-256 (hcert_spec §3.3.2)."""
    return hashlib.sha256(der).digest()[:KID_BYTES]


def key_kid(key: PublicKeyTypes) -> bytes:
    """First 8 bytes of the SHA-256 of the SubjectPublicKeyInfo: the key id of colour-code keys."""
    der = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(der).digest()[:KID_BYTES]


def _read(der: bytes) -> x509.Certificate:
    with warnings.catch_warnings():
        # Serial numbers that are not positive are issued, whatever RFC 5280 §4.1.2.2 says.
        warnings.simplefilter("ignore")
        return x509.load_der_x509_certificate(der)
