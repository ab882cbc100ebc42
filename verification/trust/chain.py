"""From the certificate in a code to a signing authority that is trusted (ICAO Doc 9303-12, one step)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.hashes import SHA224, SHA256, SHA384, SHA512, HashAlgorithm
from cryptography.hazmat.primitives.serialization import load_der_public_key

from verification.encodings import ecdsa
from verification.encodings.der import OID, SEQUENCE, SET, dotted, items, only
from verification.snapshot import Signer
from verification.trust.certificate_fields import EXTENDED_KEY_USAGE, Fields, name_id, only_first

HEALTH_SEAL = "2.23.136.1.1.14.2"
"""The key usage of certificates that sign seals like VDS-NC."""
_DOCUMENT_TYPES = "2.23.136.1.1.6.2"
_EC_KEY = "1.2.840.10045.2.1"
_HASHES: dict[str, type[HashAlgorithm]] = {
    "2.16.840.1.101.3.4.2.1": SHA256,
    "2.16.840.1.101.3.4.2.2": SHA384,
    "2.16.840.1.101.3.4.2.3": SHA512,
}
_RSA: dict[str, type[HashAlgorithm]] = {
    "1.2.840.113549.1.1.11": SHA256,
    "1.2.840.113549.1.1.12": SHA384,
    "1.2.840.113549.1.1.13": SHA512,
}
_ECDSA: dict[str, type[HashAlgorithm]] = {
    "1.2.840.10045.4.3.1": SHA224,
    "1.2.840.10045.4.3.2": SHA256,
    "1.2.840.10045.4.3.3": SHA384,
    "1.2.840.10045.4.3.4": SHA512,
}
_PLAIN_RSA = "1.2.840.113549.1.1.1"
_BY_NAME: dict[str, type[HashAlgorithm]] = {"sha256": SHA256, "sha384": SHA384, "sha512": SHA512}
_PSS = "1.2.840.113549.1.1.10"
_LONGEST_SALT = 64
NO_PURPOSE = "no purpose here"


def document_type(name: str) -> str:
    """How a document type stands among a signer's usages."""
    return f"document type {name}"


def signers(certificate: Fields, authorities: Iterable[Signer]) -> Sequence[Signer]:
    """The certificate as a signer, once for each of `authorities` that issued it.

    It holds while both hold. Without the key usage that seals need, or with document types that are no
    seals, it has the usage `NO_PURPOSE`, which no statement asks for.
    """
    key = public_key(certificate)
    algorithm = None if key is None else ecdsa.algorithm_of(key)
    if key is None or algorithm is None:
        return ()
    usages = _purposes(certificate)
    return [
        Signer(
            kid=certificate.kid,
            key=key,
            algorithm=algorithm,
            issuer=authority.issuer,
            formats=authority.formats,
            not_before=max(filter(None, (certificate.not_before, authority.not_before))),
            not_after=min(filter(None, (certificate.not_after, authority.not_after))),
            usages=usages,
            demo=authority.demo,
            age=authority.age,
        )
        for authority in authorities
        if issued_by(certificate, authority.key)
    ]


def authority_id(certificate: Fields) -> bytes:
    """The id under which the issuer of this certificate stands in a trust list."""
    return name_id(certificate.issuer)


def public_key(certificate: Fields) -> PublicKeyTypes | None:
    """The key on an elliptic curve, None for any other and for one that cannot be read."""
    if certificate.key_algorithm != _EC_KEY:
        return None
    try:
        return load_der_public_key(certificate.key_info)
    except (ValueError, UnsupportedAlgorithm):
        return None


class Made(NamedTuple):
    """A signature with the names of what it was made by, as certificates and CMS write them."""

    name: str
    """Dotted OID of the algorithm."""
    parameters: bytes
    signature: bytes
    signed: bytes
    hash: str = ""
    """The digest where the algorithm's name does not say it (CMS with plain RSA)."""


def issued_by(certificate: Fields, key: PublicKeyTypes) -> bool:
    """Whether `key` signed the certificate, with SHA-224 or better. Never raises."""
    return made_by(
        Made(
            certificate.signature_algorithm,
            certificate.signature_parameters,
            certificate.signature,
            certificate.tbs,
        ),
        key,
    )


def made_by(made: Made, key: PublicKeyTypes) -> bool:
    """Whether `key` made the signature, with SHA-224 or better. Never raises."""
    name = made.name
    try:
        match key:
            case ec.EllipticCurvePublicKey() if name in _ECDSA:
                key.verify(made.signature, made.signed, ec.ECDSA(_ECDSA[name]()))
            case rsa.RSAPublicKey() if name in _RSA and key.key_size >= 2048:
                key.verify(made.signature, made.signed, padding.PKCS1v15(), _RSA[name]())
            case rsa.RSAPublicKey() if name == _PLAIN_RSA and made.hash in _BY_NAME and key.key_size >= 2048:
                key.verify(made.signature, made.signed, padding.PKCS1v15(), _BY_NAME[made.hash]())
            case rsa.RSAPublicKey() if name == _PSS and key.key_size >= 2048:
                pss, digest = _pss(made.parameters)
                key.verify(made.signature, made.signed, pss, digest)
            case _:
                return False
    except (InvalidSignature, UnsupportedAlgorithm, ValueError, IndexError):
        return False
    return True


def _pss(parameters: bytes) -> tuple[padding.PSS, HashAlgorithm]:
    """RSASSA-PSS-params (RFC 4055 §3.1). The defaults are SHA-1, so that each member must be there."""
    members = dict(items(only(parameters, SEQUENCE)))
    digest = _hash(only(members.get(0xA0, b""), SEQUENCE))
    mask = only(members.get(0xA1, b""), SEQUENCE)
    mask_hash = _hash([content for _, content in items(mask)][1])
    salt = int.from_bytes(only(members.get(0xA2, b""), 0x02), "big")
    if salt > _LONGEST_SALT:
        raise ValueError("a salt that is too long")
    return padding.PSS(padding.MGF1(mask_hash()), salt), digest()


def _hash(content: bytes) -> type[HashAlgorithm]:
    found = _HASHES.get(dotted(only_first(content)))
    if found is None:
        raise ValueError("a hash that is not accepted")
    return found


def _purposes(certificate: Fields) -> frozenset[str]:
    """What the certificate may sign seals for: document types, nothing at all, or (empty) any seal."""
    try:
        usage = certificate.extensions.get(EXTENDED_KEY_USAGE, b"\x30\x00")
        allowed = {dotted(oid) for tag, oid in items(only(usage, SEQUENCE)) if tag == OID}
        if HEALTH_SEAL not in allowed:
            return frozenset({NO_PURPOSE})
        types = certificate.extensions.get(_DOCUMENT_TYPES)
        if types is None:
            return frozenset()
        names = {
            document_type(name.decode("ascii"))
            for tag, content in items(only(types, SEQUENCE))
            if tag == SET
            for _, name in items(content)
        }
    except ValueError:
        return frozenset({NO_PURPOSE})
    return frozenset({NO_PURPOSE, *names})
