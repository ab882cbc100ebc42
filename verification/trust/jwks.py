"""The key set of one health-card issuer (`<issuer>/.well-known/jwks.json`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from verification.encodings.cose import ES256
from verification.signed_lists import ListRejected, from_base64
from verification.snapshot import Signer
from verification.trust.certificate import CertificateUnusable, signer_of
from verification.trust.jwk import KeyUnusable, p256, thumbprint
from verification.trust.store import TrustList

FORMATS = frozenset({"SHC"})


def read(document: dict[str, Any], issuer: str | None) -> TrustList:
    """The signers in a key set. Raises `ListRejected`.

    A key set as published does not say whose it is: a member `iss` added to it does, or `issuer`. Where
    neither does, nobody's cards are checked with it: its keys would speak for whatever issuer a card names.
    """
    named = document.get("iss", issuer)
    if not isinstance(named, str) or not is_issuer(named):
        raise ListRejected("the key set does not say whose it is: name its issuer's https URL")
    keys = document.get("keys")
    if not isinstance(keys, list):
        raise ListRejected("the key set has no keys")
    signers = list(signers_of(keys, named))
    if not signers:
        raise ListRejected("the key set has no key that can be used")
    return TrustList(signers)


def signers_of(keys: Iterable[Any], issuer: str) -> Iterator[Signer]:
    """Those keys that are as SMART Health Cards asks (§ Determining keys): the others sign nothing here.

    Issuers do publish coordinates without their leading zero, and the key's own id over just that text.
    """
    for jwk in keys:
        try:
            key = p256(jwk, mended=True)
        except KeyUnusable:
            continue
        kid = thumbprint(jwk)
        if jwk.get("kid") != kid or jwk.get("use") != "sig" or jwk.get("alg") != "ES256":
            continue
        signer = Signer(kid.encode(), key, ES256, issuer, FORMATS, owner=issuer)
        if "x5c" not in jwk or _certifies(jwk["x5c"], signer):
            yield signer


def is_issuer(text: Any) -> bool:
    """Whether a text is an issuer's URL as cards name it: https, and no slash at its end."""
    return isinstance(text, str) and text.startswith("https://") and text[-1] != "/" and text.isprintable()


def _certifies(chain: Any, signer: Signer) -> bool:
    """Whether the first certificate beside a key is of that key. It is not what the key is trusted for."""
    if not isinstance(chain, list) or not chain:
        return False
    try:
        leaf = signer_of(from_base64(chain[0]), issuer=signer.issuer, formats=FORMATS)
    except (ListRejected, CertificateUnusable):
        return False
    return leaf.key == signer.key
