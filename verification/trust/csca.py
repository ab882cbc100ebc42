"""Country signing authorities (CSCA): certificates in PEM or DER, believed because somebody names them."""

from __future__ import annotations

import binascii
import re

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key

from verification.encodings import ecdsa
from verification.encodings.cose import PS256
from verification.signed_lists import ListRejected
from verification.snapshot import Signer
from verification.trust import certificate_fields, chain
from verification.trust.certificate import CertificateUnusable
from verification.trust.store import TrustList

FORMAT = "VDSNC"
_MOST_CERTIFICATES = 2000
_PEM = re.compile(rb"-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]{1,20000})-----END CERTIFICATE-----")
_DER_SEQUENCE = re.compile(rb"\x30[\x82\x83]")


def looks_like_certificates(data: bytes) -> bool:
    """Whether the file is a certificate in DER, or holds some in PEM."""
    return _DER_SEQUENCE.match(data) is not None or b"-----BEGIN CERTIFICATE-----" in data


def load(data: bytes) -> TrustList:
    """The authorities in one file. Raises `ListRejected`: one bad certificate spoils it.

    Nothing signs such a file, and it does not say when it was made: whoever names it vouches for it.
    """
    ders = [_from_pem(body) for body in _PEM.findall(data)] if b"-----BEGIN" in data else [data]
    if not 0 < len(ders) <= _MOST_CERTIFICATES:
        raise ListRejected("the file holds no certificates, or too many")
    try:
        return TrustList([authority(der) for der in ders])
    except CertificateUnusable as error:
        raise ListRejected(str(error)) from error


def authority(der: bytes, *, demo: bool = False) -> Signer:
    """The authority in one certificate, filed under its country and found by its name.

    Raises `CertificateUnusable` for a certificate that may not issue others, and for one that names its own
    key as the issuer's and was not signed by it. A link certificate was signed by the former key, which may
    not be here any longer: whoever names the file vouches for it.
    """
    try:
        certificate = certificate_fields.read(der)
        key = load_der_public_key(certificate.key_info)
        may_issue, own = certificate.may_issue, certificate.names_own_key
    except (ValueError, UnsupportedAlgorithm) as error:
        raise CertificateUnusable("the certificate cannot be read") from error
    if not may_issue:
        raise CertificateUnusable("the certificate is not a signing authority's")
    if not certificate.country:
        raise CertificateUnusable("the certificate does not name one country")
    if own and not chain.issued_by(certificate, key):
        raise CertificateUnusable("the certificate's own signature is wrong")
    if not isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        raise CertificateUnusable("the certificate's key signs no certificates here")
    return Signer(
        kid=certificate_fields.name_id(certificate.subject),
        key=key,
        algorithm=ecdsa.algorithm_of(key) or PS256,
        issuer=certificate.country,
        formats=frozenset({FORMAT}),
        not_before=certificate.not_before,
        not_after=certificate.not_after,
        demo=demo,
    )


def _from_pem(body: bytes) -> bytes:
    try:
        return binascii.a2b_base64(b"".join(body.split()), strict_mode=True)
    except binascii.Error as error:
        raise ListRejected("a certificate in PEM is not base64") from error
