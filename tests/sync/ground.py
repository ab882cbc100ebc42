"""What the tests of this room stand on: a clock that is set by hand, events, and a hub without a network."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from config.moment import Moment
from sync.batch import signed_message
from sync.canonical import NotCanonical
from sync.event_types import CrossingOpened, GateAuthorised
from sync.hub.database import open_database
from sync.hub.ledger import Ledger, NotEnrolled, NotSigned
from sync.journal import Journal
from sync.line import NoAnswer, Signed
from sync.receipt import batch_name, read_receipt, sign_receipt
from sync.signing import PublicKey, SigningKey

START = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)


class HandClock:
    """Both clocks, moved by hand."""

    def __init__(self, utc: datetime = START) -> None:
        self.now = Moment(1000.0, utc)

    def __call__(self) -> Moment:
        return self.now

    def pass_time(self, **span: float) -> None:
        self.now = self.now.later(timedelta(**span).total_seconds())


def key() -> SigningKey:
    return SigningKey.of(Ed25519PrivateKey.generate())


def opened(number: int = 1) -> CrossingOpened:
    return CrossingOpened(crossing=f"c{number}", direction="any")


def authorised(number: int = 1) -> GateAuthorised:
    return GateAuthorised(crossing=f"c{number}", authorisation=f"a{number}", way="forward")


def write(journal: Journal, clock: HandClock, count: int, *, at_once: int = 500) -> int:
    """Appends `count` events; returns the last sequence number."""
    last = journal.position.sequence
    for first in range(0, count, at_once):
        last = journal.append([opened(n) for n in range(first, min(first + at_once, count))], clock().utc)
    return last


class DirectLine:
    """The line without HTTP: the same signatures, the same receipts, a ledger in this process."""

    def __init__(self, ledger: Ledger, kiosk: str, device: SigningKey, hub: SigningKey) -> None:
        self.ledger = ledger
        self.kiosk = kiosk
        self.device = device
        self.hub = hub
        self.trusted: PublicKey = hub.public
        self.cut = False

    def ask(self, nonce: str) -> Signed:
        self.check_cut()
        try:
            return self.signed(self.ledger.held(self.kiosk, nonce).body(), nonce)
        except NotEnrolled as error:
            raise NoAnswer("this kiosk is not enrolled") from error

    def send(self, body: bytes) -> Signed:
        self.check_cut()
        return self.signed(self.deliver(body), batch_name(body))

    def deliver(self, body: bytes) -> bytes:
        try:
            return self.ledger.take(self.kiosk, body, self.device.sign(signed_message(body))).body()
        except (NotEnrolled, NotSigned) as error:
            raise NoAnswer(type(error).__name__) from error

    def signed(self, body: bytes, name: str) -> Signed:
        signature = sign_receipt(self.hub, body)
        try:
            receipt = read_receipt(body, signature, self.trusted)
        except NotCanonical as error:
            raise NoAnswer(str(error)) from error
        if receipt.answers != name:
            raise NoAnswer("the answer belongs to another request")
        return Signed(receipt, body, signature)

    def check_cut(self) -> None:
        if self.cut:
            raise NoAnswer("the hub can't be reached")


def open_hub(folder: Path, clock: HandClock, url: str | None = None) -> Ledger:
    return Ledger(open_database(folder, url), clock)


def signature_header(device: SigningKey, body: bytes) -> str:
    return base64.b64encode(device.sign(signed_message(body))).decode()
