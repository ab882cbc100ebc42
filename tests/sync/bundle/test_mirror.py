"""A mirror over real HTTP: bounded in time, resumed where it broke off, believed in nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import cast

import pytest
import requests
from requests.structures import CaseInsensitiveDict

from sync.bundle.mirror import Mirror, Patience
from sync.bundle.refused import Refused, Why
from sync.bundle.source import Missing
from sync.bundle.update import update
from sync.session import open_session
from tests.sync.bundle.repository import AT, Repository, lane_of
from tests.sync.bundle.test_update import files

Answer = Callable[[BaseHTTPRequestHandler], None]


class Server:
    """An HTTP server on loopback whose answers a test makes."""

    def __init__(self, answer: Answer) -> None:
        self.asked: list[tuple[str, str | None]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                outer.asked.append((self.path, self.headers.get("Range")))
                answer(self)

            def log_message(self, *_args: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self._thread = threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/bundle"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self._thread.join()


@pytest.fixture
def serve() -> Iterator[Callable[[Answer], Server]]:
    servers: list[Server] = []

    def start(answer: Answer) -> Server:
        servers.append(Server(answer))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


class Ticking:
    """A clock that goes on by so many seconds each time it is asked."""

    def __init__(self, step: float) -> None:
        self.now, self.step = 0.0, step

    def __call__(self) -> float:
        self.now += self.step
        return self.now


def send(
    handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, says: int | None = None, **headers: str
) -> None:
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(body) if says is None else says))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    if says is not None:
        handler.close_connection = True
    handler.end_headers()
    handler.wfile.write(body)


def tree(folder: Path, ranges: bool = True) -> Answer:
    """Serves a folder as a static server does."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        file = folder / handler.path.removeprefix("/bundle/")
        if not file.is_file():
            send(handler, b"no", 404)
            return
        data = file.read_bytes()
        asked = handler.headers.get("Range")
        if asked and ranges:
            start = int(asked.removeprefix("bytes=").removesuffix("-"))
            if start >= len(data):
                send(handler, b"", 416)
                return
            send(handler, data[start:], 206, Content_Range=f"bytes {start}-{len(data) - 1}/{len(data)}")
            return
        send(handler, data)

    return answer


def mirror(server: Server, mono: Callable[[], float] | None = None) -> Mirror:
    return Mirror(server.url, open_session(), mono or Ticking(0.0), Patience())


def why(ask: Callable[[], object]) -> Why:
    with pytest.raises(Refused) as caught:
        ask()
    return caught.value.why


def test_a_bundle_arrives_over_http(serve: Callable[[Answer], Server], tmp_path: Path) -> None:
    repository = Repository(tmp_path / "published")
    anchor = repository.start({"hk/trust/a.json": b"x" * 300_000})
    server = serve(tree(repository.folder))
    lane = lane_of(tmp_path / "lane", anchor)
    assert update(lane, mirror(server), AT).files == 1
    assert files(lane) == {"hk/trust/a.json": b"x" * 300_000}
    server.asked.clear()
    update(lane, mirror(server), AT + timedelta(hours=1))
    assert len(server.asked) == 2


class Drip:
    """A session whose answers come at one byte a second, on a clock of their own."""

    status_code, headers = 200, CaseInsensitiveDict[str]()

    def __init__(self) -> None:
        self.now, self.sent = 0.0, 0
        self.raw = self

    def get(self, _url: str, **_options: object) -> Drip:
        return self

    def read1(self, _most: int) -> bytes:
        self.now += 1
        self.sent += 1
        return b"x"

    def __enter__(self) -> Drip:
        return self

    def __exit__(self, *_how: object) -> None: ...


def test_a_mirror_that_sends_one_byte_a_second_is_left() -> None:
    drip = Drip()
    slow = Mirror("http://slow", cast(requests.Session, drip), lambda: drip.now)
    assert why(lambda: slow.whole("timestamp.json", 1000)) is Why.SLOW
    assert drip.sent == 21


def test_patience_ends_after_seconds_and_grows_with_what_came() -> None:
    patience = Patience(seconds=20, bytes_a_second=2000)
    one_a_second = [patience.allows(float(second), second) for second in range(60)]
    assert one_a_second.index(False) == 21 and not any(one_a_second[21:])
    assert patience.allows(4000, 8_000_000)
    assert not patience.allows(4100, 8_000_000)


def test_a_slow_file_goes_on_where_it_broke_off(serve: Callable[[Answer], Server], tmp_path: Path) -> None:
    repository = Repository(tmp_path / "published")
    anchor = repository.start({"hk/trust/a.json": bytes(range(256)) * 8000})
    whole = tree(repository.folder)
    broken = True

    def answer(handler: BaseHTTPRequestHandler) -> None:
        if "a.json" in handler.path and broken:
            data = (repository.folder / handler.path.removeprefix("/bundle/")).read_bytes()
            send(handler, data[:1_000_000], says=len(data))
        else:
            whole(handler)

    server = serve(answer)
    lane = lane_of(tmp_path / "lane", anchor)
    assert why(lambda: update(lane, mirror(server), AT)) is Why.UNREACHABLE
    broken = False
    server.asked.clear()
    update(lane, mirror(server), AT)
    assert [asked for path, asked in server.asked if "a.json" in path] == ["bytes=1000000-"]
    assert files(lane)["hk/trust/a.json"] == bytes(range(256)) * 8000
    assert list((lane.store.folder / "partial").iterdir()) == []


@pytest.mark.parametrize("ranges", [True, False])
@pytest.mark.parametrize("begun", [b"the beg", b"a wrong beginning", b"longer than the whole file is"])
def test_what_was_there_is_used_only_if_the_whole_comes_out_right(
    begun: bytes, ranges: bool, serve: Callable[[Answer], Server], tmp_path: Path
) -> None:
    repository = Repository(tmp_path / "published")
    content = b"the beginning and the end"
    anchor = repository.start({"hk/trust/a.json": content})
    lane = lane_of(tmp_path / "lane", anchor)
    with lane.store.only_writer():
        lane.store.add_partial(repository.listed("hk")["hk/trust/a.json"].hashes["sha256"], begun)
    update(lane, mirror(serve(tree(repository.folder, ranges))), AT)
    assert files(lane) == {"hk/trust/a.json": content}


def test_a_missing_file_is_missing_and_a_broken_mirror_is_not(serve: Callable[[Answer], Server]) -> None:
    status = 404
    server = serve(lambda handler: send(handler, b"", status))
    with pytest.raises(Missing):
        mirror(server).whole("x", 10)
    status = 500
    assert why(lambda: mirror(server).whole("x", 10)) is Why.UNREACHABLE


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (lambda handler: send(handler, b"", 302, Location="http://127.0.0.1:1/"), Why.UNREACHABLE),
        (lambda handler: send(handler, b"x", Content_Encoding="gzip"), Why.DAMAGED),
        (lambda handler: send(handler, b"x", 206, Content_Range="bytes 0-0/1"), Why.UNREACHABLE),
        (lambda handler: send(handler, b"x" * 11), Why.OVERSIZED),
        (lambda handler: send(handler, b"x", says=5), Why.UNREACHABLE),
        (lambda handler: handler.wfile.write(b"nonsense\r\n\r\n"), Why.UNREACHABLE),
    ],
)
def test_answers_that_are_none(answer: Answer, expected: Why, serve: Callable[[Answer], Server]) -> None:
    def once(handler: BaseHTTPRequestHandler) -> None:
        answer(handler)
        handler.close_connection = True

    assert why(lambda: mirror(serve(once)).whole("x", 10)) is expected


def test_nobody_there_is_unreachable() -> None:
    assert why(lambda: Mirror("http://127.0.0.1:1/bundle", open_session()).whole("x", 10)) is Why.UNREACHABLE
