"""The proof inside WHO's trust lists (GDHCN): Linked Data Proof `JsonWebSignature2020` over a DID document.

Signed is what the document states under its two contexts (JSON-LD, URDNA2015), so that only these statements
are handed on: a member that its contexts do not name (domain, participant, key usage) is not signed and not
there. Contexts come with PyLD; nothing is fetched.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.hashes import SHA256

from verification.encodings import base64url, ecdsa, nquads, strict_json
from verification.encodings.malformed import Malformed
from verification.signed_lists import NOT_BY_A_TRUSTED_KEY, ListRejected, to_time

CONTEXTS = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/suites/jws-2020/v1"]
SECURITY = "https://w3id.org/security#"
KIND, METHOD = "JsonWebSignature2020", "JsonWebKey2020"
MAX_BYTES = 16 * 1024 * 1024
"""WHO's largest list has 1.3 MB."""
_JSON = "http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON"
_REQUIRED = frozenset({"type", "created", "proofPurpose", "verificationMethod", "jws"})
_MEMBERS = _REQUIRED | {"nonce", "domain", "challenge"}
_HEADER_BYTES = 1024
_CLAIMED = frozenset({"ES256", "EC"})
"""What the header calls the algorithm: WHO's first lists have `EC`, which is none. The key decides."""


def is_proven(document: Mapping[str, Any]) -> bool:
    """Whether a document has a proof of the kind that is checked here."""
    proof = document.get("proof")
    return isinstance(proof, dict) and proof.get("type") == KIND


def require_proof(
    document: Mapping[str, Any], size: int, keys: Sequence[PublicKeyTypes]
) -> tuple[dict[str, Any], datetime]:
    """What the document states, and when it was signed, once one of `keys` made its proof.

    `size` is that of the file in bytes. Keys are on P-256. Raises `ListRejected`.
    """
    if size > MAX_BYTES:
        raise ListRejected(f"the DID document is larger than {MAX_BYTES} bytes")
    if document.get("@context") != CONTEXTS:
        raise ListRejected("the DID document has contexts that are not known here")
    proof = _proof(document["proof"])
    body = {name: value for name, value in document.items() if name not in ("proof", "@context")}
    _require_no_keywords(body)
    try:
        header, signature = _detached(proof.pop("jws"))
        options = _statements({"@context": CONTEXTS, **proof}, nameless=1)
        stated = _statements({"@context": CONTEXTS, **body}, nameless=0)
        graph = nquads.parse(stated)
    except Malformed as error:
        raise ListRejected(f"the proof of the DID document cannot be checked: {error}") from error
    digests = hashlib.sha256(options.encode()).digest() + hashlib.sha256(stated.encode()).digest()
    if not any(_signed_by(key, signature, header + b"." + digests) for key in keys):
        raise ListRejected(NOT_BY_A_TRUSTED_KEY)
    return _read(graph, body.get("id")), to_time(proof["created"])


def _proof(proof: dict[str, Any]) -> dict[str, str]:
    if not _REQUIRED <= set(proof) <= _MEMBERS or not all(isinstance(one, str) for one in proof.values()):
        raise ListRejected("the proof of the DID document lacks a member, or has one that is not known")
    if proof["proofPurpose"] != "assertionMethod":
        raise ListRejected("the proof of the DID document is for another purpose than to assert")
    if any(one.startswith(("@", "_:")) for one in proof.values()):
        raise ListRejected("the proof of the DID document has a keyword of JSON-LD for a value")
    return dict(proof)


def _require_no_keywords(body: Mapping[str, Any]) -> None:
    """Meanings come from the contexts alone, and everything that is stated has a name of its own."""
    for name in _names(body):
        if name.startswith("@"):
            raise ListRejected("the DID document has a keyword of JSON-LD inside")


def _names(value: Any) -> Iterator[str]:
    waiting = [value]
    while waiting:
        inside = waiting.pop()
        if isinstance(inside, dict):
            yield from inside
            waiting.extend(inside.values())
        elif isinstance(inside, list):
            waiting.extend(inside)


def _detached(jws: str) -> tuple[bytes, bytes]:
    """Header as written, and signature, of a JWS whose payload is left as it is and elsewhere (RFC 7797)."""
    header, empty, signature, *more = [*jws.encode("utf-8", "surrogatepass").split(b"."), b"", b""]
    if empty or len(more) != 2:
        raise Malformed("not a signature with its payload elsewhere")
    match strict_json.decode(base64url.decode(header), _HEADER_BYTES):
        case {"alg": str(claimed), "b64": False, "crit": ["b64"], **rest} if not rest and claimed in _CLAIMED:
            return header, base64url.decode(signature)
    raise Malformed("the header of the signature is not that of a payload left as it is")


def _statements(document: Mapping[str, Any], *, nameless: int) -> str:
    """Canonical N-Quads. Blank nodes are bounded first: what they cost grows with their factorial."""
    from pyld import jsonld
    from pyld.canon import URDNA2015
    from pyld.documentloader.frozen import BUNDLED_CONTEXTS, FrozenDocumentLoader

    loader = FrozenDocumentLoader({url: BUNDLED_CONTEXTS[url] for url in CONTEXTS})
    try:
        dataset = jsonld.to_rdf(dict(document), {"documentLoader": loader, "base": None})
    except (jsonld.JsonLdError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Malformed("no JSON-LD document that can be expanded") from error
    blanks = {
        part["value"]
        for triples in dataset.values()
        for triple in triples
        for part in triple.values()
        if part["type"] == "blank node"
    }
    if len(blanks) > nameless or set(dataset) - {"@default"}:
        raise Malformed("something without a name, or more than one graph")
    return str(URDNA2015().main(dataset, {"format": "application/n-quads"}))


def _signed_by(key: PublicKeyTypes, signature: bytes, signed: bytes) -> bool:
    """Whether `key` on P-256 made the signature: raw (RFC 7518 §3.4), or in DER as WHO writes it."""
    if not isinstance(key, ec.EllipticCurvePublicKey) or ecdsa.algorithm_of(key) != ecdsa.ES256:
        return False
    if ecdsa.signed_by(key, signature, signed):
        return True
    try:
        key.verify(signature, signed, ec.ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True


def _read(graph: nquads.Graph, own: Any) -> dict[str, Any]:
    """The document that the statements make: its id, and its methods with type and key."""
    if not isinstance(own, str):
        raise ListRejected("the DID document has no id")
    methods = []
    for method in graph.nodes(nquads.Node(own), SECURITY + "verificationMethod"):
        kinds = graph.nodes(method, nquads.TYPE)
        keys = [one for one in graph.literals(method, SECURITY + "publicKeyJwk") if one.type == _JSON]
        if kinds == [nquads.Node(SECURITY + METHOD)] and len(keys) == 1:
            methods.append({"id": method.name, "type": METHOD, "publicKeyJwk": json.loads(keys[0].text)})
    return {"id": own, "verificationMethod": methods}
