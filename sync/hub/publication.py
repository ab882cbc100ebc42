"""The hub serves the published bundle as files, and keeps its timestamp from running out."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from fastapi import FastAPI
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from sync.bundle.layout import METADATA, URL_PATH, metadata_file
from sync.bundle.publishing.keys import OnlineKeys
from sync.bundle.publishing.lifetimes import is_due
from sync.bundle.publishing.refused import NotPublished
from sync.bundle.publishing.repository import Repository
from sync.signing import KeyUnusable
from verification.revocation.index.disk import ASIDE

EVERY_S = 300.0
"""How often a running hub looks whether a signature is due."""
READ_AGAIN = timedelta(minutes=1)
STOP_SECONDS = 10.0
FOR_GOOD = "public, max-age=604800, immutable"
"""Files that never change; a week is as long as a replaced one stays."""
ASK_AGAIN = "no-cache"
"""`timestamp.json`, and what is not there yet: the next root may come at any time."""

log = structlog.get_logger()


class BundleFiles(StaticFiles):
    """The tree as static files: ETag and Range are answered, so that a download goes on where it ended."""

    async def check_config(self) -> None:
        """A hub runs before anything was published: then nothing is found."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """A file with how long it may be kept; 404 for what is still being written."""
        try:
            if path.endswith(ASIDE):
                raise HTTPException(404)
            response = await super().get_response(path, scope)
        except HTTPException as error:
            response = Response(status_code=error.status_code)
        changes = path == f"{METADATA}/{metadata_file('timestamp')}"
        kept = response.status_code in (200, 206, 304) and not changes
        response.headers["Cache-Control"] = FOR_GOOD if kept else ASK_AGAIN
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response


def install(app: FastAPI, folder: Path, renewal: Renewal | None = None) -> None:
    """Serves the tree in `folder`, which may not be there yet, under `/bundle/`; its ends for `/metrics`."""
    if renewal is not None:
        app.state.bundle = renewal
        app.state.numbers = CollectorRegistry(auto_describe=False)
        app.state.numbers.register(BundleNumbers(renewal))
    app.mount(URL_PATH, BundleFiles(directory=folder, check_dir=False), name="bundle")


class BundleNumbers(Collector):
    """When the bundle's signatures are over, for `/metrics`."""

    def __init__(self, renewal: Renewal) -> None:
        self._renewal = renewal

    def collect(self) -> Iterator[Metric]:
        """One number for each role; none where the tree cannot be read, which the other one says."""
        ends = GaugeMetricFamily(
            "checkpoint_hub_bundle_ends_seconds",
            "Seconds until a role of the bundle must have been signed anew.",
            labels=["role"],
        )
        damaged = 0
        try:
            for role, seconds in self._renewal.ends().items():
                ends.add_metric([role], seconds)
        except NotPublished:
            damaged = 1
        yield ends
        yield GaugeMetricFamily(
            "checkpoint_hub_bundle_needs_person",
            "1 while the bundle waits for somebody; the hub's log says what to do.",
            value=damaged or int(self._renewal.trouble is not None),
        )


class Renewal:
    """Signs timestamp and snapshot anew in time, in a thread of its own. Several hubs may do it at once."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="bundle", daemon=True)
        self._read: tuple[datetime, dict[str, datetime]] | None = None
        self.trouble: str | None = None
        """One sentence for people while the bundle cannot be renewed, or must soon be signed by them."""

    def start(self) -> None:
        """Begins."""
        self._thread.start()

    def ends(self) -> dict[str, float]:
        """Seconds until each role's signatures are over, below 0 afterwards. Raises `NotPublished`.

        The tree is read at most once a minute, however many pages ask.
        """
        now = self._repository.now
        if self._read is None or not timedelta(0) <= now - self._read[0] < READ_AGAIN:
            founded = self._repository.founded
            self._read = now, self._repository.state().ends() if founded else {}
        return {role: (end - now).total_seconds() for role, end in self._read[1].items()}

    def stop(self) -> None:
        """Ends after the renewal under way."""
        self._ending.set()
        if self._thread.is_alive():
            self._thread.join(STOP_SECONDS)

    def look(self) -> bool:
        """One look; whether something was signed. What a person must do is said once, until it changes."""
        if not self._repository.founded:
            return False
        renewed, trouble = False, None
        try:
            renewed = self._repository.refresh()
            trouble = self._soon_over()
        except (NotPublished, KeyUnusable) as error:
            trouble = str(error)
        if trouble != self.trouble:
            self.trouble = trouble
            if trouble is not None:
                log.error("the bundle needs a person", why=trouble)
        if renewed:
            log.info("the bundle's timestamp is signed anew")
        return renewed

    def _soon_over(self) -> str | None:
        """What people must sign before it ends: a sentence for each role in the last third of its life."""
        now = self._repository.now
        said = [
            f"{role} {'is over since' if end <= now else 'ends on'} {end:%Y-%m-%d}: run "
            f"`hub publish renew {role}`."
            for role, end in self._repository.state().ends().items()
            if role not in OnlineKeys.ROLES and is_due(role, end, now)
        ]
        return " ".join(said) or None

    def _run(self) -> None:
        while True:
            self.look()
            if self._ending.wait(EVERY_S):
                return
