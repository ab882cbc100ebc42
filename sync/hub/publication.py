"""The hub serves the published bundle as files, and keeps its timestamp from running out."""

from __future__ import annotations

import threading
from pathlib import Path

import structlog
from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from sync.bundle.layout import METADATA, URL_PATH, metadata_file
from sync.bundle.publishing.refused import NotPublished
from sync.bundle.publishing.repository import Repository
from sync.signing import KeyUnusable
from verification.revocation.index.disk import ASIDE

EVERY_S = 300.0
"""How often a running hub looks whether a signature is due."""
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


def install(app: FastAPI, folder: Path) -> None:
    """Serves the tree in `folder`, which may not be there yet, under `/bundle/`."""
    app.mount(URL_PATH, BundleFiles(directory=folder, check_dir=False), name="bundle")


class Renewal:
    """Signs timestamp and snapshot anew in time, in a thread of its own. Several hubs may do it at once."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="bundle", daemon=True)
        self.trouble: str | None = None
        """One sentence for people while the bundle cannot be renewed."""

    def start(self) -> None:
        """Begins."""
        self._thread.start()

    def stop(self) -> None:
        """Ends after the renewal under way."""
        self._ending.set()
        if self._thread.is_alive():
            self._thread.join(STOP_SECONDS)

    def look(self) -> bool:
        """One look; whether something was signed. Trouble is said once, until it is over."""
        if not self._repository.founded:
            return False
        before, self.trouble = self.trouble, None
        try:
            renewed = self._repository.refresh()
        except (NotPublished, KeyUnusable) as error:
            self.trouble = str(error)
            if self.trouble != before:
                log.error("the bundle cannot be renewed", why=self.trouble)
            return False
        if renewed:
            log.info("the bundle's timestamp is signed anew")
        return renewed

    def _run(self) -> None:
        while True:
            self.look()
            if self._ending.wait(EVERY_S):
                return
