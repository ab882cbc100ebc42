"""The hub's signed answer: what it holds of a kiosk's chain, and what became of the batch it answers."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum

from sync.canonical import RECEIPT, UTC_TEXT, NotCanonical, canonical_json, read_json_object
from sync.chain import Position
from sync.signing import PublicKey, SigningKey

MAX_RECEIPT = 16_384
MOST_GATHER_MS = 5000
"""No hub makes a kiosk wait longer for more records: what it says beyond is taken as this."""


class Answer(StrEnum):
    """What became of the request."""

    STORED = "stored"
    """The batch, or the part of it that was new, is on the hub's stable storage."""
    DUPLICATE = "dup"
    """Every record of the batch was there already."""
    GAP = "gap"
    """Records before this batch are missing: send from `sequence` + 1."""
    FORK = "fork"
    """The batch contradicts what the hub holds. Nothing was stored; a person has to look."""
    REFUSED = "refused"
    """The content of record `refused` can't be taken. Nothing was stored; send it without its payload."""
    REVOKED = "revoked"
    """The kiosk's device was revoked, `why` says for what. What it sent is kept; no more is taken."""
    LATER = "later"
    """The device has used up what it may add in a day. Nothing was stored: send the same again later."""
    HELD = "held"
    """The answer to a question: this is what the hub holds."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """One signed answer."""

    kiosk: str
    answers: str
    """What is answered: the SHA-256 of the batch's body in hexadecimal, or the nonce of the question."""
    answer: Answer
    position: Position
    """Everything up to here is on the hub's stable storage."""
    at: str
    why: str = ""
    refused: int = 0
    gather_ms: int = 0
    """So long records may wait for others to go with them; 0: as the kiosk likes."""

    def body(self) -> bytes:
        """The bytes the hub sends and signs."""
        table: dict[str, object] = {
            "kiosk": self.kiosk,
            "answers": self.answers,
            "answer": self.answer.value,
            "sequence": self.position.sequence,
            "head": self.position.head.hex(),
            "at": self.at,
            "why": self.why,
            "refused": self.refused,
        }
        return canonical_json(table | ({"gather_ms": self.gather_ms} if self.gather_ms else {}))


def batch_name(body: bytes) -> str:
    """What a receipt calls the batch with this body."""
    return hashlib.sha256(body).hexdigest()


def sign_receipt(key: SigningKey, body: bytes) -> str:
    """The signature header for a receipt's body."""
    return base64.b64encode(key.sign(RECEIPT + body)).decode()


def read_receipt(body: bytes, signature: str, hub: PublicKey) -> Receipt:
    """The receipt in a body, once the hub's signature holds. Raises `NotCanonical`."""
    try:
        raw = base64.b64decode(signature, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NotCanonical("the answer is not signed") from error
    if not hub.verifies(raw, RECEIPT + body):
        raise NotCanonical("the answer was not signed by the hub this kiosk knows")
    table = read_json_object(body)
    texts = {name: table.get(name) for name in ("kiosk", "answers", "answer", "head", "at", "why")}
    numbers = {name: table.get(name) for name in ("sequence", "refused")}
    if not all(isinstance(value, str) for value in texts.values()):
        raise NotCanonical("the receipt lacks a text")
    if not all(type(value) is int and 0 <= value < 2**62 for value in numbers.values()):
        raise NotCanonical("the receipt lacks a number")
    head, at, answer = str(texts["head"]), str(texts["at"]), str(texts["answer"])
    if not re.fullmatch("[0-9a-f]{64}", head) or not UTC_TEXT.fullmatch(at) or answer not in set(Answer):
        raise NotCanonical("the receipt has a head, a time or an answer that no receipt has")
    return Receipt(
        kiosk=str(texts["kiosk"]),
        answers=str(texts["answers"]),
        answer=Answer(answer),
        position=Position(int(str(numbers["sequence"])), bytes.fromhex(head)),
        at=at,
        why=str(texts["why"]),
        refused=int(str(numbers["refused"])),
        gather_ms=_gather_ms(table.get("gather_ms")),
    )


def _gather_ms(value: object) -> int:
    """A wish that can't be read is none: the receipt counts all the same."""
    return min(value, MOST_GATHER_MS) if type(value) is int and value > 0 else 0
