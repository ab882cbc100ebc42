"""The signed exchange: only the kiosk's own device is answered, and only the hub's own answer is believed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.batch import SIGNATURE_HEADER
from sync.exchange import (
    MAX_REQUEST,
    NONCE_HEADER,
    answer_message,
    request_message,
    sign_answer,
    sign_request,
)
from sync.hub.app import create_app
from sync.hub.ledger import Ledger
from sync.line import NoAnswer
from sync.signing import SigningKey
from tests.sync.ground import HandClock, key, open_hub
from tests.sync.hub.served import exchange, raw, served

KIOSK = "lane-1"
NONCE = "0123456789abcdef"
TIME = f"/v1/kiosks/{KIOSK}/time"


@pytest.fixture
def hub_key() -> SigningKey:
    return key()


@pytest.fixture
def ledger(tmp_path: Path, clock: HandClock, device: SigningKey) -> Ledger:
    made = open_hub(tmp_path / "hub", clock)
    made.enrol(KIOSK, device.public)
    return made


@pytest.fixture
def url(ledger: Ledger, hub_key: SigningKey) -> Iterator[str]:
    with served(create_app(ledger, hub_key)) as url:
        yield url


def headers(device: SigningKey, target: str, *, method: str = "GET", body: bytes = b"") -> dict[str, str]:
    return {NONCE_HEADER: NONCE, SIGNATURE_HEADER: sign_request(device, method, target, NONCE, body)}


def test_the_signed_bytes_are_those_of_the_protocol() -> None:
    empty = bytes.fromhex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    assert request_message("GET", "/v1/kiosks/a/time?nonce=n", "n" * 16, b"") == (
        b"checkpoint-kiosk/request/v1\nGET\n/v1/kiosks/a/time?nonce=n\nnnnnnnnnnnnnnnnn\n" + empty
    )
    assert answer_message("n" * 16, 200, b"{}") == b"checkpoint-kiosk/answer/v1\nnnnnnnnnnnnnnnnn\n200\n{}"


def test_the_hubs_time_is_signed_for_one_nonce(
    url: str, clock: HandClock, device: SigningKey, hub_key: SigningKey
) -> None:
    with exchange(url, KIOSK, device, hub_key.public) as kiosk:
        assert kiosk.ask("GET", "/time").table == {"at": "2026-03-01T08:00:00.000000Z"}
        clock.pass_time(minutes=5)
        reply = kiosk.ask("GET", f"/time?nonce={NONCE}", nonce=NONCE)
        assert (reply.status, reply.table) == (200, {"at": "2026-03-01T08:05:00.000000Z"})
        other = kiosk.ask("GET", f"/time?nonce={NONCE}")
        assert (other.status, other.table["refused"]) == (400, "nonce")


def test_a_request_changed_on_its_way_is_not_answered(url: str, device: SigningKey) -> None:
    assert raw(url + TIME, headers=headers(device, TIME)).status_code == 200
    assert raw(url + TIME + "?nonce=" + NONCE, headers=headers(device, TIME)).status_code == 403
    assert raw(url + TIME, headers=headers(device, TIME) | {NONCE_HEADER: NONCE[::-1]}).status_code == 403
    assert raw(url + TIME, headers=headers(device, TIME, method="POST")).status_code == 403
    assert raw(url + TIME, headers=headers(device, TIME, body=b"{}")).status_code == 403
    assert raw(url + TIME, headers=headers(device, TIME), data=b"{}").status_code == 403


@pytest.mark.parametrize("signature", ["", "not base64", "AAAA"])
def test_a_request_without_a_signature_is_not_answered(url: str, device: SigningKey, signature: str) -> None:
    said = raw(url + TIME, headers=headers(device, TIME) | {SIGNATURE_HEADER: signature})
    assert said.status_code == 403
    assert SIGNATURE_HEADER not in said.headers


def test_another_device_and_another_name_are_not_answered(url: str, device: SigningKey) -> None:
    assert raw(url + TIME, headers=headers(key(), TIME)).status_code == 403
    other = "/v1/kiosks/lane-2/time"
    assert raw(url + other, headers=headers(device, other)).status_code == 404


def test_a_nonce_is_asked_for_and_a_body_is_bounded(url: str, device: SigningKey) -> None:
    short = headers(device, TIME) | {NONCE_HEADER: "short"}
    assert raw(url + TIME, headers=short).status_code == 400
    large = raw(url + TIME, headers=headers(device, TIME), data=bytes(MAX_REQUEST + 1))
    assert large.status_code == 413


def test_an_answer_of_another_hub_is_not_believed(url: str, device: SigningKey) -> None:
    with exchange(url, KIOSK, device, key().public) as kiosk, pytest.raises(NoAnswer, match="was not signed"):
        kiosk.ask("GET", "/time")


def test_an_answer_to_another_request_is_not_believed(hub_key: SigningKey, device: SigningKey) -> None:
    from fastapi import FastAPI, Response

    app = FastAPI()

    @app.get(TIME)
    def old_answer(unsigned: int = 0) -> Response:
        body = b'{"at":"2020-01-01T00:00:00.000000Z"}'
        signature = sign_answer(hub_key, NONCE, 200, body)
        sent = {} if unsigned else {SIGNATURE_HEADER: signature}
        return Response(body, unsigned or 200, headers=sent)

    with served(app) as url, exchange(url, KIOSK, device, hub_key.public) as kiosk:
        assert kiosk.ask("GET", "/time", nonce=NONCE).status == 200
        with pytest.raises(NoAnswer, match="not for this request"):
            kiosk.ask("GET", "/time")
        with pytest.raises(NoAnswer, match="not enrolled"):
            kiosk.ask("GET", "/time?unsigned=404", nonce=NONCE)
        for status in (200, 302):
            with pytest.raises(NoAnswer, match="something else than the hub answers"):
                kiosk.ask("GET", f"/time?unsigned={status}", nonce=NONCE)


def test_a_hub_that_is_not_there_gives_no_answer(device: SigningKey, hub_key: SigningKey) -> None:
    with (
        exchange("http://127.0.0.1:9", KIOSK, device, hub_key.public) as kiosk,
        pytest.raises(NoAnswer, match="can't be reached"),
    ):
        kiosk.ask("GET", "/time")
