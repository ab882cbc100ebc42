"""The head of an answer is waited for so long and no longer."""

from __future__ import annotations

import gzip
import io
import socket
import threading
import zlib
from itertools import count

import pytest
import requests

from sync import patient_http
from sync.patient_http import Watched
from sync.session import open_session


def test_bytes_that_drip_past_the_end_are_not_waited_for() -> None:
    seconds = count()
    drip = io.BytesIO(b"HTTP/1.1 200 OK\r\n" * 10)
    watched = Watched(drip, 20, lambda: float(next(seconds)))  # type: ignore[arg-type]
    got = bytearray(1)
    for _ in range(21):
        assert watched.readinto(got) == 1
    with pytest.raises(TimeoutError):
        watched.readinto(got)


def test_after_the_head_the_reader_counts_for_itself() -> None:
    watched = Watched(io.BytesIO(b"body"), 0, lambda: 1.0)  # type: ignore[arg-type]
    watched.until = None
    assert watched.read() == b"body"


def test_a_server_whose_head_drips_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patient_http, "HEAD_SECONDS", -1.0)
    with socket.create_server(("127.0.0.1", 0)) as server, open_session() as session:
        answering = threading.Thread(target=_answer, args=(server,))
        answering.start()
        with pytest.raises(requests.Timeout):
            session.get(f"http://127.0.0.1:{server.getsockname()[1]}/", timeout=(3, 10))
        answering.join()


def test_an_ordinary_answer_is_whole() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, open_session() as session:
        answering = threading.Thread(target=_answer, args=(server,))
        answering.start()
        answer = session.get(f"http://127.0.0.1:{server.getsockname()[1]}/", timeout=(3, 10))
        assert answer.content == b"whole"
        answering.join()


@pytest.mark.parametrize("packed_as", ["gzip", "deflate"])
def test_an_answer_that_nobody_asked_to_be_packed_is_not_unpacked(packed_as: str) -> None:
    bomb = gzip.compress(bytes(10_000_000)) if packed_as == "gzip" else zlib.compress(bytes(10_000_000))
    with socket.create_server(("127.0.0.1", 0)) as server, open_session() as session:
        answering = threading.Thread(
            target=_answer, args=(server, bomb, f"Content-Encoding: {packed_as}\r\n")
        )
        answering.start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"
        with session.get(url, timeout=(3, 10), stream=True) as answer:
            assert b"".join(answer.iter_content(4096)) == bomb
        assert answer.headers["Content-Encoding"] == packed_as
        assert answer.request.headers["Accept-Encoding"] == "identity"
        answering.join()


def _answer(server: socket.socket, body: bytes = b"whole", header: str = "") -> None:
    connection, _ = server.accept()
    head = f"HTTP/1.1 200 OK\r\n{header}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    with connection:
        connection.recv(65536)
        connection.sendall(head.encode() + body)
