"""What one client may ask of the hub, and what a client gets who asks too much, too large or too slowly."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI, Request

from sync.hub.limits import Buckets, Limited, Limits, Rate, chosen_limits
from sync.hub.service import uvicorn_config

SOON = 20.0


class Hand:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def app() -> FastAPI:
    made = FastAPI()

    @made.api_route("/{path:path}", methods=["GET", "POST"])
    async def echo(request: Request, path: str) -> dict[str, int]:
        return {"bytes": len(await request.body())}

    return made


def ask(
    limited: Limited, *requests: tuple[str, str, Any], address: str = "10.0.0.1", port: int = 1
) -> list[httpx.Response]:
    async def asked() -> list[httpx.Response]:
        transport = httpx.ASGITransport(limited, client=(address, port))
        async with httpx.AsyncClient(transport=transport, base_url="http://hub.example") as client:
            return [await client.request(method, path, content=body) for method, path, body in requests]

    return asyncio.run(asked())


def test_a_bucket_gives_its_burst_then_its_rate() -> None:
    hand = Hand()
    buckets = Buckets(Rate(2, 3), hand)
    assert [buckets.take("a") for _ in range(4)] == [0, 0, 0, 0.5]
    hand.now = 0.5
    assert [buckets.take("a") for _ in range(2)] == [0, 0.5]
    assert buckets.take("b") == 0


def test_buckets_of_a_million_addresses_do_not_fill_the_memory() -> None:
    buckets = Buckets(Rate(1, 1), Hand(), most=100)
    for number in range(1000):
        buckets.take(str(number))
    assert len(buckets._buckets) == 100


def test_an_address_that_asks_too_often_is_told_when_to_come_back_and_others_are_not() -> None:
    limited = Limited(app(), Limits(address=Rate(0.5, 2)), Hand())
    answers = ask(limited, *[("GET", "/healthz", None)] * 3)
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1].headers["Retry-After"] == "2"
    assert ask(limited, ("GET", "/healthz", None), address="10.0.0.2")[0].status_code == 200


def test_one_kiosk_that_runs_wild_does_not_use_up_its_neighbours_at_the_same_address() -> None:
    limited = Limited(app(), Limits(device=Rate(1, 2)), Hand())
    wild = ask(limited, *[("POST", "/v1/kiosks/lane-1/batches", b"")] * 3)
    assert [answer.status_code for answer in wild] == [200, 200, 429]
    assert ask(limited, ("POST", "/v1/kiosks/lane-2/batches", b""))[0].status_code == 200


def test_nobody_can_use_up_a_kiosks_rate_from_another_address() -> None:
    limited = Limited(app(), Limits(device=Rate(1, 1)), Hand())
    ask(limited, *[("POST", "/v1/kiosks/lane-1/batches", b"")] * 5, address="10.6.6.6")
    assert ask(limited, ("POST", "/v1/kiosks/lane-1/batches", b""))[0].status_code == 200


def test_reports_and_referrals_are_slower_than_records_and_hold_none_of_them_up() -> None:
    limited = Limited(app(), Limits(said=Rate(1, 2)), Hand())
    told = [
        ("POST", f"/v1/kiosks/lane-1/{what}", b"") for what in ("status", "referrals", "device", "desk/order")
    ]
    assert [answer.status_code for answer in ask(limited, *told)] == [200, 200, 429, 429]
    others = ("POST", "/v1/kiosks/lane-1/batches", b""), ("GET", "/v1/kiosks/lane-1/decisions", None)
    assert [answer.status_code for answer in ask(limited, *others)] == [200, 200]
    assert ask(limited, ("POST", "/v1/kiosks/lane-2/status", b""))[0].status_code == 200


def test_signing_in_is_slower_than_everything_else() -> None:
    answers = ask(Limited(app(), Limits(), Hand()), *[("POST", "/hub/sign-in", b"")] * 11)
    assert [answer.status_code for answer in answers] == [200] * 10 + [429]


@pytest.mark.parametrize(
    ("path", "most"), [("/hub/lookback", 65_536), ("/v1/kiosks/lane-1/batches", 8_000_000)]
)
def test_a_body_is_bounded_with_and_without_its_length_told(path: str, most: int) -> None:
    async def parts() -> Any:
        for _ in range(most // 50_000 + 2):
            yield bytes(50_000)

    limited = Limited(app(), Limits(), Hand())
    told, dripped, fine = ask(
        limited, ("POST", path, bytes(most + 1)), ("POST", path, parts()), ("POST", path, bytes(most))
    )
    assert (told.status_code, dripped.status_code, fine.status_code) == (413, 413, 200)
    assert fine.json() == {"bytes": most}


def test_rates_can_be_switched_off_for_a_load_test() -> None:
    limits = chosen_limits(0, 10)
    assert (limits.address, limits.device, limits.clients) == (None, None, 10)
    assert chosen_limits(5, 10).address == Rate(5, 25)


@contextmanager
def listening(limits: Limits, tls: ssl.SSLContext | None = None) -> Iterator[int]:
    started = threading.Event()

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            started.set()

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = Server(uvicorn_config(app(), limits, tls))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        assert started.wait(SOON)
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join(SOON)


def until_closed(connection: socket.socket) -> bytes:
    """Everything the hub still says; a hub that never hangs up fails the test."""
    connection.settimeout(SOON)
    said = b""
    with contextlib.suppress(ConnectionResetError):
        while part := connection.recv(4096):
            said += part
    return said


@pytest.mark.parametrize("begin", [b"", b"G", b"GET /healthz HTTP/1.1\r\nHost: hub\r\nX-Slow: "])
def test_who_never_ends_a_requests_head_is_cut_off(begin: bytes) -> None:
    with listening(Limits(header_s=0.2)) as port, socket.create_connection(("127.0.0.1", port)) as slow:
        slow.sendall(begin)
        assert until_closed(slow) == b""


def test_who_drips_a_head_byte_by_byte_is_cut_off_all_the_same() -> None:
    with listening(Limits(header_s=0.3)) as port, socket.create_connection(("127.0.0.1", port)) as slow:
        slow.sendall(b"GET / HTTP/1.1\r\n")
        with pytest.raises(OSError):
            until = time.monotonic() + SOON
            while time.monotonic() < until:
                slow.sendall(b"x")
                threading.Event().wait(0.05)
            pytest.fail("the hub listened for ever")


def test_a_second_head_on_the_same_line_has_to_hurry_too() -> None:
    with listening(Limits(header_s=0.3)) as port, socket.create_connection(("127.0.0.1", port)) as slow:
        slow.sendall(b"GET / HTTP/1.1\r\nHost: hub\r\n\r\n")
        slow.settimeout(SOON)
        assert slow.recv(4096).startswith(b"HTTP/1.1 200")
        slow.sendall(b"GET / HTTP/1.1\r\nX-Slow: ")
        until_closed(slow)


def test_a_body_that_never_comes_is_answered_with_408() -> None:
    with listening(Limits(body_s=0.2)) as port, socket.create_connection(("127.0.0.1", port)) as slow:
        slow.sendall(b"POST /x HTTP/1.1\r\nHost: hub\r\nContent-Length: 100\r\n\r\nhalf")
        assert until_closed(slow).startswith(b"HTTP/1.1 408")


@pytest.mark.parametrize(
    ("limits", "status"), [(Limits(body=1_000_000), 413), (Limits(address=Rate(0.001, 0.5)), 429)]
)
def test_who_is_refused_hears_why_also_when_still_sending(limits: Limits, status: int) -> None:
    with listening(limits) as port:
        answer = httpx.post(f"http://127.0.0.1:{port}/x", content=bytes(1_900_000), trust_env=False)
        assert answer.status_code == status


def test_a_head_that_is_too_large_is_refused() -> None:
    with listening(Limits()) as port, socket.create_connection(("127.0.0.1", port)) as large:
        large.sendall(b"GET / HTTP/1.1\r\nX-Large: " + b"x" * 20_000)
        assert b"400" in until_closed(large).partition(b"\r\n")[0]


def test_one_client_too_many_is_told_to_come_later_and_a_free_place_is_used() -> None:
    with listening(Limits(clients=3)) as port:
        idle = [socket.create_connection(("127.0.0.1", port)) for _ in range(2)]
        url = f"http://127.0.0.1:{port}/"
        assert httpx.get(url, trust_env=False).status_code == 503
        for connection in idle:
            connection.close()
        until = time.monotonic() + SOON
        while httpx.get(url, trust_env=False).status_code != 200:
            assert time.monotonic() < until


def test_no_header_makes_a_client_another_address() -> None:
    with listening(Limits(address=Rate(0.001, 2))) as port:
        url = f"http://127.0.0.1:{port}/"
        statuses = [
            httpx.get(url, headers={"X-Forwarded-For": f"10.0.0.{n}"}, trust_env=False).status_code
            for n in range(3)
        ]
    assert statuses == [200, 200, 429]


def test_the_hub_does_not_say_what_it_is_made_of() -> None:
    with listening(Limits()) as port:
        assert "server" not in httpx.get(f"http://127.0.0.1:{port}/", trust_env=False).headers


def test_the_limits_in_the_manual_are_the_shipped_ones() -> None:
    page = (Path(__file__).parents[3] / "docs/hub.md").read_text(encoding="utf-8")
    limits = Limits()
    assert limits.address
    assert limits.device
    assert limits.said
    for told in (
        f"{limits.address.a_second:.0f} a second, {limits.address.burst:,.0f} at once",
        f"{limits.device.a_second:.0f} a second, {limits.device.burst:.0f} at once",
        f"{limits.said.a_second:.0f} a second, {limits.said.burst:.0f} at once",
        f"{limits.page_body:,} bytes",
        f"{limits.body:,} bytes",
        f"{limits.header_s:.0f} seconds",
        f"{limits.body_s:.0f} seconds",
        f"{limits.header_bytes:,} bytes",
        f"{limits.clients:,} connections",
    ):
        assert told in page, told
