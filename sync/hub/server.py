"""Runs the hub: its key, its database, one listening socket, and an orderly end."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn
from sqlalchemy import URL

from config.moment import Clock
from sync.bundle.publishing.repository import TREE, hub_repository
from sync.hub import publication
from sync.hub.allowance import Allowance
from sync.hub.app import create_app
from sync.hub.chores import Chores
from sync.hub.database import alone, open_database
from sync.hub.gather_hint import GatherHint
from sync.hub.ledger import Ledger
from sync.hub.service import Service, raise_file_limit, tls_context, uvicorn_config
from sync.signing import SigningKey, load_or_make, write_private

KEY = "hub.key"
PUBLIC_KEY = "hub.pub.pem"


def hub_key(data: Path) -> SigningKey:
    """The hub's key in `data/hub.key`; kiosks are given `data/hub.pub.pem`. Raises `KeyUnusable`, OSError.

    Two hubs that start at once on one folder have one key.
    """
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with alone(data / KEY):
        return load_or_make(data / KEY)


def open_ledger(
    data: Path, clock: Clock, database: URL | str | None = None, allowance: Allowance | None = None
) -> Ledger:
    """The hub's memory in `data`, or in the database a URL names. Raises as `open_database`."""
    return Ledger(open_database(data, database), clock, allowance)


class _Server(uvicorn.Server):
    """Says when it listens and when it ends."""

    def __init__(
        self, config: uvicorn.Config, listening: Callable[[], None], ending: Callable[[], None]
    ) -> None:
        super().__init__(config)
        self._listening, self._ending = listening, ending

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Uvicorn's own start, then the word to whoever waits for it."""
        await super().startup(sockets)
        if not self.should_exit:
            self._listening()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """The word to whoever waits, who is then answered: uvicorn alone would break such questions off."""
        self._ending()
        await super().shutdown(sockets)


def serve(
    data: Path,
    host: str,
    port: int,
    clock: Clock,
    listening: Callable[[str], None],
    *,
    database: URL | str | None = None,
    ready_file: Path | None = None,
    service: Service | None = None,
) -> None:
    """Serves until SIGTERM or SIGINT. `listening` gets the URL; port 0 takes a free one.

    Raises OSError where the address is taken, `KeyUnusable`, `DatabaseRefused`, `CertificateUnusable`, and
    sqlalchemy.exc.SQLAlchemyError.
    """
    service = service or Service()
    tls = None if service.certificate is None else tls_context(service.certificate)
    ledger = open_ledger(data, clock, database, service.allowance)
    app = create_app(ledger, hub_key(data), service.zone, GatherHint(service.gather_s))
    renewal = publication.Renewal(hub_repository(data, clock))
    publication.install(app, data / TREE, renewal)
    chores = Chores(ledger.engine, clock, app.state.web.people, service.keep_days)
    raise_file_limit(service.limits.clients)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        shown = f"[{host}]" if ":" in host else host
        try:
            listener.bind((host, port))
        except OSError as error:
            raise OSError(error.errno, error.strerror, f"{shown}:{port}") from error
        url = f"http{'s' if tls else ''}://{shown}:{listener.getsockname()[1]}"

        def ready() -> None:
            if ready_file is not None:
                write_private(ready_file, f"{url}\n".encode(), mode=0o644)
            listening(url)

        def ending() -> None:
            for rooms in (app.state.device_rooms, app.state.referral_rooms):
                rooms.bell.end()

        config = uvicorn_config(app, service.limits, tls)
        before = {number: signal.signal(number, _ended) for number in (signal.SIGTERM, signal.SIGINT)}
        chores.start()
        renewal.start()
        try:
            _Server(config, ready, ending).run(sockets=[listener])
        finally:
            app.state.takers.shutdown(wait=False, cancel_futures=True)
            renewal.stop()
            chores.stop()
            for number, handler in before.items():
                signal.signal(number, handler)


def _ended(_number: int, _frame: object) -> None:
    """Uvicorn raises the signal again once it has shut down; an orderly end needs no more than that."""
