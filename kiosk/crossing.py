"""The traveller's crossing, from the first code to what happened at the gate: a pure state machine.

    code -> verify -> judge -> record -> gate -> passage -> record

Nothing here does I/O: `handle` takes one input and returns the effects in the order they must be done. A
record is on stable storage before the gate is asked (DESIGN §4 rule 5): `Record` stands before `OpenGate`,
and whoever does the effects stops at the first that fails.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from config.moment import Clock, Moment
from drivers.turnstile import port as gate
from kiosk import taking_back
from kiosk.crossing_io import (
    AskForOfficer,
    DocumentEntered,
    Effect,
    Input,
    MoreTime,
    NoLongerAsks,
    NotRecorded,
    OfficerDecision,
    OpenGate,
    Ordered,
    PartFailed,
    PartRecovered,
    Patience,
    Record,
    ReleaseOnce,
    Rulebook,
    Seen,
    TakeBack,
    Tell,
    Tick,
)
from kiosk.departed import Departed
from kiosk.desk.lane_control import Notice
from kiosk.document_entry import entered, may_enter, verdict_on
from kiosk.help_call import REFERRAL, HelpCall
from kiosk.just_left import JustLeft
from kiosk.lane_view import LaneView, Phase, RuleView
from kiosk.officers_say import OfficersSaid, OfficersSay, Release
from kiosk.readiness import Readiness
from kiosk.scheme_language import language_of
from kiosk.standing import Side, Standing
from kiosk.stay import Stay
from kiosk.traveller import Traveller
from sync import event_types as happened
from sync.event import Event
from verification.reasons import ReasonId, reason
from verification.verdict import Outcome, Verdict


class Crossing:
    """One lane's travellers, one after the other. Owned by one thread."""

    def __init__(
        self,
        lane: str,
        rulebook: Rulebook,
        clock: Clock,
        new_id: Callable[[], str],
        *,
        direction: str = "any",
        way: gate.Way = gate.Way.FORWARD,
        patience: Patience | None = None,
        demo: bool = False,
        standing: Standing | None = None,
    ) -> None:
        """`standing` is what officers order the lane to be; without it there is one direction, that way."""
        self._lane, self._demo = lane, demo
        self._standing = standing or Standing((Side(direction, way),))
        self._rulebook, self._clock, self._new_id = rulebook, clock, new_id
        self._patience = patience or Patience()
        self._readiness = Readiness(self._standing)
        self._stay = Stay(clock().mono)
        self._traveller: Traveller | None = None
        self._just_left = JustLeft(self._patience.rearm)
        self._release = Release()
        self._not_a_code: tuple[str, float] | None = None
        self._link = gate.LinkState.DOWN
        self._officers = OfficersSay(rulebook, self._patience, demo=demo)
        self._departed = Departed()
        self._help = HelpCall()

    def handle(self, heard: Input) -> list[Effect]:
        """One input in, the effects it calls for out, in the order they must be done."""
        now = self._clock()
        match heard:
            case Seen():
                return self._seen(heard, now)
            case Tick():
                return self._time_passed(now)
            case DocumentEntered():
                return self._document_entered(heard, now)
            case OfficerDecision() | TakeBack():
                return self._officer_said(heard, now)
            case Ordered():
                return self._ordered(heard, now)
            case AskForOfficer():
                called = self._help.ask(self._traveller, self._readiness.phase(self._stay.phase))
                return self._help_made(now, called) or _recorded(called)
            case NoLongerAsks():
                return self._help_withdrawn(now)
            case MoreTime():
                return self._stay.more(heard, self._traveller, now.mono)
            case ReleaseOnce():
                return self._released_once(heard, now)
            case PartFailed() | PartRecovered():
                return _recorded(self._readiness.part_changed(heard))
            case NotRecorded():
                return self._not_recorded(heard, now)
            case _:
                return self._gate_said(heard, now)

    def view(self) -> LaneView:
        """The lane as a screen shows it now."""
        now = self._clock().mono
        traveller, not_a_code = self._traveller, self._not_a_code
        return LaneView(
            phase=self._readiness.phase(self._stay.phase),
            lane=self._lane,
            demo=self._demo,
            crossing=traveller.view() if traveller else None,
            faults=self._readiness.faults,
            link=self._link,
            language=language_of(traveller.assessments) if traveller else None,
            not_a_code=not_a_code[0] if not_a_code and now < not_a_code[1] else None,
            since_mono=self._stay.since,
            until_mono=self._stay.until,
            last=self._departed.views,
            duty=self._standing.view(),
            help=self._help.shown(traveller),
        )

    # --- a code ---

    def _seen(self, seen: Seen, now: Moment) -> list[Effect]:
        if self._just_left.still_shows(seen.content, now.mono):
            return []
        if self._traveller and self._traveller.still_shows(seen.content, now.mono):
            self._stay.in_view(self._traveller, now.mono)
            return []
        if self._release or self._readiness.phase(self._stay.phase) not in (Phase.WAITING, Phase.GATHERING):
            return []
        assessment = self._rulebook.verify(seen.content, now.utc)
        if not assessment.is_health_code:
            self._not_a_code = (assessment.looks_like or "text", now.mono + self._patience.not_a_code)
            return []
        self._not_a_code = None
        events: list[Event] = []
        traveller = self._traveller or self._opened(events)
        if ReasonId.INCOMPLETE in assessment.reasons:
            whole = traveller.gather(seen.content, now.mono)
            if whole is None:
                return self._part_gathered(events, now)
            assessment = self._rulebook.verify(whole, now.utc)
        else:
            traveller.contents[seen.content] = now.mono
        if traveller.has_twin_of(assessment):
            return []
        traveller.assessments.append(assessment)
        events.append(traveller.assessed(assessment, self._rulebook.fingerprint, now.utc))
        decision = self._rulebook.judge(traveller.assessments, now.utc, traveller.id)
        if isinstance(decision, Verdict):
            return self._decided(traveller, decision, events, seen.captured_at)
        traveller.gathering = decision
        self._enter(Phase.GATHERING, now, self._patience.gather)
        return [Record(tuple(events))]

    def _part_gathered(self, events: list[Event], now: Moment) -> list[Effect]:
        """One part of a code decides nothing, and parts without end do not keep the lane."""
        if self._stay.phase is not Phase.GATHERING:
            self._enter(Phase.GATHERING, now, self._patience.gather)
        return _recorded(tuple(events))

    def _opened(self, events: list[Event]) -> Traveller:
        self._traveller = Traveller.begin(self._new_id(), self._patience.gather)
        self._officers.known.append(self._traveller.id)
        events.append(happened.CrossingOpened(self._traveller.id, self._standing.side.direction))
        return self._traveller

    # --- the traveller who wants an officer ---

    def _help_made(self, now: Moment, called: tuple[Event, ...] = ()) -> list[Effect]:
        """A noted call becomes a referral: of somebody without a code, or after a refusal."""
        if self._release or self._readiness.evacuating or not self._help.due(self._stay.phase, now.mono):
            return []
        events: list[Event] = [*called]
        traveller = self._traveller or self._opened(events)
        self._help.made(traveller)
        if traveller.verdict is None:
            return self._decided(traveller, REFERRAL, events, now.mono)
        if traveller.override:
            self._enter(Phase.AT_DESK, now, self._patience.desk)
        else:
            self._enter(Phase.REFERRED, now, self._patience.referral)
        return _recorded(tuple(events))

    def _help_withdrawn(self, now: Moment) -> list[Effect]:
        events, how = self._help.withdraw(self._traveller, self._stay.phase, now.mono)
        return self._closed(how, now, events) if how else _recorded(events)

    # --- the verdict ---

    def _decided(
        self, traveller: Traveller, verdict: Verdict, events: list[Event], captured_at: float
    ) -> list[Effect]:
        now = self._clock()
        took_ms = round((now.mono - captured_at) * 1000, 1)
        events.append(traveller.decided(verdict, self._rulebook.policy, now.utc, took_ms))
        traveller.rules = tuple(RuleView(rule, self._rulebook.rule_says(rule)) for rule in verdict.rules)
        if verdict.outcome is Outcome.ADMIT:
            return self._authorise(traveller, events, verdict.spends, now)
        if verdict.outcome is Outcome.REFUSE and not reason(verdict.reasons[0]).private:
            self._enter(Phase.REFUSED, now, self._patience.refused)
        else:
            self._enter(Phase.REFERRED, now, self._patience.referral)
        return [Record(tuple(events))]

    def _authorise(
        self, traveller: Traveller, events: list[Event], spends: tuple[bytes, ...], now: Moment
    ) -> list[Effect]:
        """The only place that opens the gate for a traveller: recorded, then asked for once."""
        authorisation = self._new_id()
        traveller.authorisation, traveller.spent = authorisation, spends
        taking_back.gate_asked(traveller)
        way = self._standing.side.way
        events.append(happened.GateAuthorised(traveller.id, authorisation, way))
        self._enter(Phase.ADMITTED, now, self._patience.gate_answer)
        return [Record(tuple(events), spend=spends), OpenGate(authorisation, way)]

    # --- the gate ---

    def _gate_said(self, report: gate.GateReport, now: Moment) -> list[Effect]:
        match report:
            case gate.LinkChanged():
                self._link = report.state
                return []
            case gate.FireAlarm():
                return self._fire_changed(report, now)
            case gate.Tamper():
                return [Record((happened.GateTamper(report.active),))]
            case gate.PulseAccepted():
                opening = self._stay.phase in (Phase.ADMITTED, Phase.GATE_FAILED)
                if opening and self._concerns(report.authorisation):
                    taking_back.gate_asked(self._traveller)
                    self._enter(Phase.PASSING, now, self._patience.passage)
                return [Record((happened.GateAccepted(report.authorisation, report.acknowledged),))]
            case gate.PulseRefused():
                return self._gate_refused(report, now)
            case gate.PassageReported():
                return self._passed(report, now)
            case gate.PassageCorrected():
                return [Record((self._departed.corrected(report),))]

    def _concerns(self, authorisation: str) -> bool:
        return self._traveller is not None and self._traveller.authorisation == authorisation

    def _gate_refused(self, report: gate.PulseRefused, now: Moment) -> list[Effect]:
        effects: list[Effect] = [Record((happened.GateRefused(report.authorisation, report.why),))]
        if self._release.ends_with(report.authorisation):
            effects.append(Tell(Notice.GATE_NOT_READY))
        elif self._concerns(report.authorisation) and self._stay.phase is Phase.ADMITTED:
            self._gate_stayed_shut(now)
        return effects

    def _passed(self, report: gate.PassageReported, now: Moment) -> list[Effect]:
        traveller = self._traveller
        if traveller is None or traveller.authorisation != report.authorisation:
            self._release.ends_with(report.authorisation)
            return [Record((happened.GatePassage("", report.authorisation, report.passage),))]
        if report.passage is gate.Passage.PASSED:
            self._departed.passed(report.authorisation, traveller.id)
        events, give_back = traveller.passed(report)
        if self._stay.phase is Phase.GATE_FAILED:
            return [Record(events, give_back=give_back)]
        return self._closed(report.passage.lower(), now, events, give_back)

    def _fire_changed(self, report: gate.FireAlarm, now: Moment) -> list[Effect]:
        if report.active is self._readiness.fire:
            return []
        self._readiness.fire = report.active
        return self._leaving((happened.GateFire(report.active),), now)

    def _leaving(self, events: Sequence[Event], now: Moment) -> list[Effect]:
        """While everybody leaves, nobody waits for a verdict or an officer, and no gate is asked."""
        if not self._readiness.evacuating:
            return [Record(tuple(events))]
        self._help.forget()
        if self._traveller and self._traveller.authorisation is None:
            return self._closed("abandoned", now, events)
        return [Record(tuple(events))]

    # --- the officer ---

    def _officer_said(self, said: OfficersSaid, now: Moment) -> list[Effect]:
        shown, traveller = self._readiness.phase(self._stay.phase), self._traveller
        ruled = self._officers.ruling(said, traveller, shown, now)
        if traveller and traveller.override:
            self._help.answered(traveller)
        if traveller and ruled.opens:
            return [*self._admitted_by_officer(traveller, [*ruled.events], now), *ruled.effects]
        if ruled.phase:
            self._enter(ruled.phase[0], now, ruled.phase[1])
        return [*_recorded(ruled.events, ruled.give_back), *ruled.effects]

    def _document_entered(self, said: DocumentEntered, now: Moment) -> list[Effect]:
        shown = self._readiness.phase(self._stay.phase)
        if self._release or not may_enter(said, self._traveller, shown):
            return [Tell(Notice.NOT_NOW, said.number, said.ordered)]
        events: list[Event] = []
        traveller = self._traveller or self._opened(events)
        events.append(entered(said, traveller, self._rulebook, now.utc))
        told = Tell(Notice.ENTERED, said.number, said.ordered)
        if traveller.verdict is None:
            return [*self._decided(traveller, verdict_on(traveller), events, now.mono), told]
        self._enter(Phase.REFERRED, now, self._patience.referral)
        return [Record(tuple(events)), told]

    def _admitted_by_officer(self, traveller: Traveller, events: list[Event], now: Moment) -> list[Effect]:
        uses = self._rulebook.single_uses(traveller.assessments, now.utc)
        return self._authorise(traveller, events, uses, now)

    def _gate_stayed_shut(self, now: Moment) -> None:
        again = taking_back.gate_stayed_shut(self._traveller, now.mono, self._patience.undo)
        self._enter(Phase.GATE_FAILED, now, max(self._patience.desk, again))

    def _ordered(self, said: Ordered, now: Moment) -> list[Effect]:
        busy = self._traveller is not None or bool(self._release) or self._readiness.evacuating
        events, told = self._standing.ordered(said, busy=busy)
        return [*(self._leaving(events, now) if events else ()), *told]

    def _released_once(self, order: ReleaseOnce, now: Moment) -> list[Effect]:
        if self._readiness.evacuating or self._release or self._traveller:
            return [Tell(Notice.GATE_NOT_READY)]
        until = now.mono + self._patience.gate_answer + self._patience.passage
        return [*self._release.begin(order, self._new_id(), self._standing.side.way, until)]

    # --- what goes wrong, and time ---

    def _not_recorded(self, failure: NotRecorded, now: Moment) -> list[Effect]:
        """A pulse that could not be recorded was never asked for: an officer helps the traveller."""
        events = list(self._readiness.part_changed(PartFailed(failure.fault)))
        for authorisation in failure.not_asked:
            events.append(happened.GateRefused(authorisation, "it could not be recorded first"))
            if not self._release.ends_with(authorisation) and self._concerns(authorisation):
                self._gate_stayed_shut(now)
        return _recorded(tuple(events))

    def _time_passed(self, now: Moment) -> list[Effect]:
        self._just_left.forget(now.mono)
        if made := self._help_made(now):
            return made
        if late := self._release.overdue(now.mono):
            return self._passed(gate.PassageReported(late, gate.Passage.UNKNOWN), now)
        traveller = self._traveller
        if traveller is None or not self._stay.over(now.mono):
            return []
        match self._stay.phase:
            case Phase.GATHERING:
                return self._decided(traveller, traveller.unfinished(), [], now.mono)
            case Phase.ADMITTED:
                self._enter(Phase.GATE_FAILED, now, self._patience.desk)
                return []
            case Phase.PASSING:
                return self._passed(
                    gate.PassageReported(traveller.authorisation or "", gate.Passage.UNKNOWN), now
                )
            case Phase.REFERRED if traveller.override:
                return self._admitted_by_officer(traveller, [], now)
            case Phase.REFERRED:
                self._enter(Phase.AT_DESK, now, self._patience.desk)
                return []
            case Phase.GATE_FAILED | Phase.REFUSED:
                return self._closed(str(self._stay.phase), now, [])
            case _:
                return self._closed("desk" if traveller.override else "timed_out", now, [])

    def _closed(
        self, how: str, now: Moment, events: Sequence[Event], give_back: tuple[bytes, ...] = ()
    ) -> list[Effect]:
        assert self._traveller is not None
        self._departed.add(self._traveller.left())
        self._help.over(self._traveller, how, now.mono)
        self._just_left.add(self._traveller.contents | self._traveller.part_texts)
        closed = happened.CrossingClosed(self._traveller.id, how)
        self._traveller = None
        self._enter(Phase.WAITING, now, None)
        return [Record((*events, closed), give_back=give_back)]

    def _enter(self, phase: Phase, now: Moment, stay: float | None) -> None:
        self._stay.enter(phase, now.mono, stay)


def _recorded(events: tuple[Event, ...], give_back: tuple[bytes, ...] = ()) -> list[Effect]:
    return [Record(events, give_back=give_back)] if events else []
