"""HTTP for clients that are slow on purpose: a request's head arrives in time, or the line is closed.

Uvicorn bounds the idle time between requests and the size of a head, but not the time a head takes.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol


def patient_http(seconds: float) -> type[H11Protocol]:
    """Uvicorn's protocol with `seconds` for each head, from the connection or the head's first byte on."""

    class PatientHTTP(H11Protocol):
        _head_timer: asyncio.TimerHandle | None = None

        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            self._start_timer()

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            if self.cycle is not None and not self.cycle.response_complete:
                self._stop_timer()
            elif self._head_timer is None and not self.transport.is_closing():
                self._start_timer()

        def connection_lost(self, exc: Exception | None) -> None:
            self._stop_timer()
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
