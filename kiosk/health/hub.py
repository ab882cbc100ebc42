"""Checks the line to the hub: whether this kiosk is enrolled there, and whether the hub knows it."""

from __future__ import annotations

from collections.abc import Sequence

from config.settings import Settings
from kiosk.enrolment_watch import hub_key_file, is_enrolled
from kiosk.health.finding import Finding, broken, look, well
from kiosk.program import VERSION
from kiosk.start_conditions import CannotStart, hub_session
from sync.device_key import FILE, device_key
from sync.exchange import Exchange
from sync.line import NoAnswer
from sync.sealing import seal_key
from sync.signing import KeyUnusable, load_public

REVOKED = 403
CONNECT_S, READ_S = 3.0, 3.0


def hub(settings: Settings) -> Sequence[Finding]:
    """Asks the hub how this kiosk stands with it."""
    if not settings.hub.url:
        return [well("HU", "This lane has no hub by its settings: records stay here.")]
    if not is_enrolled(settings):
        return [broken("EN", f"This kiosk is not enrolled at {settings.hub.url}: run main.py enrol.")]
    folder = settings.journal.folder
    if not (folder / FILE).exists():
        return [broken("EN", "This kiosk has a hub's key and none of its own: run main.py enrol.")]
    try:
        exchange = Exchange(
            settings.hub.url,
            settings.lane.id,
            device_key(folder),
            load_public(hub_key_file(settings)),
            hub_session(settings),
        )
        seal = seal_key(folder).public.raw.hex()
        content: dict[str, object] = {"version": VERSION, "seal": seal, "keys": False}
        reply = exchange.ask("POST", "/device", content, connect_s=CONNECT_S, read_s=READ_S)
    except (NoAnswer, KeyUnusable, CannotStart, OSError) as error:
        return [look("HU", f"{settings.hub.url}: {error}; records wait here: check the network, or hub.url.")]
    if reply.status == REVOKED:
        return [broken("DV", "The hub took this kiosk out of service: call the operator of the hub.")]
    if reply.status != 200:
        return [
            look("HU", f"The hub answered with HTTP status {reply.status}: call the operator of the hub.")
        ]
    return [well("HU", f"The hub at {settings.hub.url} answers and knows this kiosk.")]
