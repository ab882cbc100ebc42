"""All pages of the hub, and the files they ask for."""

from __future__ import annotations

from datetime import UTC, tzinfo

from fastapi import APIRouter, FastAPI, HTTPException
from fastapi.responses import FileResponse
from sqlalchemy import Engine

from config.moment import Clock
from sync.hub.passwords import Passwords
from sync.hub.people import People
from sync.hub.web import acts, alarms, devices, guard, holds, lookback, password, people, sign_in, station
from sync.signing import PublicKey

FILES = {"hub.css": "text/css", "hub.js": "text/javascript", "hub.svg": "image/svg+xml"}
static = APIRouter(include_in_schema=False)


@static.get("/hub/static/{name}")
def file(name: str) -> FileResponse:
    """One of the files."""
    if name not in FILES:
        raise HTTPException(404, "there is no such file")
    headers = {**guard.HEADERS, "Cache-Control": "max-age=300"}
    return FileResponse(guard.HERE / "static" / name, media_type=FILES[name], headers=headers)


def install_pages(
    app: FastAPI,
    engine: Engine,
    clock: Clock,
    *,
    passwords: Passwords | None = None,
    zone: tzinfo = UTC,
    hub: PublicKey | None = None,
) -> None:
    """Adds the pages to the hub's application. `zone` is the station's, for the times they show.

    `hub` is the hub's key; without it nobody enrols a kiosk here.
    """
    known = People(engine, clock, passwords or Passwords())
    guard.install(app, guard.Web(engine, clock, known, zone, hub))
    for room in (sign_in, station, alarms, acts, lookback, holds, password, devices, people):
        app.include_router(room.router)
    app.include_router(static)
