"""The half of the gate that speaks: what is sent, when, and why a pulse may not be.

What leaves and what the device may be told is decided here alone; `gate` listens and judges.
"""

from __future__ import annotations

from dataclasses import dataclass

from drivers.turnstile.alarms import Alarms
from drivers.turnstile.flight import Flight, Phase, Watch
from drivers.turnstile.inputs import BoardInputs
from drivers.turnstile.outbox import Outbox, Wanted
from drivers.turnstile.port import GateReport, LinkChanged, LinkState, PulseAccepted, PulseRefused, Way
from drivers.turnstile.protocols.codec import Command, Off, Protocol, Release
from drivers.turnstile.setup import Setup
from drivers.turnstile.supervisor import Supervisor
from drivers.turnstile.used import Used

NO_ANSWER = "The gate does not answer as a {name}: check its power, its cable and turnstile.protocol."
FIRE = "The fire contact is open: nothing is commanded."
STUCK = "The gate's relay stays on: hold the lane and replace the relay."


@dataclass(frozen=True, slots=True)
class Send:
    """Bytes for the device, and the command that they are."""

    data: bytes
    command: Command


Effect = Send | GateReport


def told(change: LinkChanged | None) -> list[Effect]:
    """A change of the link as effects."""
    return [] if change is None else [change]


class Commanding:
    """The state of one gate, and everything that leaves for its device."""

    def __init__(self, protocol: Protocol, setup: Setup) -> None:
        self._protocol = protocol
        self._setup = setup
        self.supervisor = Supervisor()
        self._decoder = protocol.decoder()
        self._no_answer = NO_ANSWER.format(name=protocol.name)
        self._used = Used()
        self._flight: Flight | None = None
        self._watch: Watch | None = None
        self._out = Outbox(protocol, setup.pulse_s)
        self._line, self._rota = self._out.line, self._out.rota
        self._inputs = BoardInputs(protocol.inputs, protocol.tells_levels, setup.way)
        self._unfit = ""
        """What a check or a contact said that must be set right before anything is released."""
        self._open = False
        self._closed = False
        self._alarms = Alarms()
        self._stuck = False
        self._ready = True
        self._unready_since: float | None = None

    @property
    def silenced(self) -> bool:
        """In a fire a controller that ends its own releases is told nothing, not even OFF: it might lock."""
        return self._alarms.fire.doubtful and self._protocol.withdrawn_by_off

    def _off(self, now: float) -> None:
        self._out.off(now)

    def _wanted(self) -> Wanted | None:
        """What is to be sent next and from when.

        While the fire contact is open nothing is commanded: only questions leave, and the OFF that ends our
        own relay's pulse.
        """
        if not self._open or self._closed:
            return None
        flight = self._flight
        waits = flight is not None and not flight.sent
        idle = flight is None and not self._alarms.fire.doubtful
        return self._out.wanted(release=waits, silenced=self.silenced, idle=idle)

    def _send_due(self, now: float) -> list[Effect]:
        wanted = self._wanted()
        if wanted is None or now < wanted[0] or not self._line.may_send(now):
            return []
        if wanted[1] is Release:
            assert self._flight is not None
            return self._send_release(self._flight, now)
        watched = self._watch is not None or (self._flight is not None and self._flight.accepted)
        command = self._out.take(wanted[1], now, watched)
        if command is None:
            return []
        effects: list[Effect] = [self._sending(command, now)]
        mute = self._rota.empty and not self._protocol.capabilities.acknowledges
        if isinstance(command, Off) and mute and self._out.off_at is None:
            effects += told(self.supervisor.answered())
        return effects

    def _send_release(self, flight: Flight, now: float) -> list[Effect]:
        why = self._hindrance(flight.way, flying=True)
        if why:
            self._flight = None
            return [PulseRefused(flight.authorisation, why)]
        flight.phase = Phase.PULSED
        self._watch = None
        flight.began = now
        flight.ends = now + self._setup.passage_s
        self._out.released(now)
        effects: list[Effect] = [self._sending(Release(flight.way, self._setup.pulse_s), now)]
        can = self._protocol.capabilities
        if not can.acknowledges and not can.reads_back:
            flight.phase, flight.accepted = Phase.WAITING, True
            effects.append(PulseAccepted(flight.authorisation, acknowledged=False))
        return effects

    def _sending(self, command: Command, now: float) -> Send:
        self._decoder.expect(command)
        hasty = self._flight or self._watch or self._inputs.settling or self._alarms.unsettled
        self._out.sent(command, now, bool(hasty))
        return Send(self._protocol.encode(command), command)

    def _hindrance(self, way: Way, flying: bool = False) -> str:
        """Why no pulse may leave now; empty when it may."""
        if self._closed:
            return "The gate is being shut down."
        if self._alarms.fire.doubtful:
            return FIRE
        if self.supervisor.state is not LinkState.UP:
            return self._unfit or "The gate is not connected, or does not answer."
        if self._stuck:
            return STUCK
        if not self._ready:
            return "The gate says that it is not ready."
        if not self._protocol.both_ways and way is not self._setup.way:
            return f"This gate releases only {self._setup.way.value}."
        if self._flight is not None and not flying:
            return "The authorisation before this one is not over."
        return ""
