"""What strangers at a lane's address can take from it: nothing that its open connections need."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from sync.batch import SIGNATURE_HEADER, batch_body, signed_message
from sync.canonical import canonical_json
from sync.chain import Record, genesis, payload_digest
from sync.event_types import LaneStopped
from sync.exchange import NONCE_HEADER, sign_request
from sync.hub.limits import IDLE_S, SIGNED_BY, Limited, Limits, Rate, chosen_limits
from tests.sync.ground import HandClock
from tests.sync.hub.ground import LaneKeys, StationHub
from tests.sync.hub.test_limits import Hand, app, ask, listening, until_closed

LANE, STRANGER = 1, 2
"""Their ports; both come from one address."""
TIME, BATCH = "/v1/kiosks/lane-1/time", "/v1/kiosks/lane-1/batches"
FEW = Limits(address=Rate(0.001, 3), device=Rate(0.001, 3))


class Signing:
    """An application to which whoever comes from the lane's port has signed."""

    def __init__(self) -> None:
        self.forges = False
        self._app = app()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["client"][1] == LANE and not self.forges:
            scope[SIGNED_BY] = "lane-1"
        await self._app(scope, receive, send)


def statuses(limited: Limited, port: int, times: int, method: str = "POST", path: str = BATCH) -> list[int]:
    return [answer.status_code for answer in ask(limited, *[(method, path, b"")] * times, port=port)]


@pytest.mark.parametrize("path", [BATCH, "/v1/kiosks/lane-9/batches", "/healthz"])
def test_a_flood_from_a_lanes_own_address_does_not_lock_it_out(path: str) -> None:
    limited = Limited(Signing(), FEW, Hand())
    assert statuses(limited, LANE, 1) == [200]
    assert statuses(limited, STRANGER, 9, path=path)[-1] == 429
    assert statuses(limited, LANE, 1) == [200]


def test_who_signs_has_a_rate_of_its_own_all_the_same() -> None:
    assert statuses(Limited(Signing(), FEW, Hand()), LANE, 5)[-1] == 429


def test_signed_requests_use_up_nothing_of_their_address() -> None:
    limited = Limited(Signing(), Limits(address=Rate(0.001, 3), device=None), Hand())
    assert statuses(limited, LANE, 9) == [200] * 9
    assert statuses(limited, STRANGER, 3) == [200] * 3


def test_a_connection_counts_for_its_address_again_once_something_on_it_was_not_signed() -> None:
    signing = Signing()
    limited = Limited(signing, Limits(address=Rate(0.001, 3), device=None), Hand())
    statuses(limited, LANE, 1)
    signing.forges = True
    assert statuses(limited, LANE, 5) == [200] * 4 + [429]


def test_a_port_that_another_may_have_by_now_is_no_proof() -> None:
    signing, hand = Signing(), Hand()
    limited = Limited(signing, Limits(address=Rate(0.00001, 1), device=None), hand)
    statuses(limited, LANE, 1)
    statuses(limited, STRANGER, 1)
    signing.forges = True
    hand.now = IDLE_S
    assert statuses(limited, LANE, 1, method="GET") == [429]


def test_a_kiosks_proof_is_none_for_another_name() -> None:
    limited = Limited(Signing(), FEW, Hand())
    statuses(limited, LANE, 1)
    statuses(limited, STRANGER, 9)
    assert statuses(limited, LANE, 1, path="/v1/kiosks/lane-2/batches") == [429]


@pytest.fixture
def hub(tmp_path: Path, clock: HandClock) -> Iterator[StationHub]:
    made = StationHub(tmp_path, clock)
    yield made
    made.close()


def one_record() -> Record:
    salt, payload, at = (
        bytes(16),
        canonical_json(LaneStopped("made up").payload()).decode(),
        "2026-03-01T08:00:00.000000Z",
    )
    return Record(1, at, LaneStopped.kind, payload_digest(salt, payload), salt, payload)


def test_the_hub_tells_what_was_signed_of_questions_and_of_batches(hub: StationHub) -> None:
    lane = LaneKeys("lane-1")
    hub.enrol(lane)
    nonce, told = "0123456789abcdef", []

    async def watched(scope: Scope, receive: Receive, send: Send) -> None:
        await hub.app(scope, receive, send)
        told.append(scope.get(SIGNED_BY))

    def asks(method: str, path: str, body: bytes, signature: str) -> None:
        async def once() -> None:
            headers = {NONCE_HEADER: nonce, SIGNATURE_HEADER: signature, "Content-Type": "application/json"}
            transport = httpx.ASGITransport(watched)
            async with httpx.AsyncClient(transport=transport, base_url="http://hub.example") as client:
                await client.request(method, path, content=body, headers=headers)

        asyncio.run(once())

    body = batch_body("lane-1", genesis(lane.device.public.raw), [one_record()])
    asks("GET", TIME, b"", sign_request(lane.device, "GET", TIME, nonce, b""))
    asks("POST", BATCH, body, base64.b64encode(lane.device.sign(signed_message(body))).decode())
    spent = "/v1/kiosks/lane-1/spent"
    for _ in range(2):  # the second is known by what the first had looked up
        asks("GET", spent, b"", sign_request(lane.device, "GET", spent, nonce, b""))
    assert told == ["lane-1"] * 4
    asks("GET", TIME, b"", "")
    asks("POST", BATCH, body, "AAAA")
    asks("GET", f"/v1/kiosks/lane-1/receipt?nonce={nonce}", b"", "")
    assert told[4:] == [None] * 3


def test_one_address_cannot_take_every_connection() -> None:
    with listening(Limits(of_one_address=2)) as port:
        idle = [socket.create_connection(("127.0.0.1", port)) for _ in range(2)]
        with socket.create_connection(("127.0.0.1", port)) as third:
            third.sendall(b"GET / HTTP/1.1\r\nHost: hub\r\n\r\n")
            assert until_closed(third).startswith(b"HTTP/1.1 429")
        url = f"http://127.0.0.1:{port}/"
        elsewhere = httpx.HTTPTransport(local_address="127.0.0.2")
        with httpx.Client(transport=elsewhere, trust_env=False) as client:
            assert client.get(url).status_code == 200
        for connection in idle:
            connection.close()
        answered = 429
        for _ in range(100):
            with contextlib.suppress(httpx.TransportError):
                answered = httpx.get(url, trust_env=False).status_code
            if answered == 200:
                break
        assert answered == 200


def test_half_of_all_connections_is_the_most_of_one_address() -> None:
    assert (Limits().of_one_address, Limits().clients) == (1000, 2000)
    assert chosen_limits(5, 11).of_one_address == 6
    assert chosen_limits(0, 11).of_one_address == 11
