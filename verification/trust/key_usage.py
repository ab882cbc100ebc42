"""The extended key usages of a certificate, read past extensions that a strict parser refuses.

Issued signer certificates carry mistakes in extensions that do not matter here (an encoded default in the
basic constraints, for one), and one such mistake must not lose every traveller of a country.
"""

from __future__ import annotations

from verification.encodings.der import OCTETS, OID, SEQUENCE, dotted, items, only

_EXTENSIONS = 0xA3
_EXTENDED_KEY_USAGE = bytes((0x55, 0x1D, 0x25))


def extended_key_usages(tbs: bytes) -> frozenset[str]:
    """Dotted OIDs of the extension 2.5.29.37 in the TBSCertificate (RFC 5280 §4.1, §4.2.1.12).

    Empty when there is no such extension. Raises ValueError for bytes that are not DER.
    """
    for tag, content in items(only(tbs, SEQUENCE)):
        if tag == _EXTENSIONS:
            return _usages(only(content, SEQUENCE))
    return frozenset()


def _usages(extensions: bytes) -> frozenset[str]:
    for _, extension in items(extensions):
        parts = list(items(extension))
        if parts and parts[0] == (OID, _EXTENDED_KEY_USAGE):
            tag, value = parts[-1]
            if tag != OCTETS:
                raise ValueError("an extension without a value")
            return frozenset(dotted(oid) for kind, oid in items(only(value, SEQUENCE)) if kind == OID)
    return frozenset()
