"""Cryptographic messages (CMS SignedData, RFC 5652), as the EU gateway hands out what countries signed.

Only the keys that the caller trusts can have signed: certificates inside a message are not looked at. The
gateway's messages are BER: lengths may be left open, and texts cut into pieces.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512, Hash, HashAlgorithm

from verification.encodings.der import INTEGER, OCTETS, OID, SEQUENCE, SET, dotted

MAX_BYTES = 1024 * 1024
_MOST_DEPTH = 16
_MOST_ELEMENTS = 4096
_OPEN, _CONSTRUCTED, _CONTEXT_0, _CONTEXT_1 = 0x80, 0x20, 0xA0, 0xA1
_SIGNED_DATA = "1.2.840.113549.1.7.2"
_CONTENT_TYPE, _MESSAGE_DIGEST = "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4"
_DIGESTS: Mapping[str, type[SHA256 | SHA384 | SHA512]] = {
    "2.16.840.1.101.3.4.2.1": SHA256,
    "2.16.840.1.101.3.4.2.2": SHA384,
    "2.16.840.1.101.3.4.2.3": SHA512,
}
_PSS = "1.2.840.113549.1.1.10"
_CURVES = (ec.SECP256R1, ec.SECP384R1, ec.SECP521R1)
_LEAST_RSA = 2048


class CmsRejected(ValueError):
    """A message that must not be believed. `str()` is one sentence."""


@dataclass(frozen=True, slots=True)
class _Element:
    """One element of BER: its tag, its content, and the elements in it where it is built of such."""

    tag: int
    content: bytes
    parts: tuple[_Element, ...]
    whole: bytes | None
    """The encoding as it stands; None where its length was left open."""


def signed_content(data: bytes, keys: Sequence[PublicKeyTypes]) -> bytes:
    """The content of a message that any of `keys` has signed. Raises `CmsRejected`.

    Attached content, one signer, digest SHA-256 or longer; ECDSA on P-256, P-384 or P-521, or RSA from 2048
    bits (PKCS #1 or PSS). The key says which of the two it is, never the message.
    """
    if len(data) > MAX_BYTES:
        raise CmsRejected(f"the message is larger than {MAX_BYTES} bytes")
    try:
        content_type, content, signer = _opened(_Reader(data).only())
        signed, digest, scheme, signature = _signed_by(signer, content_type, content)
    except (ValueError, IndexError) as error:
        raise CmsRejected("the message is no signed CMS message of the form that is read here") from error
    if not any(_made(key, signature, signed, digest, scheme) for key in keys):
        raise CmsRejected("the message was not signed with a key that is trusted for lists")
    return content


def _opened(message: _Element) -> tuple[str, bytes, _Element]:
    """Type of the content, content, and the one signer (§3, §5.1)."""
    kind, wrapped = _parts(message, SEQUENCE)
    _require(_oid(kind) == _SIGNED_DATA)
    (data,) = _parts(wrapped, _CONTEXT_0)
    version, digests, inner, *more = _parts(data, SEQUENCE)
    _require(version.tag == INTEGER and digests.tag == SET and more[-1].tag == SET)
    content_type, attached = _parts(inner, SEQUENCE)
    (octets,) = _parts(attached, _CONTEXT_0)
    (signer,) = _parts(more[-1], SET)
    return _oid(content_type), _octets(octets), signer


def _signed_by(
    signer: _Element, content_type: str, content: bytes
) -> tuple[bytes, HashAlgorithm, str, bytes]:
    """What the signer signed, its digest, its scheme and its signature (§5.3, §5.4)."""
    _version, _who, digest_algorithm, *more = _parts(signer, SEQUENCE)
    digest = _DIGESTS.get(_oid(_parts(digest_algorithm, SEQUENCE)[0]))
    _require(digest is not None)
    assert digest is not None
    attributes = more.pop(0) if more[0].tag == _CONTEXT_0 else None
    scheme, signature = _oid(_parts(more[0], SEQUENCE)[0]), _octets(more[1])
    _require(len(more) == 2 or (len(more) == 3 and more[2].tag == _CONTEXT_1))
    if attributes is None:
        return content, digest(), scheme, signature
    hasher = Hash(digest())
    hasher.update(content)
    said = _attributes(attributes)
    _require(_oid(said[_CONTENT_TYPE]) == content_type)
    _require(_octets(said[_MESSAGE_DIGEST]) == hasher.finalize())
    _require(attributes.whole is not None)
    assert attributes.whole is not None
    return bytes([SET]) + attributes.whole[1:], digest(), scheme, signature


def _attributes(element: _Element) -> dict[str, _Element]:
    """The one value of each signed attribute; none may stand twice (§11)."""
    found: dict[str, _Element] = {}
    for attribute in element.parts:
        kind, values = _parts(attribute, SEQUENCE)
        (value,) = _parts(values, SET)
        _require(_oid(kind) not in found)
        found[_oid(kind)] = value
    _require(_CONTENT_TYPE in found and _MESSAGE_DIGEST in found)
    return found


def _made(key: PublicKeyTypes, signature: bytes, signed: bytes, digest: HashAlgorithm, scheme: str) -> bool:
    try:
        if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, _CURVES):
            key.verify(signature, signed, ec.ECDSA(digest))
        elif isinstance(key, rsa.RSAPublicKey) and key.key_size >= _LEAST_RSA:
            salted = padding.PSS(padding.MGF1(digest), digest.digest_size)
            key.verify(signature, signed, salted if scheme == _PSS else padding.PKCS1v15(), digest)
        else:
            return False
    except InvalidSignature:
        return False
    return True


class _Reader:
    """Reads BER (X.690 §8.1) with open lengths, bounded in depth and number of elements."""

    def __init__(self, data: bytes) -> None:
        self._data, self._left = data, _MOST_ELEMENTS

    def only(self) -> _Element:
        """The one element that the data is."""
        element, end = self._element(0, len(self._data), 1)
        _require(end == len(self._data))
        return element

    def _element(self, at: int, limit: int, depth: int) -> tuple[_Element, int]:
        self._left -= 1
        _require(depth <= _MOST_DEPTH and self._left >= 0 and at + 2 <= limit)
        tag, size, begin = self._data[at], self._data[at + 1], at + 2
        _require(tag & 0x1F != 0x1F)
        if size == _OPEN:
            _require(bool(tag & _CONSTRUCTED))
            parts, end = self._until_end(begin, limit, depth)
            return _Element(tag, self._data[begin:end], parts, None), end + 2
        if size & 0x80:
            width = size & 0x7F
            _require(width <= 4 and begin + width <= limit)
            size = int.from_bytes(self._data[begin : begin + width], "big")
            begin += width
        end = begin + size
        _require(end <= limit)
        parts = self._within(begin, end, depth) if tag & _CONSTRUCTED else ()
        return _Element(tag, self._data[begin:end], parts, self._data[at:end]), end

    def _within(self, at: int, end: int, depth: int) -> tuple[_Element, ...]:
        parts = []
        while at < end:
            part, at = self._element(at, end, depth + 1)
            parts.append(part)
        return tuple(parts)

    def _until_end(self, at: int, limit: int, depth: int) -> tuple[tuple[_Element, ...], int]:
        parts = []
        while self._data[at : min(at + 2, limit)] != b"\0\0":
            part, at = self._element(at, limit, depth + 1)
            parts.append(part)
        return tuple(parts), at


def _parts(element: _Element, tag: int) -> tuple[_Element, ...]:
    _require(element.tag == tag)
    return element.parts


def _oid(element: _Element) -> str:
    _require(element.tag == OID)
    return dotted(element.content)


def _octets(element: _Element) -> bytes:
    """An octet string, also one that is cut into pieces (X.690 §8.7)."""
    if element.tag == OCTETS | _CONSTRUCTED:
        return b"".join(_octets(part) for part in element.parts)
    _require(element.tag == OCTETS)
    return element.content


def _require(holds: bool) -> None:
    if not holds:
        raise ValueError("not the element that belongs here")
