"""A piece of network between kiosk and hub that can be cut: real sockets, on loopback."""

from __future__ import annotations

import contextlib
import selectors
import socket
import threading


class Cable:
    """Forwards TCP from a port of its own to the hub's. Cut, it drops all and refuses more."""

    def __init__(self, hub_port: int) -> None:
        self._hub = ("127.0.0.1", hub_port)
        self._listener: socket.socket | None = None
        self._pairs: dict[socket.socket, socket.socket] = {}
        self._lock = threading.Lock()
        self._selector = selectors.DefaultSelector()
        self._wake_in, self._wake_out = socket.socketpair()
        self._selector.register(self._wake_in, selectors.EVENT_READ)
        self._stopping = False
        self.port = 0
        self.mend()
        self._thread = threading.Thread(target=self._run, name="demo-cable", daemon=True)
        self._thread.start()

    def cut(self) -> None:
        """Nothing gets through any more."""
        with self._lock:
            if self._listener:
                self._selector.unregister(self._listener)
                self._listener.close()
                self._listener = None
            for end in list(self._pairs):
                self._drop(end)
        self._wake()

    def mend(self) -> None:
        """The line is whole again, on the same port as before."""
        with self._lock:
            if self._listener is None:
                self._listener = socket.create_server(("127.0.0.1", self.port), reuse_port=False)
                self.port = self._listener.getsockname()[1]
                self._selector.register(self._listener, selectors.EVENT_READ)
        self._wake()

    def stop(self) -> None:
        """Cuts the line for good."""
        self.cut()
        self._stopping = True
        self._wake()
        self._thread.join(timeout=2)
        self._wake_in.close()
        self._wake_out.close()
        self._selector.close()

    def _wake(self) -> None:
        self._wake_out.send(b"x")

    def _run(self) -> None:
        while not self._stopping:
            for key, _ in self._selector.select():
                end = key.fileobj
                assert isinstance(end, socket.socket)
                if end is self._wake_in:
                    end.recv(64)
                    continue
                with self._lock:
                    if end is self._listener:
                        self._connect(end)
                    elif end in self._pairs:
                        self._forward(end)

    def _connect(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            near, _ = listener.accept()
            far = socket.create_connection(self._hub, timeout=2)
            for end, other in ((near, far), (far, near)):
                self._pairs[end] = other
                self._selector.register(end, selectors.EVENT_READ)

    def _forward(self, end: socket.socket) -> None:
        try:
            data = end.recv(65536)
            if data:
                self._pairs[end].sendall(data)
                return
        except OSError:
            pass
        self._drop(end)

    def _drop(self, end: socket.socket) -> None:
        other = self._pairs.pop(end, None)
        if other is None:
            return
        self._pairs.pop(other, None)
        for one in (end, other):
            self._selector.unregister(one)
            one.close()
