"""What the lane and its DIVOC worker say to one another: one JSON line each way, bounded."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from verification.encodings.malformed import Malformed

READY = b'{"ready": true}\n'
LONGEST_LINE = 256 * 1024
"""Bytes. A certificate of 16 KiB has at most 256 names and values; its statements repeat some of them."""


class MessageFault(Exception):
    """A line that no sound worker, and no sound owner, says."""


def ask(documents: Sequence[Mapping[str, Any]]) -> bytes:
    """The owner's line: documents whose statements it wants."""
    return json.dumps({"documents": list(documents)}).encode("ascii") + b"\n"


def asked(line: bytes) -> list[dict[str, Any]]:
    """The documents in the owner's line. Raises `MessageFault`."""
    match _object(line):
        case {"documents": [*documents]} if all(isinstance(one, dict) for one in documents):
            return documents
    raise MessageFault("the owner of the DIVOC worker asked for something else")


def answer(statements: Sequence[str]) -> bytes:
    """The worker's line: the statements of each document."""
    return json.dumps({"statements": list(statements)}).encode("ascii") + b"\n"


def refusal(why: str) -> bytes:
    """The worker's line for documents that are none."""
    return json.dumps({"malformed": why}).encode("ascii") + b"\n"


def answered(line: bytes, documents: int) -> list[str]:
    """The statements in the worker's line. Raises `MessageFault`, and `Malformed` as the worker did."""
    match _object(line):
        case {"statements": [*statements]} if len(statements) == documents:
            if all(isinstance(one, str) for one in statements):
                return statements
        case {"malformed": str(why)}:
            raise Malformed(why)
    raise MessageFault("the DIVOC worker said something else")


def _object(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        raise MessageFault("a line that is no JSON") from error
