"""Takes a code back: the row of a revocation list that withdraws it."""

from __future__ import annotations

from verification.encodings.malformed import Malformed
from verification.formats.credential import Incomplete
from verification.formats.recognise import recognise
from verification.formats.registry import FORMATS
from verification.issuing.authority import CannotIssue
from verification.revocation.hashes import SIGNATURE, signature_hash, truncated
from verification.revocation.memory import Withdrawn


def withdraw(text: str) -> Withdrawn:
    """The row for one code, by its own identifier (`cti`, `ci`), else by its signature.

    Raises `CannotIssue` for a text that is no code or cannot be read. Nothing is verified here.
    """
    found = recognise(text.strip("\r\n").encode("utf-8", "replace"))
    if found.format not in FORMATS:
        raise CannotIssue("only codes of formats that are verified here can be withdrawn")
    try:
        opened = FORMATS[found.format].open(found.body)
        if isinstance(opened, Incomplete):
            raise CannotIssue("this is one part of a code in several; withdraw the whole one")
        credential = FORMATS[found.format].credential(opened)
    except Malformed as error:
        raise CannotIssue(f"the code cannot be read: {error}") from error
    if opened.kid is None:
        raise CannotIssue("the code names no key")
    if credential.identifiers:
        kind, identifier = credential.identifiers[0]
        return Withdrawn(opened.kid, kind, frozenset({truncated(identifier)}))
    digest = signature_hash(opened.algorithm or 0, opened.signature)
    return Withdrawn(opened.kid, SIGNATURE, frozenset({digest}))
