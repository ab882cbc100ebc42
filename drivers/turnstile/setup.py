"""The gate's settings as its process knows them: plain values, so that it starts without pydantic."""

from __future__ import annotations

import json
from dataclasses import dataclass

from drivers.turnstile.port import Way
from drivers.turnstile.protocols.codec import Protocol, UnsuitableSetting


@dataclass(frozen=True, slots=True)
class Setup:
    """One gate. Times are in seconds."""

    protocol: str
    path: str
    channel: int
    pulse_s: float
    max_on_s: float
    passage_s: float
    way: Way

    def __post_init__(self) -> None:
        if self.pulse_s > self.max_on_s:
            raise UnsuitableSetting(
                f"turnstile.pulse_ms = {self.pulse_s * 1000:.0f}: at most turnstile.max_on_ms, "
                f"which is {self.max_on_s * 1000:.0f}"
            )

    def longest_on_s(self, protocol: Protocol) -> float:
        """How long a release may stand before the watchdog ends it, whatever the rest of the process does.

        A relay has its maximum ON time. A controller that releases one passage keeps it for the passage
        window and for the moment in which somebody right behind is looked for.
        """
        return self.passage_s + 2.0 if protocol.withdrawn_by_off else self.max_on_s


def setup_from_json(text: str) -> Setup:
    """Reads `config.settings.Turnstile` as JSON. Raises `UnsuitableSetting`."""
    try:
        table = json.loads(text)
        return Setup(
            protocol=str(table["protocol"]),
            path=str(table["path"]),
            channel=int(table["channel"]),
            pulse_s=float(table["pulse_ms"]) / 1000,
            max_on_s=float(table["max_on_ms"]) / 1000,
            passage_s=float(table["passage_s"]),
            way=Way(table["way"]),
        )
    except (ValueError, TypeError, KeyError) as error:
        raise UnsuitableSetting(f"the gate's settings cannot be read: {error}") from error
