"""DIVOC certificates (India, Sri Lanka, Philippines, Indonesia, Jamaica): a zipped W3C credential in JSON-LD.

The signature (Linked Data Proofs: RsaSignature2018 with PS256, Ed25519Signature2018) is over what the JSON
means, not over its bytes. Finding the meaning is slow and done by a large library, so it is done elsewhere:
`format_with` takes whoever does it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from verification.encodings import base64url, nquads, strict_json
from verification.encodings.cose import EDDSA, PS256
from verification.encodings.malformed import Malformed
from verification.encodings.zip_member import only_member
from verification.formats import divoc_claims
from verification.formats.credential import Credential, Format, Opened, Unverifiable
from verification.formats.divoc_contexts import CREDENTIALS, SECURITY, VACCINATION

Canonicalise = Callable[[Sequence[Mapping[str, Any]]], Sequence[str]]
"""Gives the canonical N-Quads of each document. Raises `Malformed`, or `Unverifiable` when it cannot tell."""

TEXT = b"B64:"
DOCUMENT_BYTES = 16 * 1024
"""Issued certificates have about 2,300."""
MOST_OBJECTS, MOST_VALUES = 24, 256
_HEADER_BYTES = 256
_LONGEST_METHOD = 200
_KINDS = {"RsaSignature2018": ("PS256", PS256), "Ed25519Signature2018": ("EdDSA", EDDSA)}
_PROOF = frozenset({"type", "created", "verificationMethod", "proofPurpose", "jws"})


def format_with(canonicalise: Canonicalise) -> Format:
    """The format, with what it needs from outside."""
    return Format(open=partial(open_certificate, canonicalise), read=read, read_document=divoc_claims.read)


def open_certificate(canonicalise: Canonicalise, text: bytes) -> Opened:
    """Takes a certificate apart. Raises `Malformed`, or `Unverifiable` for names without a meaning here."""
    document = strict_json.decode(only_member(_archive(text), DOCUMENT_BYTES), DOCUMENT_BYTES)
    if not isinstance(document, dict):
        raise Malformed("divoc: the certificate is not an object")
    proof = _proof(document.pop("proof", None))
    _require_known_contexts(document.get("@context"))
    _require_plain({name: value for name, value in document.items() if name != "@context"})
    header, signature = _detached(proof.pop("jws"))
    method = proof["verificationMethod"]
    options, statements = canonicalise(({"@context": SECURITY, **proof}, document))
    graph = nquads.parse(statements)
    if _has_blank_id(document) and not divoc_claims.is_about_somebody(graph):
        raise Unverifiable("divoc: whom it is about is not among what was signed")
    digests = hashlib.sha256(options.encode()).digest() + hashlib.sha256(statements.encode()).digest()
    return Opened(
        content=statements.encode(),
        signed=header + b"." + digests,
        signature=signature,
        algorithm=_algorithm(header, proof["type"]),
        kid=method.encode(),
        issuer=divoc_claims.issuer(graph),
        document=graph,
    )


def read(statements: bytes) -> Credential:
    """What the canonical statements of a certificate say. Raises `Malformed`."""
    try:
        return divoc_claims.read(nquads.parse(statements.decode()))
    except UnicodeDecodeError as error:
        raise Malformed("divoc: the statements are not UTF-8") from error


def _has_blank_id(document: Mapping[str, Any]) -> bool:
    """Whether the holder's id has white space in it.

    India's issuer wrote ids like `did:Driving License:…`. They are no IRI, so what is said of them is left
    out (JSON-LD API 1.1 §8.1), by the signer's library (jsonld.js since 2.0.2) as by ours: the signature
    holds over what remains, whoever is named.
    """
    match document.get("credentialSubject"):
        case {"id": str(name)}:
            return len(name.split()) > 1
    return False


def _archive(text: bytes) -> bytes:
    if not text.startswith(TEXT):
        return text
    try:
        data = base64.b64decode(text[len(TEXT) :], validate=True)
    except (binascii.Error, ValueError) as error:
        raise Malformed("divoc: not base64") from error
    return data


def _proof(proof: Any) -> dict[str, str]:
    """The one proof, made to assert something, of which every member is signed or the signature."""
    if not isinstance(proof, dict) or set(proof) != _PROOF:
        raise Malformed("divoc: not one proof with the members of one")
    if not all(isinstance(value, str) and not value.startswith("_:") for value in proof.values()):
        raise Malformed("divoc: a member of the proof is no text")
    if proof["type"] not in _KINDS:
        raise Unverifiable("divoc: a proof of another kind")
    if proof["proofPurpose"] != "assertionMethod" or len(proof["verificationMethod"]) > _LONGEST_METHOD:
        raise Malformed("divoc: the proof is for something else, or by a key with too long a name")
    if not proof["verificationMethod"].isprintable():
        raise Malformed("divoc: the key's name cannot be printed")
    return proof


def _require_known_contexts(contexts: Any) -> None:
    """Meanings come from this house: not from inside the code, and not from wherever it points."""
    if not isinstance(contexts, list) or not all(isinstance(one, str) for one in contexts):
        raise Malformed("divoc: a context that the certificate brings itself")
    if len(contexts) != 2 or contexts[0] != CREDENTIALS or contexts[1] not in VACCINATION:
        raise Unverifiable("divoc: a context that is not known here")


def _require_plain(document: Mapping[str, Any]) -> None:
    """No keyword of JSON-LD but those that the contexts rename, no named blank node, not much of all."""
    objects = 0
    for number, value in enumerate(_values(document)):
        objects += isinstance(value, dict)
        if isinstance(value, str) and value.startswith(("@", "_:")):
            raise Malformed("divoc: a keyword or the name of a blank node")
        if isinstance(value, float) and not math.isfinite(value):
            raise Malformed("divoc: a number that is none")
        if objects > MOST_OBJECTS or number > MOST_VALUES:
            raise Malformed("divoc: more than a certificate has to say")


def _values(value: Any) -> Iterator[Any]:
    """Everything inside, names too. Depth is bounded by the JSON decoder."""
    yield value
    if isinstance(value, dict):
        yield from value
        for inside in value.values():
            yield from _values(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from _values(inside)


def _detached(jws: str) -> tuple[bytes, bytes]:
    """Header as written and signature of a JWS whose payload stands elsewhere (RFC 7515 appendix F)."""
    parts = jws.encode("utf-8", "surrogatepass").split(b".")
    if len(parts) != 3 or parts[1]:
        raise Malformed("divoc: not a signature with its payload elsewhere")
    return parts[0], base64url.decode(parts[2])


def _algorithm(header: bytes, kind: str) -> int | None:
    """COSE's number for what the header claims, once it is this proof's own. Raises `Malformed`.

    The payload is not encoded, which must be critical (RFC 7797 §6); nothing else may be there.
    """
    name, number = _KINDS[kind]
    fields = strict_json.decode(base64url.decode(header), _HEADER_BYTES)
    match fields:
        case {"alg": str(claimed), "b64": False, "crit": ["b64"], **rest} if not rest:
            return number if claimed == name else None
    raise Malformed("divoc: the header of the signature is not that of a payload left as it is")
