"""A gate and an emulated device in virtual time: minutes of gate life in microseconds."""

from __future__ import annotations

from drivers.turnstile.commanding import Effect, Send
from drivers.turnstile.emulators.firmware import Firmware
from drivers.turnstile.gate import Gate
from drivers.turnstile.port import (
    GateReport,
    LinkChanged,
    LinkState,
    Passage,
    PassageReported,
    PulseAccepted,
    PulseRefused,
    Way,
)
from drivers.turnstile.protocols.codec import Off, Release
from drivers.turnstile.setup import Setup
from tests.drivers.turnstile.devices import device


def setup(**changes: object) -> Setup:
    """The settings of an ordinary lane."""
    values: dict[str, object] = {
        "protocol": "tx1500",
        "path": "/dev/none",
        "channel": 1,
        "pulse_s": 0.4,
        "max_on_s": 1.0,
        "passage_s": 5.0,
        "way": Way.FORWARD,
    }
    return Setup(**{**values, **changes})  # type: ignore[arg-type]


class VirtualLane:
    """Joins the pure gate and the pure firmware, and carries bytes between them as time goes by."""

    def __init__(self, firmware: Firmware, **changes: object) -> None:
        self.now = 1000.0
        self.firmware = firmware
        self.dialect = device(firmware.name)
        self.gate = Gate(self.dialect, setup(protocol=firmware.name, **changes))
        self.reports: list[GateReport] = []
        self.sent: list[tuple[float, Send]] = []
        self.ended_at: dict[str, float] = {}
        """When each passage was told, by its authorisation."""
        self.plugged = True
        self.open = False
        self.writes_until_break = -1
        """Counts down with each write; at 0 the write fails and the link is lost. Negative: never."""

    def plug(self) -> VirtualLane:
        """Power and cable; the gate's link opens as soon as the supervisor wants it to."""
        self.plugged = True
        self.firmware.power_up(self.now)
        self.run(0.0)
        return self

    def unplug(self) -> None:
        self.plugged = False
        if self.open:
            self._lose("unplugged")

    def up(self) -> VirtualLane:
        """Plugs in and runs until the link is UP."""
        self.plug()
        self.run(0.5)
        assert self.gate.supervisor.state is LinkState.UP
        return self

    def authorise(self, authorisation: str, way: Way = Way.FORWARD) -> None:
        self.perform(self.gate.authorise(authorisation, way, self.now))

    def run(self, seconds: float) -> None:
        """Lets time pass, from one thing that happens to the next."""
        end = self.now + seconds
        for _ in range(100_000):
            self._step()
            times = [time for time in (self.gate.due(), self.firmware.due()) if time is not None]
            if self.plugged and not self.open:
                times.append(self.gate.supervisor.opens_at)
            following = min(times, default=float("inf"))
            if following > end:
                self.now = end
                return
            self.now = max(self.now, following) if following > self.now else self.now + 1e-6
        raise AssertionError("time does not get on: something is always due")

    def run_until_idle_off(self) -> None:
        """Runs until the next sign of life has just left."""
        before = self.offs
        while self.offs == before:
            self.run(0.001)

    def perform(self, effects: list[Effect]) -> None:
        broken = False
        for effect in effects:
            if not isinstance(effect, Send):
                if not (broken and isinstance(effect, PulseAccepted)):
                    self.reports.append(effect)
                if isinstance(effect, PassageReported):
                    self.ended_at[effect.authorisation] = self.now
                continue
            if broken or not effect.data:
                continue
            if self.writes_until_break == 0:
                self.writes_until_break = -1
                broken = True
                continue
            self.writes_until_break -= 1
            self.sent.append((self.now, effect))
            self.firmware.receive(effect.data, self.now)
        if broken:
            self._lose("stalled")

    def of(self, authorisation: str) -> list[GateReport]:
        """What was reported about one authorisation."""
        return [report for report in self.reports if getattr(report, "authorisation", None) == authorisation]

    def ended(self, authorisation: str) -> Passage | str | None:
        """How it ended: a passage, "refused", or None while it has not."""
        for report in self.of(authorisation):
            if isinstance(report, PassageReported):
                return report.passage
            if isinstance(report, PulseRefused):
                return "refused"
        return None

    def accepted(self, authorisation: str) -> bool:
        return any(isinstance(report, PulseAccepted) for report in self.of(authorisation))

    @property
    def releases(self) -> int:
        return sum(isinstance(send.command, Release) for _, send in self.sent)

    @property
    def offs(self) -> int:
        return sum(isinstance(send.command, Off) for _, send in self.sent)

    @property
    def states(self) -> list[LinkState]:
        return [report.state for report in self.reports if isinstance(report, LinkChanged)]

    def _step(self) -> None:
        if self.plugged and not self.open and self.now >= self.gate.supervisor.opens_at:
            self.open = True
            self.perform(self.gate.link_opened(self.now))
        data = self.firmware.advance(self.now)
        if data and self.open:
            self.perform(self.gate.feed(data, self.now))
        self.perform(self.gate.tick(self.now))

    def _lose(self, why: str) -> None:
        self.open = False
        self.firmware.power_up(self.now)
        self.perform(self.gate.link_lost(why, self.now))
