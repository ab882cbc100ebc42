"""CSCA master lists (ICAO Doc 9303-12 §9): the authorities of many states in one signed CMS (RFC 5652).

Believed when a list key made the signature, or issued the certificate of the master list signer that travels
in the list and says of itself that it may sign such lists.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.serialization import load_der_public_key

from verification.encodings.der import INTEGER, OCTETS, OID, SEQUENCE, SET, dotted, elements, items, only
from verification.signed_lists import NOT_BY_A_TRUSTED_KEY, ListRejected
from verification.trust import certificate_fields, chain, csca
from verification.trust.certificate import CertificateUnusable
from verification.trust.certificate_fields import EXTENDED_KEY_USAGE, Fields, only_first, time_of
from verification.trust.store import TrustList

CONTENT, SIGNER = "2.23.136.1.1.2", "2.23.136.1.1.3"
"""What a master list contains, and what the certificate of its signer may do."""
_SIGNED_DATA = "1.2.840.113549.1.7.2"
_CONTENT_TYPE, _DIGEST, _SIGNING_TIME = (f"1.2.840.113549.1.9.{number}" for number in (3, 4, 5))
_HASHES = {
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}
_EXPLICIT = 0xA0
_START = re.compile(rb"\x30[\x80-\x84].{0,4}?\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02", re.DOTALL)
_MOST_AUTHORITIES = 2000


def looks_like_master_list(data: bytes) -> bool:
    """Whether the file is signed data in CMS."""
    return _START.match(data) is not None


def load(data: bytes, keys: Sequence[PublicKeyTypes]) -> TrustList:
    """The authorities on a list that any of `keys` stands for. Raises `ListRejected`.

    It is as old as its signing time. Certificates that cannot be used are left out: what their authorities
    issued stays "unknown signer".
    """
    try:
        content, certificates, signers = _open(data)
        found = [at for info in signers for at in _signed(info, content, certificates, keys)]
        if not found:
            raise ListRejected(NOT_BY_A_TRUSTED_KEY)
        ders = list(_authorities(content))
    except (ValueError, IndexError, KeyError) as error:
        raise ListRejected("the master list is not built as ICAO's are") from error
    if len(ders) > _MOST_AUTHORITIES:
        raise ListRejected("the master list has too many certificates")
    signers_found = []
    for der in ders:
        try:
            signers_found.append(csca.authority(der))
        except CertificateUnusable:
            continue
    if not signers_found:
        raise ListRejected("the master list has no authority that can be used")
    return TrustList(signers_found, found[0])


def _open(data: bytes) -> tuple[bytes, list[bytes], list[bytes]]:
    """The content, the certificates beside it, and the infos of its signers (RFC 5652 §5.1)."""
    (oid_tag, kind), (tag, wrapped) = items(only(data, SEQUENCE))
    if oid_tag != OID or dotted(kind) != _SIGNED_DATA or tag != _EXPLICIT:
        raise ValueError("not signed data")
    (_, _), (_, _), (_, inside), *rest = items(only(wrapped, SEQUENCE))
    (_, content_type), (content_tag, content) = items(inside)
    if dotted(content_type) != CONTENT or content_tag != _EXPLICIT:
        raise ValueError("not a master list")
    certificates = [der for tag, members in rest[:-1] if tag == _EXPLICIT for _, _, der in elements(members)]
    last, infos = rest[-1]
    if last != SET:
        raise ValueError("no signers")
    return only(content, OCTETS), certificates, [info for tag, info in items(infos) if tag == SEQUENCE]


def _signed(
    info: bytes, content: bytes, certificates: list[bytes], keys: Sequence[PublicKeyTypes]
) -> Iterator[datetime]:
    """When it was signed, where this signer's signature (RFC 5652 §5.4) counts."""
    _, _, (_, digest, _), (tag, attributes, encoded), (_, algorithm, _), (_, signature, _), *_ = elements(
        info
    )
    hash_name = _HASHES.get(dotted(only_first(digest)))
    if hash_name is None or tag != _EXPLICIT:
        return
    said = dict(_attribute(one) for _, one in items(attributes))
    if only(said[_DIGEST], OCTETS) != hashlib.new(hash_name, content).digest():
        return
    if dotted(only(said[_CONTENT_TYPE], OID)) != CONTENT:
        return
    ((time_tag, written),) = items(said[_SIGNING_TIME])
    at = time_of(time_tag, written)
    (_, name, _), *parameters = elements(algorithm)
    made = chain.Made(
        name=dotted(name),
        parameters=parameters[0][2] if parameters else b"",
        hash=hash_name,
        signature=signature,
        signed=bytes((SET,)) + encoded[1:],
    )
    for key in (*keys, *_delegates(certificates, keys, at)):
        if chain.made_by(made, key):
            yield at


def _attribute(content: bytes) -> tuple[str, bytes]:
    """Name and value; one of several values is none that is asked for here."""
    (_, name), (_, values) = items(content)
    return dotted(name), values


def _delegates(
    certificates: list[bytes], keys: Sequence[PublicKeyTypes], at: datetime
) -> Iterator[PublicKeyTypes]:
    """Keys of the certificates that a list key issued for signing master lists, in force at that time."""
    for der in certificates:
        fields = certificate_fields.read(der)
        if not fields.not_before <= at <= fields.not_after or not _may_sign_lists(fields):
            continue
        if any(chain.issued_by(fields, key) for key in keys):
            try:
                yield load_der_public_key(fields.key_info)
            except UnsupportedAlgorithm:
                continue


def _may_sign_lists(fields: Fields) -> bool:
    usages = fields.extensions.get(EXTENDED_KEY_USAGE, b"\x30\x00")
    return SIGNER in {dotted(oid) for tag, oid in items(only(usages, SEQUENCE)) if tag == OID}


def _authorities(content: bytes) -> Iterator[bytes]:
    """CscaMasterList (Doc 9303-12 §9.2): a version and a set of certificates."""
    (version_tag, version), (set_tag, members) = items(only(content, SEQUENCE))
    if version_tag != INTEGER or version != b"\0" or set_tag != SET:
        raise ValueError("another version")
    for _, _, der in elements(members):
        yield der
