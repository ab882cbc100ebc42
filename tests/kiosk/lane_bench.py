"""A lane on the bench: a scripted rulebook and a hand-turned clock around the real crossing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import count

from config.moment import Moment
from drivers.turnstile.port import Passage, PassageReported, PulseAccepted
from kiosk.crossing import Crossing
from kiosk.crossing_io import Effect, Input, OfficerDecision, OpenGate, Patience, Record, Seen, Tell, Tick
from kiosk.desk.lane_control import Action, Notice
from kiosk.lane_view import LaneView, Phase
from kiosk.standing import Standing
from sync.event import Event
from sync.event_types import CrossingClosed
from verification.assessment import OTHER, Assessment, Identity, Revocation, Signature, Validity
from verification.entered import Entered, Supposed, evidence
from verification.evidence import Evidence, Kind, Personal, Use
from verification.reasons import ReasonId
from verification.verdict import Gathering, Outcome, Verdict

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ADMIT = Verdict(Outcome.ADMIT, (ReasonId.ADMITTED,))
REFER = Verdict(Outcome.REFER, (ReasonId.UNKNOWN_SIGNER,))
REFUSE = Verdict(Outcome.REFUSE, (ReasonId.EXPIRED,))


def assessment(content: bytes, *, signed: bytes | None = None, use: Use = Use.MULTIPLE) -> Assessment:
    """A sound green code, known by its own text."""
    identity = signed if signed is not None else content
    return Assessment(
        format="HK1",
        signature=Signature.VALID,
        validity=Validity.VALID,
        revocation=Revocation.CLEAR,
        reasons=(),
        issuer="HK",
        identity=Identity(identity, b"use " + identity if use is Use.SINGLE else None),
        evidence=Evidence(
            Kind.HEALTH_COLOUR, "HK1", "HK", NOON, NOON, use=use, personal=Personal(masked_name="E*****E")
        ),
    )


NO_CODE = Assessment(
    OTHER, Signature.UNCHECKED, Validity.UNKNOWN, Revocation.NOT_APPLICABLE, (), looks_like="link"
)

Judge = Callable[[Sequence[Assessment]], Verdict | Gathering]


class ScriptedRulebook:
    """Says what the test tells it to say, and counts what it was asked."""

    policy = "bench 1"

    def __init__(self) -> None:
        self.codes: dict[bytes, Assessment] = {}
        self.decision: Verdict | Gathering | Judge = ADMIT
        self.two_officers: set[ReasonId] = set()
        self.supposed = Supposed(Outcome.ADMIT, (ReasonId.ADMITTED,))
        self.verified: list[bytes] = []

    def verify(self, content: bytes, at: datetime) -> Assessment:
        self.verified.append(content)
        return self.codes.get(content) or assessment(content)

    def judge(
        self, assessments: Sequence[Assessment], at: datetime, crossing: str = ""
    ) -> Verdict | Gathering:
        return self.decision(assessments) if callable(self.decision) else self.decision

    def single_uses(self, assessments: Sequence[Assessment], at: datetime) -> tuple[bytes, ...]:
        uses = [code.identity.use for code in assessments if code.identity]
        return tuple(use for use in uses if use is not None)

    def needs_second_officer(self, reasons: Sequence[ReasonId]) -> bool:
        return not self.two_officers.isdisjoint(reasons)

    def evidence_of(self, entered: Entered) -> Evidence:
        return evidence(entered, None)

    def suppose(
        self, entries: Sequence[Entered], assessments: Sequence[Assessment], at: datetime
    ) -> Supposed:
        return self.supposed

    def rule_says(self, identifier: str) -> str:
        return f"words of {identifier}"

    def fingerprint(self, signed: bytes, at: datetime) -> str:
        return "print of " + signed.decode()


class LaneBench:
    """Drives one crossing machine by hand."""

    def __init__(self, patience: Patience | None = None, standing: Standing | None = None) -> None:
        self.now = Moment(100.0, NOON)
        self.rules = ScriptedRulebook()
        ids = count(1)
        self.crossing = Crossing(
            "lane-1",
            self.rules,
            lambda: self.now,
            lambda: f"id-{next(ids)}",
            patience=patience,
            standing=standing,
        )
        self.effects: list[Effect] = []

    # --- what happens ---

    def hear(self, heard: Input) -> list[Effect]:
        effects = self.crossing.handle(heard)
        self.effects += effects
        return effects

    def show(self, content: bytes = b"code A") -> list[Effect]:
        return self.hear(Seen(content, self.now.mono))

    def wait(self, seconds: float) -> list[Effect]:
        self.now = self.now.later(seconds)
        return self.hear(Tick())

    def gate_accepts(self) -> list[Effect]:
        return self.hear(PulseAccepted(self.opened[-1].authorisation, acknowledged=True))

    def gate_reports(self, passage: Passage) -> list[Effect]:
        return self.hear(PassageReported(self.opened[-1].authorisation, passage))

    def officer(self, action: Action, crossing: str | None = None) -> list[Effect]:
        return self.hear(OfficerDecision(crossing or self.current, "O-17", action, "document_seen"))

    def cross(self, content: bytes = b"code A", passage: Passage = Passage.PASSED) -> None:
        self.show(content)
        self.gate_accepts()
        self.gate_reports(passage)

    # --- what came of it ---

    @property
    def view(self) -> LaneView:
        return self.crossing.view()

    @property
    def phase(self) -> Phase:
        return self.view.phase

    @property
    def current(self) -> str:
        crossing = self.view.crossing
        assert crossing is not None
        return crossing.crossing

    @property
    def opened(self) -> list[OpenGate]:
        return [effect for effect in self.effects if isinstance(effect, OpenGate)]

    @property
    def told(self) -> list[Notice]:
        return [effect.notice for effect in self.effects if isinstance(effect, Tell)]

    @property
    def records(self) -> list[Record]:
        return [effect for effect in self.effects if isinstance(effect, Record)]

    @property
    def events(self) -> list[Event]:
        return [event for record in self.records for event in record.events]

    @property
    def closed(self) -> list[str]:
        """How each crossing that is over ended."""
        return [event.how for event in self.events if isinstance(event, CrossingClosed)]

    def kinds(self) -> list[str]:
        return [event.kind for event in self.events]
