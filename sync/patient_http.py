"""Connections that wait for the head of an answer so long and no longer, however slowly it drips.

A time-out of a socket begins anew with every byte: a server that sends one a second would hold a thread for
days. What comes after the head is counted by whoever reads it, as it was sent: nobody asked for packed
answers, and unpacked, a few bytes become more than a lane's memory before anybody counts them.
"""

from __future__ import annotations

import http.client
import io
import time
from collections.abc import Callable
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

HEAD_SECONDS = 20.0
"""For status line and headers together."""


class Watched(io.RawIOBase):
    """Bytes of a stream until a moment. Raises `TimeoutError` after it."""

    def __init__(self, raw: io.RawIOBase, until: float, mono: Callable[[], float] = time.monotonic) -> None:
        self._raw, self._mono = raw, mono
        self.until: float | None = until

    def readable(self) -> bool:
        """It is there to be read."""
        return True

    def readinto(self, buffer: Any) -> int | None:
        """Some bytes, if there is time left."""
        if self.until is not None and self._mono() > self.until:
            raise TimeoutError("the head of the answer did not come in time")
        return self._raw.readinto(buffer)

    def close(self) -> None:
        """Closes what it watches."""
        self._raw.close()
        super().close()


class _Response(http.client.HTTPResponse):
    def begin(self) -> None:
        watched = Watched(self.fp.detach(), time.monotonic() + HEAD_SECONDS)
        self.fp = io.BufferedReader(watched)
        super().begin()
        watched.until = None


class _Connection(HTTPConnection):
    response_class = _Response


class _SecureConnection(HTTPSConnection):
    response_class = _Response


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


class PatientAdapter(HTTPAdapter):
    """What a session is mounted with."""

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        """Pools of patient connections."""
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}

    def build_response(self, req: Any, resp: Any) -> Any:
        """Its body is handed on as it came; `headers` still say how it was packed."""
        answer = super().build_response(req, resp)
        resp.headers.discard("Content-Encoding")
        return answer
