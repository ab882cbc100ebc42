"""Trust lists told apart by their content, whatever the file is called."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes

from verification.trust import german, station_list
from verification.trust.store import TrustList


def load_trust_list(data: bytes, *keys: PublicKeyTypes) -> TrustList:
    """The signers on the list, once any of `keys` has signed it. Raises `ListRejected`."""
    importer = german.load if german.looks_german(data) else station_list.load
    return importer(data, keys)
