"""The gate's state machine: one pulse for each authorisation, and OFF whenever anything is in doubt.

Pure: it takes decoder events, requests and the time, and returns effects in the order in which they
must happen. When a `Send` cannot be carried out, no other follows and no `PulseAccepted`
after it is true; `link_lost` comes next. The rules are DESIGN 4.3 and 4.4.
"""

from __future__ import annotations

from dataclasses import dataclass

from drivers.turnstile.alarms import Alarms
from drivers.turnstile.flight import Flight, Phase
from drivers.turnstile.line import Line
from drivers.turnstile.port import (
    FireAlarm,
    GateReport,
    LinkChanged,
    LinkState,
    Passage,
    PassageReported,
    PulseAccepted,
    PulseRefused,
    Way,
)
from drivers.turnstile.protocols.codec import (
    Acknowledged,
    Command,
    Event,
    FireContact,
    Off,
    Passed,
    Protocol,
    Query,
    ReadyInput,
    Rejected,
    RelayIs,
    Release,
    TamperContact,
)
from drivers.turnstile.setup import Setup
from drivers.turnstile.supervisor import Supervisor
from drivers.turnstile.used import Used

BEAT_S = 2.0
"""An idle device is sent OFF (or asked for its state) this often."""
SETTLE_S = 0.5
"""After the passage window an arm that is already turning may still report its passage."""
REPEAT_S = 0.12
"""Boards that confirm nothing get each OFF twice, this far apart."""

NO_ANSWER = "The gate does not answer as a {name}: check its power, its cable and turnstile.protocol."
FIRE = "The fire contact is open: nothing is commanded."
STUCK = "The gate's relay stays on: hold the lane and replace the relay."


@dataclass(frozen=True, slots=True)
class Send:
    """Bytes for the device, and the command that they are."""

    data: bytes
    command: Command


Effect = Send | GateReport


class Gate:
    """One gate behind one link. Times are monotonic seconds, handed in with each call."""

    def __init__(self, protocol: Protocol, setup: Setup) -> None:
        self._protocol = protocol
        self._setup = setup
        self._line = Line(protocol)
        self.supervisor = Supervisor()
        self._decoder = protocol.decoder()
        self._no_answer = NO_ANSWER.format(name=protocol.name)
        self._used = Used()
        self._flight: Flight | None = None
        self._open = False
        self._closed = False
        self._on_until: float | None = None
        """A relay that we switched on goes off then."""
        self._off_at: float | None = None
        self._offs = 0
        """How many OFFs are still to be sent."""
        self._beat_at = 0.0
        self._alarms = Alarms()
        self._stuck = False
        self._ready = True

    @property
    def phase(self) -> Phase:
        """For people and tests; fire outranks everything, tampering only an idle gate."""
        if self._alarms.fire.is_open:
            return Phase.FIRE
        if self._flight is not None:
            return self._flight.phase
        if self.supervisor.state is not LinkState.UP:
            return Phase.OUT_OF_SERVICE
        return Phase.TAMPER if self._alarms.tampered else Phase.IDLE

    @property
    def silenced(self) -> bool:
        """In a fire a controller that ends its own releases is told nothing, not even OFF: it might lock."""
        return self._alarms.fire.doubtful and self._protocol.withdrawn_by_off

    def link_opened(self, now: float) -> list[Effect]:
        """The link is open: OFF before anything else."""
        self._open = True
        self._line.reset()
        self._decoder = self._protocol.decoder()
        self._stuck, self._ready = False, True
        change = self.supervisor.opened(now)
        self._off(now)
        return [*_told(change), *self._send_due(now)]

    def link_lost(self, why: str, now: float) -> list[Effect]:
        """The link broke. A pulse that may have left has an unknown end and is never sent again."""
        effects = self._abandon("The link to the gate broke before the pulse was sent.")
        self._open = False
        self._on_until = self._off_at = None
        self._offs = 0
        self._line.reset()
        return [*effects, *_told(self.supervisor.lost(why, now))]

    def authorise(self, authorisation: str, way: Way, now: float) -> list[Effect]:
        """One pulse for this id, or the sentence that says why there will be none."""
        if not self._used.take(authorisation):
            return [PulseRefused(authorisation, "This authorisation was used before.")]
        why = self._hindrance(way)
        if why:
            return [PulseRefused(authorisation, why)]
        self._flight = Flight(authorisation, way)
        return self._send_due(now)

    def feed(self, data: bytes, now: float) -> list[Effect]:
        """Bytes from the device."""
        effects: list[Effect] = []
        skipped = self._decoder.skipped
        events = self._decoder.feed(data)
        if self._flight is not None and self._decoder.skipped > skipped:
            self._flight.doubted = True
        for event in events:
            effects += self.handle(event, now)
        return effects

    def handle(self, event: Event, now: float) -> list[Effect]:
        """One event of the decoder."""
        effects: list[Effect] = []
        match event:
            case Acknowledged():
                effects = self._acknowledged(now)
            case Rejected():
                effects = self._rejected(now)
            case Passed(way):
                effects = self._passed(way, now)
            case RelayIs(on):
                effects = self._read_back(on, now)
            case FireContact(is_open):
                self._alarms.fire.read(is_open, now)
            case TamperContact(is_open):
                self._alarms.tamper.read(is_open, now)
            case ReadyInput(ready):
                self._ready = ready
        return effects + self.tick(now)

    def tick(self, now: float) -> list[Effect]:
        """Whatever the passing of time brings. Call it at `due` at the latest; more often is harmless."""
        effects = self._alarmed(now)
        overdue = self._line.overdue(now)
        if overdue is not None:
            effects += self._silence(overdue, now)
        if self._on_until is not None and now >= self._on_until:
            self._on_until = None
            self._line.give_up(now)
            self._off(now)
        effects += self._window(now)
        return effects + self._send_due(now)

    def close(self, now: float) -> list[Effect]:
        """The end: what is in hand is unknown, OFF is the last command, and nothing follows."""
        effects = self._abandon("The gate is being shut down.")
        self._closed = True
        if self._open and not self.silenced:
            effects.append(self._sending(Off(), now))
        return effects

    def due(self) -> float | None:
        """When `tick` has to be called next, if nothing else happens."""
        times = self._alarms.due
        if self._on_until is not None:
            times.append(self._on_until)
        if self._line.pending:
            times.append(self._line.pending.until)
        if self._flight is not None and self._flight.sent:
            times.append(self._flight.ends)
        wanted = self._wanted()
        if wanted is not None and not self._line.pending:
            times.append(max(wanted[0], self._line.free_at))
        return min(times, default=None)

    def _off(self, now: float) -> None:
        """OFF as soon as the device can take it; twice where nobody confirms."""
        self._off_at = now
        self._offs = 1 if self._protocol.capabilities.acknowledges else 2

    def _wanted(self) -> tuple[float, type[Command]] | None:
        """What is to be sent next and from when: OFF first, then a release, then a sign of life.

        While the fire contact is open nothing is commanded: only questions leave, and the OFF that ends our
        own relay's pulse.
        """
        if not self._open or self._closed:
            return None
        if self._off_at is not None and not self.silenced:
            return self._off_at, Off
        flight = self._flight
        if flight is not None and not flight.sent:
            return (0.0, Release) if self._on_until is None else None
        if self._protocol.capabilities.reads_back:
            return self._beat_at, Query
        return (self._beat_at, Off) if flight is None and not self._alarms.fire.doubtful else None

    def _send_due(self, now: float) -> list[Effect]:
        wanted = self._wanted()
        if wanted is None or now < wanted[0] or not self._line.may_send(now):
            return []
        if wanted[1] is Off:
            return self._send_off(now)
        if wanted[1] is Query:
            return [self._sending(Query(), now)]
        assert self._flight is not None
        return self._send_release(self._flight, now)

    def _send_off(self, now: float) -> list[Effect]:
        effects: list[Effect] = [self._sending(Off(), now)]
        self._offs = max(self._offs - 1, 0)
        self._off_at = now + REPEAT_S if self._offs else None
        can = self._protocol.capabilities
        if self._off_at is None and not can.acknowledges and not can.reads_back:
            effects += _told(self.supervisor.answered())
        return effects

    def _send_release(self, flight: Flight, now: float) -> list[Effect]:
        why = self._hindrance(flight.way, flying=True)
        if why:
            self._flight = None
            return [PulseRefused(flight.authorisation, why)]
        flight.phase = Phase.PULSED
        flight.ends = now + self._setup.passage_s
        if not self._protocol.withdrawn_by_off:
            self._on_until = now + self._setup.pulse_s
        effects: list[Effect] = [self._sending(Release(flight.way, self._setup.pulse_s), now)]
        can = self._protocol.capabilities
        if not can.acknowledges and not can.reads_back:
            flight.phase, flight.accepted = Phase.WAITING, True
            effects.append(PulseAccepted(flight.authorisation, acknowledged=False))
        elif not can.acknowledges:
            self._beat_at = now  # the read-back is the confirmation
        return effects

    def _sending(self, command: Command, now: float) -> Send:
        self._line.sent(command, now)
        self._beat_at = now + (self._protocol.poll_s or BEAT_S)
        return Send(self._protocol.encode(command), command)

    def _hindrance(self, way: Way, flying: bool = False) -> str:
        """Why no pulse may leave now; empty when it may."""
        if self._closed:
            return "The gate is being shut down."
        if self._alarms.fire.doubtful:
            return FIRE
        if self.supervisor.state is not LinkState.UP:
            return "The gate is not connected, or does not answer."
        if self._stuck:
            return STUCK
        if not self._ready:
            return "The gate says that it is not ready."
        if not self._protocol.both_ways and way is not self._setup.way:
            return f"This gate releases only {self._setup.way.value}."
        if self._flight is not None and not flying:
            return "The authorisation before this one is not over."
        return ""

    def _acknowledged(self, now: float) -> list[Effect]:
        pending = self._line.answered(now)
        flight = self._flight
        if pending is None:
            return []
        if isinstance(pending.command, Release):
            if flight is None or flight.accepted:
                return []
            return self._confirm(flight)
        effects = _told(self.supervisor.answered()) if pending.believed and not self._stuck else []
        if flight is not None and flight.phase is Phase.CLOSING:
            flight.ends = min(flight.ends, now + SETTLE_S)
            flight.doubted = flight.doubted or not pending.believed
        return effects

    def _confirm(self, flight: Flight) -> list[Effect]:
        flight.accepted = flight.confirmed = True
        if flight.phase is Phase.PULSED:
            flight.phase = Phase.WAITING
        return [PulseAccepted(flight.authorisation, acknowledged=True)]

    def _rejected(self, now: float) -> list[Effect]:
        pending = self._line.answered(now)
        if pending is None:
            return []
        if not isinstance(pending.command, Release):
            return _told(self.supervisor.doubtful(self._no_answer, now))
        self._off(now)
        self._on_until = None
        flight, self._flight = self._flight, None
        if flight is None:
            return []
        if flight.passed_at is not None:
            return [PassageReported(flight.authorisation, Passage.PASSED)]
        return [PulseRefused(flight.authorisation, "The gate would not take the command.")]

    def _passed(self, way: Way, now: float) -> list[Effect]:
        flight = self._flight
        if self._alarms.fire.doubtful:
            return []
        if flight is None or not flight.sent:
            return [*self._alarms.forced(now)]
        second = flight.saw(way, now, self._setup.passage_s)
        return self._finish(Passage.TAILGATE, now) if second else []

    def _read_back(self, on: bool, now: float) -> list[Effect]:
        pending = self._line.answered(now, to_query=True)
        flight = self._flight
        if on and flight is not None and flight.phase is Phase.PULSED and not flight.accepted:
            return self._confirm(flight)
        self._stuck = on and self._on_until is None and self._off_at is None
        if self._stuck:
            self._off(now)
            return _told(self.supervisor.doubtful(STUCK, now, patient=False))
        return _told(self.supervisor.answered()) if pending is not None and pending.believed else []

    def _silence(self, command: Command, now: float) -> list[Effect]:
        """No answer in time. A release is not repeated; OFF is, once late answers have had time to arrive."""
        effects = _told(self.supervisor.doubtful(self._no_answer, now))
        if self._flight is not None and not self._flight.sent:
            effects += self._abandon(self._no_answer)
        if isinstance(command, Release):
            if self._flight is not None:
                self._flight.doubted = True
            self._off(now)
        else:
            self._off(max(now, self._line.quiet_until))
        return effects

    def _alarmed(self, now: float) -> list[Effect]:
        effects: list[Effect] = []
        for report in self._alarms.tick(now):
            effects.append(report)
            if report == FireAlarm(active=True):
                effects += self._abandon(FIRE)
            elif isinstance(report, FireAlarm):
                self._off(now)
        return effects

    def _window(self, now: float) -> list[Effect]:
        flight = self._flight
        if flight is None or not flight.sent or now < flight.ends:
            return []
        if flight.passed_at is not None:
            return self._finish(Passage.PASSED, now)
        if flight.phase is Phase.CLOSING or not self._protocol.withdrawn_by_off:
            healthy = (
                self.supervisor.state is LinkState.UP and self._off_at is None and not self._decoder.held
            )
            return self._finish(flight.nobody(self._protocol.capabilities, healthy), now)
        flight.phase = Phase.CLOSING
        flight.ends = now + SETTLE_S + self._protocol.answer_s
        self._off(now)
        return []

    def _finish(self, passage: Passage, now: float) -> list[Effect]:
        flight, self._flight = self._flight, None
        assert flight is not None
        if self._on_until is None and self._protocol.withdrawn_by_off and flight.phase is not Phase.CLOSING:
            self._off(now)
        return [PassageReported(flight.authorisation, passage)]

    def _abandon(self, why: str) -> list[Effect]:
        """Ends the authorisation in hand: refused if no byte of it left, unknown (or seen) otherwise."""
        flight, self._flight = self._flight, None
        return [] if flight is None else [flight.broken_off(why)]


def _told(change: LinkChanged | None) -> list[Effect]:
    return [] if change is None else [change]
