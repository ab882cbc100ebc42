"""A real line to a real hub with a counter in between: every byte of HTTP, both ways."""

from __future__ import annotations

import selectors
import socket
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import uvicorn

from sync.batch import batch_body
from sync.chain import genesis
from sync.hub.app import create_app
from sync.hub.database import open_database
from sync.hub.ledger import Ledger
from sync.hub.limits import chosen_limits
from sync.hub.service import uvicorn_config
from sync.journal_reader import JournalReader
from sync.line import Line
from sync.session import open_session
from tests.bench.crossings import DayWriter, VirtualClock
from tests.sync.ground import key

KIOSK = "lane-1"
FOR_EVER = 1e12


class Counter:
    """Carries bytes between whoever connects and one port, and counts them."""

    def __init__(self, port: int) -> None:
        self.bytes = 0
        self._to = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        """Ends it for new connections."""
        self._listener.close()

    def _serve(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            with near, socket.create_connection(("127.0.0.1", self._to)) as far:
                self._carry(near, far)

    def _carry(self, near: socket.socket, far: socket.socket) -> None:
        with selectors.DefaultSelector() as chooser:
            chooser.register(near, selectors.EVENT_READ, far)
            chooser.register(far, selectors.EVENT_READ, near)
            while True:
                for ready, _ in chooser.select():
                    assert isinstance(ready.fileobj, socket.socket)
                    data = ready.fileobj.recv(1 << 16)
                    if not data:
                        return
                    self.bytes += len(data)
                    ready.data.sendall(data)


class Wire:
    """A hub of its own in a thread of this process, and the line of one day's kiosk."""

    def __init__(self, folder: Path, day: DayWriter) -> None:
        self._day = day
        self._hub = key()
        self._engine = open_database(folder)
        ledger = Ledger(self._engine, VirtualClock())
        ledger.enrol(KIOSK, day.device.public)
        app = create_app(ledger, self._hub)
        self._server = uvicorn.Server(uvicorn_config(app, chosen_limits(0, 10), None))

    def carry(self, ends: Sequence[int], *, packing: bool) -> int:
        """Sends batches that end at these sequence numbers; the bytes it took, headers and receipts too."""
        listener = socket.create_server(("127.0.0.1", 0))
        thread = threading.Thread(target=self._server.run, args=([listener],), daemon=True)
        thread.start()
        while not self._server.started:
            time.sleep(0.01)
        counter = Counter(listener.getsockname()[1])
        reader = JournalReader(self._day.folder)
        after = genesis(self._day.device.public.raw)
        try:
            with open_session() as session:
                url = f"http://127.0.0.1:{counter.port}"
                line = Line(url, KIOSK, self._day.device, self._hub.public, session)
                if not packing:
                    line._plain_until = FOR_EVER
                for end in ends:
                    records = reader.records(after.sequence, end - after.sequence, 1 << 30)
                    answer = line.send(batch_body(KIOSK, after, records)).receipt
                    if answer.answer != "stored":
                        raise RuntimeError(answer.why)
                    after = answer.position
        finally:
            reader.close()
            counter.close()
            self._server.should_exit = True
            thread.join()
            listener.close()
            self._engine.dispose()
        return counter.bytes
