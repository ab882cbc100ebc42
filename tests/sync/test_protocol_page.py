"""Who has docs/protocol.md and nothing of ours can write a kiosk that the hub believes, and check the hub."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from sync.hub.app import create_app
from sync.hub.database import open_database
from sync.hub.ledger import Ledger
from sync.signing import PublicKey
from tests.sync.ground import HandClock, key
from tests.sync.hub.served import raw, served

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
INSIDE = {"form/v1", "login/v1", "act/v1"}
"""Said by a hub to itself alone."""


def domains() -> dict[str, bytes]:
    """The table of first bytes: what each is for."""
    rows = re.findall(r"^\| ([^|]+) \| (`checkpoint-kiosk[^|]+) \|$", page("protocol.md"), re.MULTILINE)
    return {
        what: part.encode().decode("unicode_escape").encode()
        for what, cell in rows
        if len(parts := re.findall(r"`([^`]+)`", cell)) == 1
        for part in parts
    }


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


class Stranger:
    """A kiosk written from the page alone."""

    def __init__(self) -> None:
        self.private = Ed25519PrivateKey.generate()
        self.raw = self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.says = domains()
        self.head = hashlib.sha256(self.says["beginning of a chain"] + self.raw).digest()
        self.sequence = 0

    def record(self, at: str, kind: str, payload: str, number: int) -> dict[str, str]:
        salt = hashlib.sha256(b"%d" % number).digest()[:16]
        digest = hashlib.sha256(self.says["payload digest"] + salt + payload.encode()).digest()
        self.sequence += 1
        link = self.says["link of the chain"] + self.head + self.sequence.to_bytes(8, "big")
        self.head = hashlib.sha256(link + at.encode() + b"\n" + kind.encode() + b"\n" + digest).digest()
        return {"at": at, "kind": kind, "salt": salt.hex(), "payload": payload}

    def batch(self, count: int) -> bytes:
        after, previous = self.sequence, self.head.hex()
        records = [
            self.record(f"2026-03-01T08:00:0{number}.000000Z", "gate.authorised", '{"made_up":1}', number)
            for number in range(count)
        ]
        content = {"kiosk": "stranger", "after": after, "previous": previous, "records": records}
        return json.dumps(content, indent=1).encode()

    def signature(self, domain: bytes, content: bytes) -> str:
        return base64.b64encode(self.private.sign(domain + content)).decode()


class Hub:
    """A hub of ours, and what a stranger knows of it: where it is, and its key."""

    def __init__(self, url: str, key: Ed25519PublicKey) -> None:
        self.url, self.key = url, key

    def send(self, stranger: Stranger, body: bytes) -> dict[str, object]:
        """The receipt, its signature checked as the page says."""
        headers = {
            "Content-Type": "application/json",
            "Checkpoint-Signature": stranger.signature(stranger.says["batch"], body),
        }
        answer = raw(f"{self.url}/v1/kiosks/stranger/batches", "POST", data=body, headers=headers)
        signature = base64.b64decode(answer.headers["Checkpoint-Signature"])
        self.key.verify(signature, stranger.says["receipt"] + answer.content)
        receipt: dict[str, object] = json.loads(answer.content)
        assert receipt["answers"] == hashlib.sha256(body).hexdigest()
        return receipt


@pytest.fixture
def stranger() -> Stranger:
    return Stranger()


@pytest.fixture
def hub(tmp_path: Path, clock: HandClock, stranger: Stranger) -> Iterator[Hub]:
    engine, own = open_database(tmp_path / "hub"), key()
    ledger = Ledger(engine, clock)
    ledger.enrol("stranger", PublicKey(stranger.raw))
    with served(create_app(ledger, own)) as url:
        yield Hub(url, Ed25519PublicKey.from_public_bytes(own.public.raw))
    engine.dispose()


def test_the_hub_takes_the_records_of_a_kiosk_that_was_written_from_the_page(
    hub: Hub, stranger: Stranger
) -> None:
    first = stranger.batch(3)
    receipt = hub.send(stranger, first)
    assert (receipt["answer"], receipt["sequence"]) == ("stored", 3)
    assert receipt["head"] == stranger.head.hex(), "both made the same chain"
    assert hub.send(stranger, first)["answer"] == "dup"
    later = hub.send(stranger, stranger.batch(2))
    assert (later["answer"], later["head"]) == ("stored", stranger.head.hex())
    stranger.sequence += 1
    assert hub.send(stranger, stranger.batch(1))["answer"] == "gap"


def test_a_signed_exchange_is_made_and_checked_from_the_page(hub: Hub, stranger: Stranger) -> None:
    ask, answered = request_domains()
    nonce, target = "stranger-0123456789", "/v1/kiosks/stranger/time"
    said = ask + b"GET\n" + target.encode() + b"\n" + nonce.encode() + b"\n" + hashlib.sha256(b"").digest()
    headers = {"Checkpoint-Nonce": nonce, "Checkpoint-Signature": stranger.signature(b"", said)}
    answer = raw(hub.url + target, "GET", headers=headers)
    assert answer.status_code == 200
    signature = base64.b64decode(answer.headers["Checkpoint-Signature"])
    hub.key.verify(signature, answered + nonce.encode() + b"\n200\n" + answer.content)
    assert set(json.loads(answer.content)) == {"at"}
    with pytest.raises(InvalidSignature):
        hub.key.verify(signature, answered + nonce.encode() + b"\n404\n" + answer.content)


def request_domains() -> tuple[bytes, bytes]:
    cell = re.search(r"\| request of a kiosk, the hub's answer to it \| (.+) \|", page("protocol.md"))
    assert cell
    ask, answer = (
        part.encode().decode("unicode_escape").encode() for part in re.findall(r"`([^`]+)`", cell[1])
    )
    return ask, answer


def test_everything_that_is_hashed_or_signed_for_others_stands_on_a_page() -> None:
    pages = " ".join(file.read_text(encoding="utf-8") for file in DOCS.glob("*.md"))
    pages += " ".join(f"checkpoint-kiosk/enrolment-{what}/v1" for what in enrolments(pages))
    used = set()
    for room in ("sync", "kiosk"):
        for file in (ROOT / room).rglob("*.py"):
            used |= set(re.findall(r'b"checkpoint-kiosk/([a-z/-]+v[0-9])\\n', file.read_text("utf-8")))
    assert len(used) > 20
    assert [one for one in sorted(used - INSIDE) if f"checkpoint-kiosk/{one}" not in pages] == []
    stated = set(re.findall(r"`checkpoint-kiosk/([a-z/-]+v[0-9])\\n`", page("protocol.md")))
    assert stated <= used, "a page names first bytes that nothing here begins with"


def enrolments(pages: str) -> list[str]:
    """The four of the enrolment stand on one line, shortened."""
    return re.findall(r"(?:/|…/)enrolment-([a-z]+)/v1", pages)
