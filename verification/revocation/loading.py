"""Revocation lists told apart by their content, whatever the file is called."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes

from verification.revocation import certificates, health_cards, station_list, token_status_list
from verification.revocation.memory import KnownList
from verification.signed_lists import ListRejected, ListUnknown, parse, require_signed_apart
from verification.snapshot import TrustStore


def load_revocations(
    data: bytes,
    *keys: PublicKeyTypes,
    signature: bytes | None = None,
    issuer: str | None = None,
    vouched: bool = False,
    trust: TrustStore | None = None,
) -> KnownList:
    """The list, once any of `keys` has signed it, or, for a token status list or a list
    of withdrawn certificates, its issuer's key in `trust`.

    The parameters are those of `trust.loading.load_trust_list`; health-card issuers publish their lists
    unsigned. Raises `ListRejected`, and `ListUnknown` for what is no revocation list.
    """
    if token_status_list.looks_like_status_list(data):
        if trust is None:
            raise ListRejected("a status list is believed only with a trust list that has its issuer")
        return token_status_list.load(data, trust)
    if certificates.looks_like_certificate_list(data):
        if trust is None:
            raise ListRejected("a list of certificates is believed only with a trust list of authorities")
        return certificates.load(data, trust)
    try:
        document = parse(data)
    except ListRejected as error:
        raise ListUnknown(str(error)) from error
    if "type" in document:
        return station_list.load_revocation_list(data, *keys)
    directory, card_list = "issuerInfo" in document, "rids" in document
    if not (directory or card_list):
        raise ListUnknown("the document is no kind of revocation list that is known here")
    if signature is not None or directory or not vouched:
        require_signed_apart(data, signature, keys)
    return health_cards.read_directory(document) if directory else health_cards.read(document, issuer)
