"""The gate's state machine: one pulse for each authorisation, and OFF whenever anything is in doubt.

Pure: it takes decoder events, requests and the time, and returns effects in the order in which they
must happen. When a `Send` cannot be carried out, no other follows and no `PulseAccepted`
after it is true; `link_lost` comes next. The rules are DESIGN 4.3 and 4.4.
"""

from __future__ import annotations

from drivers.turnstile.commanding import FIRE, STUCK, Commanding, Effect, told
from drivers.turnstile.flight import FOLLOW_S, Flight, Phase, Watch
from drivers.turnstile.inputs import STUCK as NO_WAY_BACK
from drivers.turnstile.port import (
    FireAlarm,
    LinkState,
    Passage,
    PassageCorrected,
    PassageReported,
    PulseAccepted,
    PulseRefused,
    Way,
)
from drivers.turnstile.protocols.codec import (
    About,
    Acknowledged,
    Checked,
    Command,
    Counted,
    Event,
    FireContact,
    InputsAre,
    Off,
    Passed,
    Query,
    ReadyInput,
    Rejected,
    RelayIs,
    Release,
    TamperContact,
)

LONGEST_UNREADY_S = 10.0
"""A turnstile is not ready while somebody is in it; longer than this, something holds it."""
NOT_READY = "The gate says that it is not ready: free its arm, or check the wire of its ready contact."
SETTLE_S = 0.5
"""After the passage window an arm that is already turning may still report its passage."""


class Gate(Commanding):
    """One gate behind one link. Times are monotonic seconds, handed in with each call."""

    @property
    def phase(self) -> Phase:
        """For people and tests; fire outranks everything, tampering only an idle gate."""
        if self._alarms.fire.is_open:
            return Phase.FIRE
        if self._flight is not None:
            return self._flight.phase
        if self.supervisor.state is not LinkState.UP:
            return Phase.OUT_OF_SERVICE
        if self._watch is not None:
            return Phase.PASSING
        return Phase.TAMPER if self._alarms.tampered else Phase.IDLE

    def link_opened(self, now: float) -> list[Effect]:
        """The link is open: OFF before anything else."""
        self._open = True
        self._decoder = self._protocol.decoder()
        self._stuck, self._ready, self._unfit, self._unready_since = False, True, "", None
        self._inputs.reset()
        change = self.supervisor.opened(now)
        self._out.opened(now)
        return [*told(change), *self._send_due(now)]

    def link_lost(self, why: str, now: float) -> list[Effect]:
        """The link broke. A pulse that may have left has an unknown end and is never sent again."""
        effects = self._abandon("The link to the gate broke before the pulse was sent.")
        self._open = False
        self._watch = None
        self._out.lost()
        return [*effects, *told(self.supervisor.lost(why, now))]

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
        return self._heard(event, now) + self.tick(now)

    def _heard(self, event: Event, now: float) -> list[Effect]:
        match event:
            case Acknowledged():
                return self._acknowledged(now)
            case Rejected():
                return self._rejected(now)
            case Passed():
                return self._passed(event, now)
            case RelayIs(on):
                return self._read_back(on, now)
            case InputsAre(bits):
                self._look(now)
                news = self._inputs.read(bits, now)
                return self._all_heard(news, now) + self._answered(About.INPUTS)
            case Counted():
                return self._answered(None)
            case Checked(advice):
                return self._checked(advice, now)
            case FireContact(is_open):
                self._alarms.fire.read(is_open, now)
            case TamperContact(is_open):
                self._alarms.tamper.read(is_open, now)
            case ReadyInput(ready):
                self._ready = ready
                self._unready_since = None if ready else self._unready_since or now
        return []

    def _look(self, now: float) -> None:
        flight = self._flight
        if flight is not None and flight.sent and self._inputs.blind(flight.began, now):
            flight.doubted = True

    def _all_heard(self, events: list[Event], now: float) -> list[Effect]:
        return [effect for event in events for effect in self._heard(event, now)]

    def tick(self, now: float) -> list[Effect]:
        """Whatever the passing of time brings. Call it at `due` at the latest; more often is harmless."""
        effects = self._all_heard(self._inputs.tick(now), now) + self._alarmed(now) + self._jammed(now)
        overdue = self._line.overdue(now)
        if overdue is not None:
            effects += self._silence(overdue, now)
        self._out.pulse_over(now)
        if self._watch is not None and now >= self._watch.ends:
            self._watch = None
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
        times = [*self._alarms.due, *self._inputs.due]
        if self._watch is not None:
            times.append(self._watch.ends)
        flight = self._flight
        if flight is not None and flight.sent and not flight.waits_for_answer(self._line.pending is not None):
            times.append(flight.ends)
        return min([*times, *self._out.due(self._wanted())], default=None)

    def _acknowledged(self, now: float) -> list[Effect]:
        pending = self._line.answered(now)
        flight = self._flight
        if pending is None:
            return []
        if isinstance(pending.command, Release):
            if flight is None or flight.accepted:
                return []
            return self._confirm(flight)
        effects = self._works() if pending.believed else []
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
            return told(self.supervisor.doubtful(self._no_answer, now))
        self._off(now)
        self._out.on_until = None
        flight, self._flight = self._flight, None
        return (
            []
            if flight is None
            else [PulseRefused(flight.authorisation, "The gate would not take the command.")]
        )

    def _passed(self, passed: Passed, now: float) -> list[Effect]:
        flight, watch = self._flight, self._watch
        if self._alarms.fire.doubtful:
            return []
        if flight is not None and flight.sent:
            if passed.way is not flight.way:
                flight.doubted = True
                return []
            effects = self._finish(Passage.PASSED, now)
            ends = now + min(FOLLOW_S, self._setup.passage_s)
            self._watch = Watch(flight.authorisation, passed.way, now, ends)
            return effects + (self._tailgated(self._watch) if passed.persons > 1 else [])
        if watch is not None and watch.bounces(passed.way, now):
            return []
        if watch is not None and watch.follows(passed.way, now):
            return self._tailgated(watch)
        return [*self._alarms.forced(now)]

    def _tailgated(self, watch: Watch) -> list[Effect]:
        self._watch = None
        return [PassageCorrected(watch.authorisation, Passage.TAILGATE)]

    def _read_back(self, on: bool, now: float) -> list[Effect]:
        pending = self._line.told(About.RELAY)
        believed = pending is None or pending.believed
        self._rota.answered(About.RELAY)
        flight = self._flight
        if on and believed and flight is not None and flight.phase is Phase.PULSED and not flight.accepted:
            return self._confirm(flight)
        self._stuck = on and self._out.on_until is None and self._out.off_at is None
        if self._stuck:
            self._off(now)
            return told(self.supervisor.doubtful(STUCK, now, patient=False))
        return self._works() if pending is not None and pending.believed else []

    def _answered(self, about: About | None) -> list[Effect]:
        """The answer to a question; what it says was heard before."""
        pending = self._line.told(about)
        if pending is None:
            return []
        assert isinstance(pending.command, Query)
        self._rota.answered(pending.command.about)
        return self._works() if pending.believed else []

    def _checked(self, advice: str, now: float) -> list[Effect]:
        self._unfit = advice
        if not advice:
            return self._answered(About.CHECK)
        self._line.told(About.CHECK)
        self._rota.in_doubt(About.CHECK)
        self._out.prepare_again(now)
        return told(self.supervisor.doubtful(advice, now))

    def _works(self) -> list[Effect]:
        """The device gave a sign that it works: it is UP unless something else is wrong."""
        if self._stuck or self._unfit or not self._rota.complete:
            return []
        return told(self.supervisor.answered())

    def _jammed(self, now: float) -> list[Effect]:
        """A passage contact that stays is a cut cable; a gate that is long not ready wants a person."""
        why = NO_WAY_BACK if self._inputs.stuck(now) else ""
        since = self._unready_since
        if not why and since is not None and now > since + LONGEST_UNREADY_S:
            why = NOT_READY
        if why and not self._unfit:
            self._unfit = why
            return told(self.supervisor.doubtful(why, now, patient=False))
        if not why and self._unfit in (NO_WAY_BACK, NOT_READY):
            self._unfit = ""
        return []

    def _silence(self, command: Command, now: float) -> list[Effect]:
        """No answer in time. A release is not repeated; OFF is, once late answers have had time to arrive."""
        effects = told(self.supervisor.doubtful(self._no_answer, now))
        if self._flight is not None and not self._flight.sent:
            effects += self._abandon(self._no_answer)
        if self._flight is not None:
            self._flight.doubted = True
        if isinstance(command, Query):
            self._rota.in_doubt(command.about)
            self._out.prepare_again(self._line.quiet_until)
        if isinstance(command, Release) or not self._protocol.capabilities.acknowledges:
            self._off(now if self._out.on_until is None else self._out.on_until)
        elif self._out.off_at is None:
            self._off(max(now, self._line.quiet_until))
        return effects

    def _alarmed(self, now: float) -> list[Effect]:
        effects: list[Effect] = []
        burned = self._alarms.fire.is_open
        for report in self._alarms.tick(now):
            effects.append(report)
            if report == FireAlarm(active=True):
                effects += self._abandon(FIRE)
            elif isinstance(report, FireAlarm) and burned:
                self._off(now)
        return effects

    def _window(self, now: float) -> list[Effect]:
        flight = self._flight
        if flight is None or not flight.sent or now < flight.ends:
            return []
        can = self._protocol.capabilities
        self._look(now)
        if flight.waits_for_answer(self._line.pending is not None):
            return []
        if flight.phase is Phase.CLOSING or not (self._protocol.withdrawn_by_off or can.reports_passage):
            return self._finish(flight.nobody(can, self._all_is_well), now)
        flight.phase = Phase.CLOSING
        flight.ends = now + SETTLE_S
        self._rota.all_again()
        if self._protocol.withdrawn_by_off:
            flight.ends += self._protocol.answer_s
            self._off(now)
        return []

    @property
    def _all_is_well(self) -> bool:
        """Whether a passage would have been seen."""
        return (
            self.supervisor.state is LinkState.UP
            and self._out.off_at is None
            and not self._decoder.held
            and self._rota.complete
            and not self._inputs.passing
        )

    def _finish(self, passage: Passage, now: float) -> list[Effect]:
        flight, self._flight = self._flight, None
        assert flight is not None
        if (
            self._out.on_until is None
            and self._protocol.withdrawn_by_off
            and flight.phase is not Phase.CLOSING
        ):
            self._off(now)
        return [PassageReported(flight.authorisation, passage)]

    def _abandon(self, why: str) -> list[Effect]:
        """Ends the authorisation in hand: refused if no byte of it left, unknown (or seen) otherwise."""
        flight, self._flight = self._flight, None
        return [] if flight is None else [flight.broken_off(why)]
