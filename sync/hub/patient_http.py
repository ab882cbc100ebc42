"""HTTP for clients that are slow or many on purpose: a request's head arrives in time, or the line is closed.

Uvicorn bounds the idle time between requests, the size of a head and all connections together, but not the
time a head takes, nor how many of those connections one address has.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

TOO_MANY = (
    b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 10\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
)


def patient_http(seconds: float, most: int) -> type[H11Protocol]:
    """Uvicorn's protocol with `seconds` for each head, from the connection or the head's first byte on.

    One address has at most so many connections; one more is told so and closed before it has asked.
    """
    open_of: Counter[str] = Counter()

    class PatientHTTP(H11Protocol):
        _head_timer: asyncio.TimerHandle | None = None
        _address: str | None = None

        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            address = self.client[0] if self.client else ""
            if open_of[address] >= most:
                self.connections.discard(self)
                transport.write(TOO_MANY)
                transport.close()
                return
            self._address = address
            open_of[address] += 1
            self._start_timer()

        def data_received(self, data: bytes) -> None:
            if self._address is None:
                return
            super().data_received(data)
            if self.cycle is not None and not self.cycle.response_complete:
                self._stop_timer()
            elif self._head_timer is None and not self.transport.is_closing():
                self._start_timer()

        def connection_lost(self, exc: Exception | None) -> None:
            self._stop_timer()
            if self._address is not None:
                open_of[self._address] -= 1
                if not open_of[self._address]:
                    del open_of[self._address]
            super().connection_lost(exc)

        def on_response_complete(self) -> None:
            super().on_response_complete()
            if self.cycle.response_complete:
                self._stop_timer()  # between requests uvicorn's own idle time counts

        def _start_timer(self) -> None:
            self._head_timer = self.loop.call_later(seconds, self._too_slow)

        def _stop_timer(self) -> None:
            if self._head_timer is not None:
                self._head_timer.cancel()
                self._head_timer = None

        def _too_slow(self) -> None:
            self._head_timer = None
            if not self.transport.is_closing():
                self.transport.close()

    return PatientHTTP
