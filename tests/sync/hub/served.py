"""A hub on a socket of loopback in a thread of the test, and kiosks that speak to it with real requests."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import requests
import uvicorn
from fastapi import FastAPI

from sync.exchange import Exchange
from sync.session import open_session
from sync.signing import PublicKey, SigningKey

SOON = 20.0


@contextmanager
def served(app: FastAPI, port: int = 0, tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """The URL under which `app` answers; port 0 takes a free one."""
    started = threading.Event()

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            started.set()

    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=1,
            ssl_context_factory=None if tls is None else lambda _config, _default: tls,
        )
        server = Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        assert started.wait(SOON), "the hub did not start"
        try:
            yield f"http{'s' if tls else ''}://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(SOON)


@contextmanager
def exchange(url: str, kiosk: str, device: SigningKey, hub: PublicKey) -> Iterator[Exchange]:
    """A kiosk's signed exchange over a session of its own."""
    with open_session() as session:
        yield Exchange(url, kiosk, device, hub, session)


def raw(url: str, method: str = "GET", **more: object) -> requests.Response:
    """One request as a stranger makes it."""
    with open_session() as session:
        return session.request(method, url, timeout=SOON, **more)  # type: ignore[arg-type]
