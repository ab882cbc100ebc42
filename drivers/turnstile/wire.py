"""The lines between kiosk and gate worker: one JSON object each, in both directions."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from drivers.turnstile.port import (
    FireAlarm,
    GateReport,
    LinkChanged,
    LinkState,
    Passage,
    PassageCorrected,
    PassageReported,
    PulseAccepted,
    PulseRefused,
    Tamper,
    Way,
)


@dataclass(frozen=True, slots=True)
class Beat:
    """A sign of life, sent by the kiosk and returned by the worker."""


@dataclass(frozen=True, slots=True)
class Authorise:
    """One pulse, please."""

    authorisation: str
    way: Way


@dataclass(frozen=True, slots=True)
class Stop:
    """OFF, and end."""


class Seen(StrEnum):
    """What a watched gate notes beside its reports."""

    RELEASE = "release"
    """A release leaves now."""
    OFF = "off"
    """An OFF leaves now."""
    RELAY = "relay"
    """The relay as the device reads it back: 1 on, 0 off."""
    INPUTS = "inputs"
    """The board's inputs; bit 0 is input 1."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """One thing that a watched gate saw or did; `at` is the machine's monotonic clock, in seconds."""

    at: float
    what: Seen
    value: int = 0


Request = Beat | Authorise | Stop
Told = GateReport | Beat | Noticed


def request_line(request: Request) -> bytes:
    """A request as one line."""
    match request:
        case Authorise(authorisation, way):
            return _line({"do": "authorise", "authorisation": authorisation, "way": way})
        case Beat():
            return _line({"do": "beat"})
        case Stop():
            return _line({"do": "stop"})


def request_of(line: bytes) -> Request | None:
    """The request in a line, or None for anything that is none."""
    table = _table(line)
    match table.get("do"):
        case "beat":
            return Beat()
        case "stop":
            return Stop()
        case "authorise" if isinstance(table.get("authorisation"), str) and table.get("way") in list(Way):
            return Authorise(table["authorisation"], Way(table["way"]))
    return None


def report_line(report: Told) -> bytes:
    """A report as one line."""
    match report:
        case Beat():
            return _line({"tell": "beat"})
        case Noticed(at, what, value):
            return _line({"tell": "noticed", "at": at, "what": what, "value": value})
        case LinkChanged(state, advice):
            return _line({"tell": "link", "state": state, "advice": advice})
        case PulseAccepted(authorisation, acknowledged):
            return _line({"tell": "accepted", "authorisation": authorisation, "acknowledged": acknowledged})
        case PulseRefused(authorisation, why):
            return _line({"tell": "refused", "authorisation": authorisation, "why": why})
        case PassageReported(authorisation, passage):
            return _line({"tell": "passage", "authorisation": authorisation, "passage": passage})
        case PassageCorrected(authorisation, passage):
            return _line({"tell": "corrected", "authorisation": authorisation, "passage": passage})
        case FireAlarm(active):
            return _line({"tell": "fire", "active": active})
        case Tamper(active):
            return _line({"tell": "tamper", "active": active})


def report_of(line: bytes) -> Told | None:
    """The report in a line, or None for anything that is none."""
    table = _table(line)
    try:
        match table.get("tell"):
            case "beat":
                return Beat()
            case "noticed":
                return Noticed(float(table["at"]), Seen(table["what"]), int(table["value"]))
            case "link":
                return LinkChanged(LinkState(table["state"]), str(table["advice"]))
            case "accepted":
                return PulseAccepted(str(table["authorisation"]), table["acknowledged"] is True)
            case "refused":
                return PulseRefused(str(table["authorisation"]), str(table["why"]))
            case "passage":
                return PassageReported(str(table["authorisation"]), Passage(table["passage"]))
            case "corrected":
                return PassageCorrected(str(table["authorisation"]), Passage(table["passage"]))
            case "fire":
                return FireAlarm(table["active"] is True)
            case "tamper":
                return Tamper(table["active"] is True)
    except (KeyError, ValueError, TypeError):
        return None
    return None


def _line(table: dict[str, Any]) -> bytes:
    return json.dumps(table, separators=(",", ":")).encode() + b"\n"


def _table(line: bytes) -> dict[str, Any]:
    try:
        table = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return table if isinstance(table, dict) else {}
