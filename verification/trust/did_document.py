"""DID documents (W3C DID Core): an issuer's own (New Zealand), or a trust list in their form (WHO).

WHO's lists are believed for the proof inside them (`did_proof`), and then for what it signs alone:
participant and key usage are read from the method's signed name (`…:ARM:DSC#kid`). Whoever loads another
document vouches for the file, or signs it (`signed_lists.require_signed_apart`).
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.x509.oid import NameOID

from verification.encodings.cose import ES256
from verification.signed_lists import ListRejected, from_base64
from verification.snapshot import Signer
from verification.trust import certificate_fields, did_proof
from verification.trust.certificate import KID_BYTES, CertificateUnusable, signer_of
from verification.trust.jwk import KeyUnusable, p256
from verification.trust.store import TrustList

_PASSES = frozenset({"NZCP"})
_CERTIFICATES = frozenset({"HC1"})
_METHOD = "JsonWebKey2020"
_USAGES = frozenset({"DSC", "SCA", "CSCA", "DECA", "DESC", "TLS", "UP", "SIGN", "AUTHENTICATION", "UPLOAD"})
"""Last parts of the names of methods in WHO's lists that say what a key is for."""
_SIGNING = frozenset({None, "", "DSC"})
"""`keyusage` of document signers; the others (CSCA, UP, TLS, …) sign no codes."""


def read_proven(data_size: int, document: dict[str, Any], keys: Sequence[PublicKeyTypes]) -> TrustList:
    """The signers that a list's own proof, made by one of `keys`, stands for. Raises `ListRejected`."""
    stated, signed_at = did_proof.require_proof(document, data_size, keys)
    found = (_proven(method) for method in stated["verificationMethod"])
    signers = [signer for signer in found if signer is not None]
    if not signers:
        raise ListRejected("the DID document has no signed key that can be used")
    return TrustList(signers, signed_at)


def read(document: dict[str, Any]) -> TrustList:
    """The signers of a document that somebody vouched for. Raises `ListRejected`.

    Methods that cannot be used are left out: what they signed stays "unknown signer".
    """
    methods, own = document.get("verificationMethod"), document.get("id")
    if not isinstance(methods, list) or not isinstance(own, str):
        raise ListRejected("the DID document has no id or no verification methods")
    allowed = document.get("assertionMethod")
    asserted = (
        frozenset(one for one in allowed if isinstance(one, str)) if isinstance(allowed, list) else None
    )
    found = (_signer(method, own, asserted) for method in methods)
    signers = [signer for signer in found if signer is not None]
    if not signers:
        raise ListRejected("the DID document has no key that can be used")
    return TrustList(signers)


def _signer(method: Any, own: str, asserted: frozenset[str] | None) -> Signer | None:
    match method:
        case {"id": str(name), "type": str(kind), "publicKeyJwk": dict() as jwk} if kind == _METHOD:
            if asserted is not None and name not in asserted:
                return None
            if "x5c" in jwk or "participant" in method:
                return _listed(method, jwk, name)
            return _own(jwk, name, own) if asserted is not None else None
    return None


def _proven(method: dict[str, Any]) -> Signer | None:
    """A method with what its name says of it; a signing authority's certificate signs no codes."""
    name, jwk = method["id"], method["publicKeyJwk"]
    place, _, _ = name.partition("#")
    participant, usage = ("", *place.split(":"))[-2:]
    if usage not in _USAGES:
        participant, usage = usage, ""
    if not isinstance(jwk, dict) or _may_issue(jwk.get("x5c")):
        return None
    return _listed({"keyusage": usage, "participant": participant.upper()}, jwk, name)


def _may_issue(chain: Any) -> bool:
    """Whether the certificate of a key says that it is an authority's. One that cannot be read does not."""
    if not isinstance(chain, list) or not chain:
        return False
    try:
        return certificate_fields.read(from_base64(chain[0])).may_issue
    except (ListRejected, ValueError):
        return False


def _own(jwk: dict[str, Any], name: str, own: str) -> Signer | None:
    """A key of the issuer whose document this is (NZ COVID Pass § DID Document)."""
    owner, _, fragment = name.partition("#")
    if owner != own or not fragment:
        return None
    try:
        key = p256(jwk)
    except KeyUnusable:
        return None
    return Signer(fragment.encode(), key, ES256, own, _PASSES, owner=own)


def _listed(method: dict[str, Any], jwk: dict[str, Any], name: str) -> Signer | None:
    """A document signer on a trust list (WHO GDHCN): by its certificate, else by its coordinates."""
    kid = _kid(jwk.get("kid") or name.partition("#")[2].replace("%3D", "="))
    if kid is None or method.get("keyusage") not in _SIGNING:
        return None
    participant = method.get("participant")
    country = participant if isinstance(participant, str) else ""
    chain = jwk.get("x5c")
    try:
        if isinstance(chain, list) and chain:
            return _certified(from_base64(chain[0]), kid, country)
        return Signer(kid, p256(jwk, mended=True), ES256, country, _CERTIFICATES)
    except (KeyUnusable, CertificateUnusable, ListRejected):
        return None


def _certified(der: bytes, kid: bytes, country: str) -> Signer:
    """Filed under the country that the certificate itself names, as the other lists of signers do."""
    signer = signer_of(der, issuer=country, formats=_CERTIFICATES, kid=kid)
    try:
        named = x509.load_der_x509_certificate(der).subject.get_attributes_for_oid(NameOID.COUNTRY_NAME)
    except ValueError:
        named = []
    countries = [str(one.value).upper() for one in named]
    return signer if not countries else _filed(signer, countries[0])


def _filed(signer: Signer, country: str) -> Signer:
    formats = _CERTIFICATES | {"NO1"} if country == "NO" else _CERTIFICATES
    return Signer(
        signer.kid,
        signer.key,
        signer.algorithm,
        country,
        formats,
        signer.not_before,
        signer.not_after,
        signer.usages,
    )


def _kid(text: Any) -> bytes | None:
    if not isinstance(text, str):
        return None
    try:
        kid = base64.b64decode(text.translate({ord("-"): "+", ord("_"): "/"}), validate=True)
    except (binascii.Error, ValueError):
        return None
    return kid if len(kid) == KID_BYTES else None
