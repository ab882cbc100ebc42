"""Trust lists told apart by their content, whatever the file is called."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes

from verification.signed_lists import ListRejected, ListUnknown, parse, require_signed_apart
from verification.trust import (
    csca,
    did_document,
    did_proof,
    german,
    jwks,
    master_list,
    station_list,
    swedish,
    vci_directory,
)
from verification.trust.store import TrustList


def load_trust_list(
    data: bytes,
    *keys: PublicKeyTypes,
    signature: bytes | None = None,
    issuer: str | None = None,
    vouched: bool = False,
) -> TrustList:
    """The signers on the list, once any of `keys` has signed it.

    `signature` is the detached signature beside the file, where there is one: it must be right. The VCI
    directory always has one. WHO's DID documents have a proof inside, which must be right where none stands
    beside them. Key sets and other DID documents are published without any: they are believed with a
    detached signature, or where somebody `vouched` for this very file by naming it. `issuer` is the URL of a
    key set that does not say whose it is. Raises `ListRejected`, and `ListUnknown` for what is no trust list.
    """
    if german.looks_german(data):
        return german.load(data, keys)
    if swedish.looks_swedish(data):
        return swedish.load(data, keys)
    if master_list.looks_like_master_list(data):
        return master_list.load(data, keys)
    if csca.looks_like_certificates(data):
        if signature is not None or not vouched:
            require_signed_apart(data, signature, keys)
        return csca.load(data)
    document = _document(data)
    if "type" in document:
        return station_list.load(data, keys)
    directory, key_set = "issuerInfo" in document, "keys" in document
    if not (directory or key_set or "verificationMethod" in document):
        raise ListUnknown("the document is no kind of trust list that is known here")
    if signature is None and did_proof.is_proven(document):
        return did_document.read_proven(len(data), document, keys)
    if signature is not None or directory or not vouched:
        require_signed_apart(data, signature, keys)
    if directory:
        return vci_directory.read(document)
    return jwks.read(document, issuer) if key_set else did_document.read(document)


def _document(data: bytes) -> dict[str, object]:
    try:
        return parse(data)
    except ListRejected as error:
        raise ListUnknown(str(error)) from error
