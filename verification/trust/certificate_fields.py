"""Certificates read field by field, for those that a strict X.509 parser refuses.

Signer certificates of several states name their signature algorithm twice and differently, or write a
parameter where none belongs. Keys and signatures are still `cryptography`'s affair: this only finds them.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache

from verification.encodings.der import (
    BIT_STRING,
    GENERALIZED_TIME,
    OCTETS,
    OID,
    SEQUENCE,
    SET,
    UTC_TIME,
    dotted,
    elements,
    items,
    only,
)

COUNTRY = "2.5.4.6"
BASIC_CONSTRAINTS, KEY_USAGE, EXTENDED_KEY_USAGE = "2.5.29.19", "2.5.29.15", "2.5.29.37"
SUBJECT_KEY, AUTHORITY_KEY = "2.5.29.14", "2.5.29.35"
_VERSION, _EXTENSIONS = 0xA0, 0xA3
_TEXTS = {0x0C: "utf-8", 0x13: "ascii", 0x14: "latin-1", 0x16: "ascii", 0x1C: "utf-32-be", 0x1E: "utf-16-be"}
ID_BYTES = 8

Name = tuple[tuple[tuple[str, str], ...], ...]
"""Sets of attribute type and value, in order. Values as RFC 5280 §7.1 compares them."""


@dataclass(frozen=True, slots=True)
class Fields:
    """What a certificate says of itself. Nothing of it was checked."""

    kid: bytes
    """First 8 bytes of the whole certificate's SHA-256."""
    der: bytes = field(repr=False)
    """The whole certificate."""
    tbs: bytes = field(repr=False)
    issuer: Name
    subject: Name
    not_before: datetime
    not_after: datetime
    key_info: bytes = field(repr=False)
    """The SubjectPublicKeyInfo in DER."""
    key_algorithm: str
    extensions: dict[str, bytes] = field(repr=False)
    """Values by dotted OID."""
    signature_algorithm: str
    signature_parameters: bytes
    """The whole encoding of the parameters; empty where there are none."""
    signature: bytes = field(repr=False)
    serial: int = 0
    """By which its authority withdraws it."""

    @property
    def country(self) -> str:
        """The country of the subject in capitals; empty where there is not exactly one."""
        found = [value for attributes in self.subject for kind, value in attributes if kind == COUNTRY]
        return found[0].upper() if len(found) == 1 else ""

    @property
    def may_issue(self) -> bool:
        """Whether it says that it is an authority (RFC 5280 §4.2.1.9, §4.2.1.3). Raises ValueError."""
        constraints = self.extensions.get(BASIC_CONSTRAINTS)
        if constraints is None or (0x01, b"\xff") not in list(items(only(constraints, SEQUENCE))):
            return False
        usage = self.extensions.get(KEY_USAGE)
        return usage is None or any(byte & 0x04 for byte in only(usage, BIT_STRING)[1:2])

    @property
    def names_own_key(self) -> bool:
        """Whether issuer and subject are one, and so are their keys as far as it says. Raises ValueError.

        A link certificate has the names of one authority and the former key's signature.
        """
        if self.issuer != self.subject:
            return False
        own, authority = self.extensions.get(SUBJECT_KEY), self.extensions.get(AUTHORITY_KEY)
        if own is None or authority is None:
            return True
        key_ids = [content for tag, content in items(only(authority, SEQUENCE)) if tag == 0x80]
        return not key_ids or key_ids[0] == only(own, OCTETS)


@lru_cache(maxsize=64)
def read(der: bytes) -> Fields:
    """Takes one certificate apart (RFC 5280 §4.1). Raises ValueError for bytes that are none.

    The last ones are remembered: travellers of one country show the same certificate in their codes.
    """
    try:
        return _read(der)
    except (IndexError, UnicodeError) as error:
        raise ValueError("not a certificate") from error


def name_id(name: Name) -> bytes:
    """8 bytes that names equal under RFC 5280 §7.1 share."""
    return hashlib.sha256(repr(name).encode()).digest()[:ID_BYTES]


def _read(der: bytes) -> Fields:
    (_, tbs, whole_tbs), (algorithm_tag, algorithm, _), (tag, bits, _) = elements(only(der, SEQUENCE))
    parts = list(elements(tbs))
    if parts[0][0] == _VERSION:
        del parts[0]
    serial, inner, issuer, validity, subject, key_info, *rest = parts
    if tag != BIT_STRING or bits[:1] != b"\0":
        raise ValueError("the signature is not a whole number of bytes")
    if not algorithm_tag == inner[0] == SEQUENCE:
        raise ValueError("the signature algorithm is not a sequence")
    (oid_tag, outer_oid, _), *parameters = elements(algorithm)
    if oid_tag != OID or only_first(inner[1]) != outer_oid:
        raise ValueError("the certificate names two signature algorithms")
    begins, ends = items(validity[1])
    extensions = [only(content, SEQUENCE) for kind, content, _ in rest if kind == _EXTENSIONS]
    return Fields(
        kid=hashlib.sha256(der).digest()[:ID_BYTES],
        der=der,
        tbs=whole_tbs,
        issuer=name_of(issuer[1]),
        subject=name_of(subject[1]),
        not_before=time_of(*begins),
        not_after=time_of(*ends),
        key_info=key_info[2],
        key_algorithm=dotted(only_first(only_first(key_info[1]))),
        extensions=_extensions(extensions[0]) if extensions else {},
        signature_algorithm=dotted(outer_oid),
        signature_parameters=parameters[0][2] if parameters else b"",
        signature=bits[1:],
        serial=int.from_bytes(serial[1], "big", signed=True),
    )


def only_first(content: bytes) -> bytes:
    """The content of the first element. Raises ValueError."""
    for _, inner in items(content):
        return inner
    raise ValueError("an element is missing")


def _extensions(content: bytes) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for _, extension in items(content):
        parts = list(items(extension))
        if len(parts) < 2 or parts[0][0] != OID or parts[-1][0] != OCTETS:
            raise ValueError("an extension without a name or value")
        oid = dotted(parts[0][1])
        if oid in found:
            raise ValueError("an extension that occurs twice")
        found[oid] = parts[-1][1]
    return found


def name_of(content: bytes) -> Name:
    """A name as it stands in a certificate or list. Raises ValueError."""
    return tuple(
        tuple(sorted(_attribute(attribute) for _, attribute in items(attributes)))
        for tag, attributes in items(content)
        if tag == SET
    )


def _attribute(content: bytes) -> tuple[str, str]:
    (_, kind), (tag, value) = items(content)
    encoding = _TEXTS.get(tag)
    text = value.hex() if encoding is None else value.decode(encoding)
    return dotted(kind), " ".join(text.casefold().split())


def time_of(tag: int, content: bytes) -> datetime:
    """RFC 5280 §4.1.2.5: always in UTC, with seconds. Raises ValueError."""
    text = content.decode("ascii")
    if tag == UTC_TIME:
        text = ("20" if text < "50" else "19") + text
    elif tag != GENERALIZED_TIME:
        raise ValueError("not a time")
    return datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)
