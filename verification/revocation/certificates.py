"""Certificates of seals that their authority withdrew: X.509 lists (RFC 5280 §5) that CSCAs sign."""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from verification.encodings.der import (
    BIT_STRING,
    GENERALIZED_TIME,
    INTEGER,
    OCTETS,
    OID,
    SEQUENCE,
    UTC_TIME,
    dotted,
    elements,
    items,
    only,
)
from verification.signed_lists import ListRejected
from verification.snapshot import ListAge, RevocationAnswer, RevocationQuery, Signer, TrustStore
from verification.trust.certificate_fields import name_id, name_of, time_of
from verification.trust.chain import Made, made_by

FORMAT = "VDSNC"
MAX_BYTES = 8 * 1024 * 1024
_PEM = re.compile(rb"\s*-----BEGIN X509 CRL-----([A-Za-z0-9+/=\s]+)-----END X509 CRL-----\s*\Z")
_EXTENSIONS = 0xA0
_CRITICAL = (0x01, b"\xff")
_AHEAD = timedelta(hours=24)
"""How far an authority's clock may be before a lane's."""


@dataclass(frozen=True, slots=True)
class WithdrawnCertificates:
    """One list of one authority: a `RevocationIndex` for seals whose certificates it issued."""

    authority: bytes
    """The authority's name, as `certificate_fields.name_id` gives it."""
    serials: frozenset[int] = field(repr=False)
    made_at: datetime
    fresh_until: datetime
    """`nextUpdate`, and no later than the authority's own certificate holds."""
    signed_at: datetime | None = None
    """None: how old the list may become is its own affair (`fresh_until`), not a policy's for daily lists."""

    def check(self, query: RevocationQuery) -> RevocationAnswer:
        """Withdrawn stays withdrawn on an old list; only one in force can clear."""
        if query.prefix != FORMAT or query.certificate is None or query.certificate[0] != self.authority:
            return RevocationAnswer.NO_LIST
        if query.certificate[1] in self.serials:
            return RevocationAnswer.SIGNER_REVOKED
        in_force = query.at is not None and self.made_at - _AHEAD <= query.at <= self.fresh_until
        return RevocationAnswer.CLEAR if in_force else RevocationAnswer.STALE

    def age(self) -> ListAge:
        """Its age for an officer's screen: ageing in the last tenth of its time, stale from its end on."""
        lasts = self.fresh_until - self.made_at
        return ListAge(self.made_at, lasts * 0.9, lasts, self.fresh_until)

    def __len__(self) -> int:
        return len(self.serials)


def looks_like_certificate_list(data: bytes) -> bool:
    """Whether the file is a list in PEM, or something in DER."""
    return data[:1] == b"\x30" or b"-----BEGIN X509 CRL-----" in data[:4096]


def load(data: bytes, trust: TrustStore) -> WithdrawnCertificates:
    """The list, once an authority of its name in `trust` signed it. Raises `ListRejected`."""
    if len(data) > MAX_BYTES:
        raise ListRejected(f"the list of certificates is larger than {MAX_BYTES} bytes")
    try:
        return _load(_der(data), trust)
    except (ValueError, IndexError, OverflowError) as error:
        raise ListRejected("the list of certificates is not well-formed") from error


def _load(der: bytes, trust: TrustStore) -> WithdrawnCertificates:
    (_, tbs, whole), (tag, algorithm, _), (bits_tag, bits, _) = elements(only(der, SEQUENCE))
    parts = list(elements(tbs))
    if parts[0][0] != INTEGER or parts[0][1] != b"\1":
        raise ListRejected("the list of certificates is not of version 2")
    (inner_tag, inner, _), (_, issuer, _), (begun_tag, begun, _), (ends_tag, ends, _), *rest = parts[1:]
    if ends_tag not in (UTC_TIME, GENERALIZED_TIME):
        raise ListRejected("the list of certificates does not say when the next one is due")
    if bits_tag != BIT_STRING or bits[:1] != b"\0" or not tag == inner_tag == SEQUENCE:
        raise ValueError("no signature and its algorithm")
    (oid_tag, oid, _), *parameters = elements(algorithm)
    if oid_tag != OID or next(iter(items(inner))) != (OID, oid):
        raise ListRejected("the list of certificates names two signature algorithms")
    name = name_id(name_of(issuer))
    made = Made(dotted(oid), parameters[0][2] if parameters else b"", bits[1:], whole)
    signer = _signer(made, name, trust)
    made_at, fresh_until = time_of(begun_tag, begun), time_of(ends_tag, ends)
    if signer.not_after is not None:
        fresh_until = min(fresh_until, signer.not_after)
    return WithdrawnCertificates(name, _serials(rest), made_at, fresh_until)


def _der(data: bytes) -> bytes:
    if data[:1] == b"\x30":
        return data
    found = _PEM.match(data)
    if found is None:
        raise ValueError("not one list in PEM")
    return binascii.a2b_base64(b"".join(found[1].split()), strict_mode=True)


def _signer(made: Made, name: bytes, trust: TrustStore) -> Signer:
    for signer in trust.signers(FORMAT, name):
        if made_by(made, signer.key):
            return signer
    raise ListRejected("the list of certificates was not signed by an authority of the trust lists")


def _serials(rest: list[tuple[int, bytes, bytes]]) -> frozenset[int]:
    """The serial numbers of `revokedCertificates`. Raises `ListRejected` for what must not be passed over.

    Critical extensions say that the list is a delta, or speaks for others (RFC 5280 §5.2, §5.3): none is
    known here.
    """
    serials = set()
    for tag, content, _ in rest:
        if tag == _EXTENSIONS:
            _refuse_critical(only(content, SEQUENCE))
        elif tag != SEQUENCE:
            raise ValueError("an element that does not belong here")
        else:
            for entry in items(content):
                (serial_tag, serial), _, *extensions = items(entry[1])
                if entry[0] != SEQUENCE or serial_tag != INTEGER:
                    raise ValueError("an entry without a serial number")
                for _, extension in extensions:
                    _refuse_critical(extension)
                serials.add(int.from_bytes(serial, "big", signed=True))
    return frozenset(serials)


def _refuse_critical(extensions: bytes) -> None:
    for _, extension in items(extensions):
        parts = list(items(extension))
        if parts[0][0] != OID or parts[-1][0] != OCTETS:
            raise ValueError("an extension without a name or value")
        if _CRITICAL in parts[1:-1]:
            raise ListRejected("the list of certificates has a critical extension that is not known here")
