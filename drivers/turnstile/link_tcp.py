"""The wire to a gate that hangs on the network: one TCP connection, and the same two exceptions."""

from __future__ import annotations

import contextlib
import errno
import select
import socket
import time

from drivers.serial_port import WRITE_TIMEOUT_S
from drivers.turnstile.link import Link, LinkDown, LinkStalled, Spare

CONNECT_TIMEOUT_S = 0.5
"""Less than the kiosk waits for a sign of life of the worker: its one thread connects, too."""
_DEAD_AFTER_MS = 1500
"""Bytes that nobody confirmed for this long end the connection: a pulled cable tells nothing by itself."""


class TcpLink(Link):
    """A connection to an address (no name: looking one up may hang)."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self._socket: socket.socket | None = None
        self._spare = Spare()

    def open(self) -> None:
        self.close()
        try:
            opened = socket.create_connection((self._host, self._port), CONNECT_TIMEOUT_S)
        except (OSError, ValueError) as error:
            raise LinkDown(self._why_not_open(error)) from error
        if opened.getsockname() == opened.getpeername():
            # On this machine a socket can meet itself on a port that nobody listens to.
            opened.close()
            raise LinkDown(self._why_not_open(OSError(errno.ECONNREFUSED, "itself")))
        opened.setblocking(False)
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _DEAD_AFTER_MS)
        self._socket = opened
        self._spare.take(opened.fileno())

    def fileno(self) -> int:
        if self._socket is None:
            raise LinkDown(self._gone())
        return self._socket.fileno()

    def read(self) -> bytes:
        if self._socket is None:
            raise LinkDown(self._gone())
        try:
            data = self._socket.recv(4096)
        except BlockingIOError:
            return b""
        except OSError as error:
            raise LinkDown(self._gone()) from error
        if not data:
            raise LinkDown(self._gone())
        return data

    def write(self, data: bytes) -> None:
        if self._socket is None:
            raise LinkDown(self._gone())
        until = time.monotonic() + WRITE_TIMEOUT_S
        while data:
            try:
                data = data[self._socket.send(data) :]
            except BlockingIOError as error:
                left = until - time.monotonic()
                if left <= 0 or not select.select([], [self._socket], [], left)[1]:
                    raise LinkStalled(
                        f"The gate at {self._at} takes no commands: switch it off and on."
                    ) from error
            except OSError as error:
                raise LinkDown(self._gone()) from error

    def force(self, data: bytes) -> bool:
        return self._spare.force(data)

    def close(self, drain_s: float = 0.0) -> None:  # noqa: ARG002
        """The kernel goes on sending what was written; nothing has to be waited for."""
        opened, self._socket = self._socket, None
        self._spare.let_go()
        if opened is not None:
            with contextlib.suppress(OSError):
                opened.close()

    @property
    def _at(self) -> str:
        return f"{self._host}:{self._port}"

    def _why_not_open(self, error: Exception) -> str:
        number = getattr(error, "errno", None)
        if number == errno.ECONNREFUSED:
            return (
                f"The gate at {self._at} takes no connection: end the program that holds it, or restart it."
            )
        return f"No gate at {self._at}: check its power and its network cable."

    def _gone(self) -> str:
        return f"The gate at {self._at} ended the connection: check its power and its network cable."
