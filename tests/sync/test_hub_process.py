"""The hub as a program of its own on loopback: its answers, its death, its return and its orderly end."""

from __future__ import annotations

import json
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests

from config.moment import system_clock
from kiosk.commands import door
from sync.batch import MAX_BODY, SIGNATURE_HEADER, batch_body
from sync.chain import Position, genesis
from sync.event import Event
from sync.event_types import UplinkLost, UplinkRestored
from sync.journal import Journal
from sync.journal_reader import JournalReader
from sync.line import Line, NoAnswer
from sync.receipt import Answer, Receipt, read_receipt, sign_receipt
from sync.session import open_session
from sync.signing import SigningKey, load_public, write_private
from sync.uplink import Uplink
from sync.uplink_core import Pace
from tests.sync.ground import HandClock, key, opened, signature_header, write

ROOT = Path(__file__).resolve().parents[2]
KIOSK = "lane-1"
SOON = 60.0


class HubProcess:
    """`main.py hub run`, started and ended by the test."""

    def __init__(self, data: Path, database: str | None = None) -> None:
        """`database` is a URL with its password."""
        self.data = data
        self.where: list[str] = []
        self.options: list[str] = []
        if database is not None:
            write_private(file := data / "database", database.encode())
            self.where = ["--database-file", str(file)]
        self.port = 0
        self.process: subprocess.Popen[str] | None = None
        self.url = ""

    def command(self, *arguments: str) -> list[str]:
        program = [sys.executable, str(ROOT / "main.py"), "hub"]
        return [*program, *arguments, "--data", str(self.data), *self.where]

    def start(self) -> None:
        self.begin()
        self.wait()

    def begin(self) -> None:
        self.process = subprocess.Popen(
            self.command(
                "run", "--port", str(self.port), "--ready-file", str(self.data / "ready"), *self.options
            ),
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )

    def wait(self) -> None:
        assert self.process is not None and self.process.stdout is not None
        assert select.select([self.process.stdout], [], [], SOON)[0], "the hub did not start"
        self.url = self.process.stdout.readline().split()[-1]
        assert (self.data / "ready").exists()
        self.port = int(self.url.rsplit(":", 1)[1])

    def end(self, number: int) -> int:
        assert self.process is not None
        self.process.send_signal(number)
        code = self.process.wait(SOON)
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.process = None
        return code

    def status(self) -> dict[str, object]:
        said = subprocess.run(self.command("status"), capture_output=True, text=True, check=True, cwd=ROOT)
        return json.loads(said.stdout)["kiosks"][0]


@pytest.fixture
def hub(tmp_path: Path, folder: Path, device: SigningKey) -> Iterator[HubProcess]:
    hub = HubProcess(tmp_path / "hub")
    hub.data.mkdir()
    enrol = hub.command("enrol", "--kiosk", KIOSK, "--key", str(folder / "device.pub.pem"))
    subprocess.run(enrol, check=True, capture_output=True, cwd=ROOT)
    hub.start()
    yield hub
    if hub.process is not None:
        hub.end(signal.SIGKILL)


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with open_session() as session:
        yield session


def line_to(hub: HubProcess, device: SigningKey, session: requests.Session, kiosk: str = KIOSK) -> Line:
    return Line(hub.url, kiosk, device, load_public(hub.data / "hub.pub.pem"), session)


def test_answers_over_http(
    hub: HubProcess,
    journal: Journal,
    folder: Path,
    clock: HandClock,
    device: SigningKey,
    session: requests.Session,
) -> None:
    write(journal, clock, 6)
    reader = JournalReader(folder)
    records = reader.records(0, 10, 1_000_000)
    reader.close()
    start = genesis(device.public.raw)
    body = batch_body(KIOSK, start, records)
    line = line_to(hub, device, session)
    assert line.send(body).receipt.answer == "stored"
    assert line.send(body).receipt.answer == "dup"
    assert line.ask("0123456789abcdef").receipt.position == journal.position

    batches = f"{hub.url}/v1/kiosks/{KIOSK}/batches"
    gap = session.post(
        batches, data=(later := batch_body(KIOSK, _at(7, b"7"), records)), headers=_signed(device, later)
    )
    assert gap.status_code == 409
    hub_public = load_public(hub.data / "hub.pub.pem")
    assert read_receipt(gap.content, gap.headers[SIGNATURE_HEADER], hub_public).position.sequence == 6
    fork = session.post(
        batches, data=(other := batch_body(KIOSK, _at(0, b"0"), records)), headers=_signed(device, other)
    )
    assert (fork.status_code, fork.json()["answer"]) == (409, "fork")
    assert session.post(batches, data=body, headers=_signed(key(), body)).status_code == 403
    assert session.post(batches, data=body).status_code == 403
    odd = {SIGNATURE_HEADER: "***"}
    assert session.post(batches, data=body, headers=odd).status_code == 403
    empty = b"{}"
    assert session.post(batches, data=empty, headers=_signed(device, empty)).status_code == 400
    assert session.post(batches, data=bytes(MAX_BODY + 1)).status_code == 413
    assert session.get(f"{hub.url}/healthz").json() == {"status": "ok"}
    assert "/v1/kiosks/{kiosk}/batches" in session.get(f"{hub.url}/openapi.json").json()["paths"]
    with pytest.raises(NoAnswer, match="not enrolled"):
        line_to(hub, device, session, "lane-9").send(body)
    with pytest.raises(NoAnswer, match="another key"):
        line_to(hub, key(), session).send(body)
    with pytest.raises(NoAnswer, match="not signed by the hub this kiosk knows"):
        Line(hub.url, KIOSK, device, key().public, session).send(body)


def _at(sequence: int, filler: bytes) -> Position:
    return Position(sequence, filler * 32)


def _signed(device: SigningKey, body: bytes) -> dict[str, str]:
    return {SIGNATURE_HEADER: signature_header(device, body)}


class Told:
    """Events the uplink tells, to be waited for."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.changed = threading.Condition()

    def __call__(self, event: Event) -> None:
        with self.changed:
            self.events.append(event)
            self.changed.notify_all()

    def wait_for(self, kind: type[Event]) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: any(isinstance(e, kind) for e in self.events), SOON)


def wait_until(true: Callable[[], bool]) -> None:
    """Looks again every few milliseconds, for at most `SOON` seconds."""
    pause = threading.Event()
    for _ in range(int(SOON / 0.01)):
        if true():
            return
        pause.wait(0.01)
    raise AssertionError("it never became true")


def test_a_killed_hub_is_caught_up_with_when_it_is_back(
    hub: HubProcess, journal: Journal, folder: Path, device: SigningKey, session: requests.Session
) -> None:
    told = Told()
    pace = Pace(every_s=0.05, gather_s=0.01, first_backoff_s=0.05, most_backoff_s=0.2, ask_s=0.2)
    line = line_to(hub, device, session)
    uplink = Uplink(folder, KIOSK, device, line, system_clock, told, batch=5, pace=pace)
    uplink.start()
    try:
        for number in range(20):
            journal.append([opened(number)], system_clock().utc)
            uplink.poke()
        wait_until(lambda: uplink.status().unsent == 0)
        hub.end(signal.SIGKILL)
        told.wait_for(UplinkLost)
        for number in range(20):
            journal.append([opened(number)], system_clock().utc)
        assert uplink.status().unsent >= 20
        hub.start()
        told.wait_for(UplinkRestored)
        wait_until(lambda: uplink.status().unsent == 0)
    finally:
        uplink.stop()
    assert hub.end(signal.SIGTERM) == 0
    status = hub.status()
    assert status["sequence"] == journal.position.sequence
    assert status["head"] == journal.position.head.hex()


def test_the_uplink_ends_while_a_hub_keeps_it_waiting(
    journal: Journal, folder: Path, device: SigningKey, session: requests.Session, clock: HandClock
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        line = Line(url, KIOSK, device, key().public, session)
        uplink = Uplink(folder, KIOSK, device, line, system_clock, lambda event: None)
        uplink.start()
        connection, _ = silent.accept()
        uplink.stop()
        assert uplink.status().connected is None
        connection.close()
    uplink._thread.join(SOON)
    assert not uplink._thread.is_alive()


def test_an_endless_answer_is_cut_off(device: SigningKey, session: requests.Session) -> None:
    with socket.create_server(("127.0.0.1", 0)) as endless:

        def talk() -> None:
            connection, _ = endless.accept()
            with connection:
                connection.recv(65536)
                try:
                    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
                    while True:
                        connection.sendall(bytes(65536))
                except OSError:
                    return

        talker = threading.Thread(target=talk, daemon=True)
        talker.start()
        line = Line(f"http://127.0.0.1:{endless.getsockname()[1]}", KIOSK, device, key().public, session)
        with pytest.raises(NoAnswer, match="too long"):
            line.ask("0123456789abcdef")
        talker.join(SOON)


def test_an_answer_to_another_request_counts_for_nothing(
    device: SigningKey, session: requests.Session
) -> None:
    hub = key()
    old = Receipt(KIOSK, "an-older-question", Answer.HELD, _at(9, b"9"), "2026-03-01T08:00:00.000000Z").body()
    signed = f"{SIGNATURE_HEADER}: {sign_receipt(hub, old)}"
    head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(old)}\r\n{signed}\r\n\r\n"
    with socket.create_server(("127.0.0.1", 0)) as replaying:

        def answer() -> None:
            connection, _ = replaying.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(head.encode() + old)

        talker = threading.Thread(target=answer, daemon=True)
        talker.start()
        line = Line(f"http://127.0.0.1:{replaying.getsockname()[1]}", KIOSK, device, hub.public, session)
        with pytest.raises(NoAnswer, match="belongs to another request"):
            line.ask("0123456789abcdef")
        talker.join(SOON)


def test_a_proxy_in_the_environment_is_not_asked(
    monkeypatch: pytest.MonkeyPatch, session: requests.Session
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    assert session.merge_environment_settings("http://127.0.0.1", {}, None, None, None)["proxies"] == {}


def test_a_taken_port_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert door.main(["hub", "run", "--data", str(tmp_path / "a %folder?"), "--port", port]) == 2
    assert capsys.readouterr().err == f"127.0.0.1:{port}: Address already in use\n"


def test_hub_commands_refuse_what_they_can_not_use(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = str(tmp_path / "hub")
    assert door.main(["hub", "enrol", "--data", data, "--kiosk", "../x", "--key", "none"]) == 2
    assert door.main(["hub", "enrol", "--data", data, "--kiosk", "x", "--key", str(tmp_path / "none")]) == 2
    first, second = tmp_path / "1.pem", tmp_path / "2.pem"
    first.write_bytes(key().public.pem)
    second.write_bytes(key().public.pem)
    assert door.main(["hub", "enrol", "--data", data, "--kiosk", "x", "--key", str(first)]) == 0
    assert door.main(["hub", "enrol", "--data", data, "--kiosk", "x", "--key", str(second)]) == 1
    assert "--replace" in capsys.readouterr().err


def test_a_hub_that_belongs_to_somebody_ends_with_them(tmp_path: Path) -> None:
    command = HubProcess(tmp_path).command("run", "--port", "0", "--end-with-input")
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as hub:
        assert hub.stdout is not None and "listening" in hub.stdout.readline()
        assert hub.stdin is not None
        hub.stdin.close()
        assert hub.wait(SOON) == 0


@pytest.mark.parametrize("port", ["65536", "-1", "http", "٨٠"])
def test_a_port_that_does_not_exist_is_wrong_usage(
    port: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        door.main(["hub", "run", "--data", str(tmp_path), f"--port={port}"])
    assert left.value.code == 2
    assert "a number from 0 to 65535" in capsys.readouterr().err
