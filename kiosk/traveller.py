"""One traveller at the lane: the codes seen so far, the verdict, and what it means for single-use codes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from drivers.turnstile.port import Passage, PassageReported
from kiosk.lane_view import Checked, CrossingView, RuleView
from sync.event import Event
from sync.event_types import CodeAssessed, CodeGivenBack, CrossingDecided, GatePassage, OfficerDecided
from verification.assessment import Assessment
from verification.entered import Entered, Supposed
from verification.evidence import Evidence
from verification.formats.shc_chunks import Assembler
from verification.judgement import incomplete
from verification.reasons import ReasonId
from verification.verdict import Gathering, Outcome, Verdict

Fingerprint = Callable[[bytes, datetime], str]


@dataclass(frozen=True, slots=True)
class OfficersWord:
    """An officer's decision in force, and whether it can be taken back."""

    event: OfficerDecided
    until: float
    """Monotonic seconds."""
    unmoved: bool
    """Whether the gate has surely not moved for it."""

    def open_at(self, now: float) -> bool:
        """Whether it can be taken back now."""
        return self.unmoved and now < self.until


@dataclass(slots=True)
class Traveller:
    """What one crossing gathered. The first verdict stays; an officer's decision is kept beside it."""

    id: str
    parts: Assembler = field(repr=False)
    """Of a code in several symbols: what of it was shown."""
    contents: dict[bytes, float] = field(default_factory=dict, repr=False)
    """The texts as read, and when each was last in view (monotonic seconds). They are written nowhere."""
    part_texts: dict[bytes, float] = field(default_factory=dict, repr=False)
    """Like `contents`. A part is looked at again every time: it may belong to a set begun since."""
    assessments: list[Assessment] = field(default_factory=list, repr=False)
    verdict: Verdict | None = None
    decided_at: datetime | None = None
    read_to_verdict_ms: float | None = None
    gathering: Gathering | None = None
    """What further codes are waited for."""
    rules: tuple[RuleView, ...] = ()
    authorisation: str | None = None
    spent: tuple[bytes, ...] = field(default=(), repr=False)
    passage: Passage | None = None
    override: str = ""
    decided_by: str = ""
    """The officer who decided."""
    approved_by: str = ""
    """The first of two officers, where the policy asks for two."""
    word: OfficersWord | None = None
    """The officer's decision in force."""
    entries: list[tuple[Entered, Evidence]] = field(default_factory=list)
    """Documents that officers entered, and what they say."""
    supposed: Supposed | None = None
    """What the policy would say if they were genuine."""
    undone: int = 0
    """How often a decision was taken back."""
    called: bool = False
    """Whether the traveller calls for an officer."""
    withdrawn: bool = False
    """Whether a call was withdrawn."""

    @classmethod
    def begin(cls, identifier: str, gather_s: float) -> Traveller:
        """Somebody new; parts of a code in several symbols are waited for this long."""
        return cls(identifier, parts=Assembler(gather_s))

    def unfinished(self) -> Verdict:
        """The verdict when what else is needed was not shown in time."""
        parts_only = Verdict(Outcome.REFER, (ReasonId.INCOMPLETE,))
        return incomplete(self.gathering) if self.gathering else parts_only

    def still_shows(self, content: bytes, now: float) -> bool:
        """Notes that a text is in view; whether there is nothing new in it."""
        if content in self.part_texts:
            self.part_texts[content] = now
        if content not in self.contents:
            return False
        self.contents[content] = now
        return True

    def gather(self, part: bytes, now: float) -> bytes | None:
        """Takes one part of a code in several; the whole code when this was its last."""
        self.part_texts[part] = now
        return self.parts.add(part, now)

    def has_twin_of(self, assessment: Assessment) -> bool:
        """Whether the same signed statement was already shown, in whatever other dress."""
        new = assessment.identity
        return new is not None and any(
            known.identity is not None and known.identity.signed == new.signed for known in self.assessments
        )

    @property
    def reasons(self) -> tuple[ReasonId, ...]:
        """Of the first verdict, and what the policy would hold against what officers entered since."""
        first = self.verdict.reasons if self.verdict else ()
        since = self.supposed.doubts if self.supposed and self.verdict else ()
        return (*first, *(why for why in since if why not in first))

    @property
    def specimen(self) -> bool:
        """Whether any code shown is a demo, practice or specimen code."""
        return any(known.evidence and known.evidence.specimen for known in self.assessments)

    def assessed(self, assessment: Assessment, fingerprint: Fingerprint, at: datetime) -> CodeAssessed:
        """The record of one checked code: no name, no number, no date of birth."""
        evidence, identity = assessment.evidence, assessment.identity
        return CodeAssessed(
            crossing=self.id,
            fingerprint=fingerprint(identity.signed, at) if identity else "",
            format=assessment.format,
            evidence_kind=evidence.kind if evidence else "",
            scheme=evidence.scheme if evidence else "",
            colour=(evidence.colour or "") if evidence else "",
            issuer=assessment.issuer or "",
            signature=assessment.signature,
            validity=assessment.validity,
            revocation=assessment.revocation,
            reasons=tuple(assessment.reasons),
        )

    def decided(self, verdict: Verdict, policy: str, at: datetime, took_ms: float) -> CrossingDecided:
        """The first verdict, and the record of it."""
        self.verdict, self.decided_at, self.read_to_verdict_ms = verdict, at, took_ms
        self.gathering = None
        reasons, rules = tuple(verdict.reasons), tuple(verdict.rules)
        return CrossingDecided(self.id, verdict.outcome, reasons, policy, took_ms, rules)

    def passed(self, report: PassageReported) -> tuple[tuple[Event, ...], tuple[bytes, ...]]:
        """What the gate did, as records; and the single uses given back, only where surely nobody passed."""
        self.passage, self.word = report.passage, None
        passage = GatePassage(self.id, report.authorisation, report.passage)
        give_back = self.spent if report.passage is Passage.NO_PASSAGE else ()
        return (passage, *([CodeGivenBack(self.id, len(give_back))] if give_back else [])), give_back

    def view(self) -> CrossingView:
        """The crossing as the screens are told of it."""
        return CrossingView(
            crossing=self.id,
            outcome=self.verdict.outcome if self.verdict else None,
            reasons=self.reasons,
            missing=self.gathering.missing if self.gathering else (),
            evidence=(
                *(known.evidence for known in self.assessments if known.evidence),
                *(says for _, says in self.entries),
            ),
            checks=tuple(
                Checked(known.signature, known.validity, known.revocation)
                for known in self.assessments
                if known.evidence
            ),
            supposed=self.supposed,
            entered=len(self.entries),
            claims=tuple(
                known.looks_like or known.format
                for known in self.assessments
                if ReasonId.NOT_VERIFIABLE_OFFLINE in known.reasons
            ),
            passage=self.passage,
            read_to_verdict_ms=self.read_to_verdict_ms,
            decided_at=self.decided_at,
            override=self.override,
            decided_by=self.decided_by,
            approved_by=self.approved_by,
            take_back_until=self.word.until if self.word and self.word.unmoved else None,
            undone=self.undone,
            rules=self.rules,
            called=self.called,
            withdrawn=self.withdrawn,
        )

    def left(self) -> CrossingView:
        """The same for the list of past crossings: without what names a person."""
        return replace(self.view(), evidence=())
