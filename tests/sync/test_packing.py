"""Batches go packed to a hub that unpacks them and plain to one that does not."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.batch import SIGNATURE_HEADER, signed_message
from sync.canonical import NotCanonical
from sync.chain import Position
from sync.line import PLAIN_SECONDS, Line, NoAnswer
from sync.packing import TooLarge, pack, unpack
from sync.receipt import Answer, Receipt, batch_name, sign_receipt
from sync.signing import SigningKey
from tests.sync.ground import key

BODY = b'{"kiosk":"lane-1"}' * 100


@given(st.binary(max_size=5000))
def test_what_is_packed_comes_back(body: bytes) -> None:
    assert unpack(pack(body), len(body)) == body


@given(st.binary(min_size=1, max_size=5000))
def test_nothing_is_unpacked_beyond_its_bound(body: bytes) -> None:
    with pytest.raises(TooLarge):
        unpack(pack(body), len(body) - 1)


@given(st.binary(max_size=300))
def test_whatever_is_not_packed_is_refused_in_words(odd: bytes) -> None:
    try:
        unpack(odd, 1000)
    except NotCanonical as error:
        assert str(error).startswith("it ")
    except TooLarge:
        pass


@dataclass
class Answered:
    """What a hub answered."""

    status_code: int
    content: bytes
    headers: dict[str, str]

    def iter_content(self, _size: int) -> Iterator[bytes]:
        yield self.content


@dataclass
class Hub:
    """A session whose other end is a hub of some age."""

    device: SigningKey
    unpacks: bool
    key: SigningKey = field(default_factory=key)
    got: list[tuple[str | None, int]] = field(default_factory=list)

    @contextmanager
    def request(
        self, _method: str, _url: str, *, data: bytes, headers: dict[str, str], **_: object
    ) -> Iterator[Answered]:
        encoding = headers.get("Content-Encoding")
        self.got.append((encoding, len(data)))
        if encoding is not None and not self.unpacks:
            yield Answered(400, b"{}", {})
            return
        receipt = Receipt(
            "lane-1", batch_name(data), Answer.STORED, Position(1, bytes(32)), "2026-03-01T08:00:00.000000Z"
        ).body()
        yield Answered(200, receipt, {SIGNATURE_HEADER: sign_receipt(self.key, receipt)})


def line_to(hub: Hub, mono: list[float]) -> Line:
    return Line("http://hub", "lane-1", hub.device, hub.key.public, hub, lambda: mono[0])  # type: ignore[arg-type]


def test_a_hub_that_unpacks_gets_less_than_a_tenth() -> None:
    hub = Hub(key(), unpacks=True)
    assert line_to(hub, [0.0]).send(BODY).receipt.answer is Answer.STORED
    assert [encoding for encoding, _ in hub.got] == ["deflate"]
    assert hub.got[0][1] * 10 < len(BODY)


def test_an_older_hub_gets_it_plain_at_once_and_is_tried_again_after_an_hour() -> None:
    hub, mono = Hub(key(), unpacks=False), [100.0]
    line = line_to(hub, mono)
    for _ in range(2):
        assert line.send(BODY).receipt.answer is Answer.STORED
    assert [encoding for encoding, _ in hub.got] == ["deflate", None, None]
    mono[0] += PLAIN_SECONDS
    hub.unpacks = True
    line.send(BODY)
    assert hub.got[-1][0] == "deflate"


def test_a_short_body_is_not_worth_packing() -> None:
    hub = Hub(key(), unpacks=True)
    line_to(hub, [0.0]).send(b"{}")
    assert hub.got == [(None, 2)]


def test_a_hub_that_takes_neither_is_told_as_before() -> None:
    class Refusing(Hub):
        @contextmanager
        def request(self, *_: object, **__: object) -> Iterator[Answered]:
            yield Answered(400, b"{}", {})

    with pytest.raises(NoAnswer, match="HTTP status 400"):
        line_to(Refusing(key(), unpacks=False), [0.0]).send(BODY)


def test_the_signature_is_over_what_is_sent() -> None:
    device = key()

    class Checking(Hub):
        @contextmanager
        def request(
            self, *words: str, data: bytes, headers: dict[str, str], **_: object
        ) -> Iterator[Answered]:
            signature = base64.b64decode(headers[SIGNATURE_HEADER])
            assert device.public.verifies(signature, signed_message(data))
            assert unpack(data, 10_000) == BODY
            with super().request(*words, data=data, headers=headers) as answered:
                yield answered

    line_to(Checking(device, unpacks=True), [0.0]).send(BODY)
