"""The digest that binds several colour codes to one travel document (docs/colour-code.md)."""

from __future__ import annotations

import hashlib
import hmac
import re

from verification.issuing.authority import CannotIssue

DIGEST_BYTES = 16
SALT_BYTES = 32
_STATE = re.compile(r"[A-Z]{1,3}\Z")
_NOT_IN_A_NUMBER = re.compile(r"[^A-Z0-9]")


def holder_digest(state: str, number: str, salt: bytes) -> bytes:
    """First 16 bytes of HMAC-SHA-256 over `state` `<` `number`, keyed with the salt of the epoch.

    `state` is the issuing state as the document's machine-readable zone has it (ICAO 9303-3 §5), `number`
    the document number: capitals and digits count, everything else is dropped. `salt` is 32 bytes.
    """
    plain = _NOT_IN_A_NUMBER.sub("", number.upper())
    if not _STATE.match(state) or not plain or len(salt) != SALT_BYTES:
        raise CannotIssue(
            "a holder digest needs a state of letters, a document number and a salt of 32 bytes"
        )
    return hmac.new(salt, f"{state}<{plain}".encode("ascii"), hashlib.sha256).digest()[:DIGEST_BYTES]
