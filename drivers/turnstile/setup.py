"""The gate's settings as its process knows them: plain values, so that it starts without pydantic."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from ipaddress import ip_address
from math import ceil

from drivers.turnstile.port import Way
from drivers.turnstile.protocols.codec import Protocol
from drivers.turnstile.wiring import UnsuitableSetting, Wiring, frames_of, inputs_of


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
    baud: int = 0
    """0: as the dialect's devices leave the factory."""
    host: str = ""
    port: int = 0
    wiring: Wiring = field(default_factory=Wiring)
    idle_channel: int = 0
    """The relay of the other direction, which is not in use just now; 0: there is none."""

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

    def must_suit(self, protocol: Protocol) -> None:
        """Raises `UnsuitableSetting` for a pulse or an address that this device cannot have."""
        step = protocol.steps_s
        if step and ceil(round(self.pulse_s / step, 6)) * step > self.max_on_s + 1e-9:
            raise UnsuitableSetting(
                f"turnstile.max_on_ms = {self.max_on_s * 1000:.0f}: {protocol.name} times its relay in steps "
                f"of {step * 1000:.0f}, so at least {ceil(round(self.pulse_s / step, 6)) * step * 1000:.0f}"
            )
        if protocol.over_network:
            try:
                ip_address(self.host)
            except ValueError as error:
                raise UnsuitableSetting(
                    f"turnstile.host = {self.host!r}: the address of the gate, such as 192.168.0.200"
                ) from error


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
            baud=int(table.get("baud", 0)),
            host=str(table.get("host", "")),
            port=int(table.get("port", 0)),
            idle_channel=int(table.get("idle_channel", 0)),
            wiring=Wiring(
                unit=int(table.get("unit", 0)),
                inputs=inputs_of(table.get("inputs", {})),
                frames=frames_of(table.get("frames", {})),
            ),
        )
    except (ValueError, TypeError, KeyError) as error:
        raise UnsuitableSetting(f"the gate's settings cannot be read: {error}") from error
