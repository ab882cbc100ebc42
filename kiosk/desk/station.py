"""The station desk: what the officer at it sees of all lanes, has taken, and decides. Signals, no widgets."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from config.moment import Clock
from kiosk.desk.decision import obstacle
from kiosk.desk.desk_notice import DeskNotice
from kiosk.desk.entry_text import entry_text
from kiosk.desk.hub_line import AWAY, Answer, DeskLine, Picture
from kiosk.desk.lane_control import Action, LaneOrder, Notice
from kiosk.desk.lanes_from_desk import LanesFromDesk
from kiosk.desk.note import note_of
from kiosk.desk.second_thought import SecondThought
from kiosk.desk.session import OfficerSession
from kiosk.lane_view import LaneView
from kiosk.referral_content import ContentUnreadable, ReferralContent, as_view, read_content
from sync.decision import DOCUMENT, ENTERED, TAKEN_BACK, UNDO, new_statement, sign_decision
from sync.event import Event
from sync.event_types import OfficerNoted
from sync.referral import Shown, unseal
from sync.sealing import NotOpened, SealKey
from sync.signing import SigningKey
from verification.entered import Choice, Entered

CONTACT_S = 6.0
"""A picture older than this says nothing about the station any more."""
RENEW_S = 4.0
TICK_MS = 500
RING_AGAIN_S = 10.0
_NO_DOUBT = ("taken", "second_officer", "crossing_over", "undone", "too_late", "entered")
"""What a lane says of a decision that it believed."""
MakeLine = Callable[[Callable[[Picture], None], Callable[[Answer], None], Callable[[str], None]], DeskLine]


def _nothing(_event: Event) -> None:
    """For a desk without a journal."""


@dataclass(frozen=True, slots=True)
class Mine:
    """The referral this desk has taken."""

    lane: str
    crossing: str


class StationDesk(QObject):
    """Belongs to the thread of the screen; everything returns at once."""

    changed = Signal()
    """A new picture came, something was taken or let go, or time made a difference."""
    noticed = Signal(str)
    """Something was done or was not: a `DeskNotice`."""
    rang = Signal()
    """A traveller waits whom nobody has taken."""
    _seen = Signal(object)
    _answered = Signal(object)
    _lost = Signal(str)

    def __init__(
        self,
        name: str,
        session: OfficerSession,
        make_line: MakeLine,
        clock: Clock,
        seal: SealKey,
        record: Callable[[Event], None] = _nothing,
        undo_s: float = 5.0,
        parent: QObject | None = None,
    ) -> None:
        """`name` is this desk's at the hub; `record` writes into the desk's own journal."""
        super().__init__(parent)
        self.name, self.session, self.clock = name, session, clock
        self.picture: Picture | None = None
        self.away = ""
        """Why the hub does not answer; empty: it does, or was not asked yet."""
        self.mine: Mine | None = None
        self._seal, self._record = seal, record
        self.thought = SecondThought(undo_s)
        self._since = clock().mono
        self._contents: dict[tuple[str, str, str], ReferralContent] = {}
        self._renewed = self._rang = 0.0
        self._told: dict[tuple[str, str], str] = {}
        self._known: set[tuple[str, str]] = set()
        self._seen.connect(self._show)
        self._answered.connect(self._hear)
        self._lost.connect(self._lose)
        self._line = make_line(self._seen.emit, self._answered.emit, self._lost.emit)
        heard = lambda: self.picture if self.in_contact else None  # noqa: E731
        self.lanes = LanesFromDesk(name, session, self._line, heard, self.age_s, self.noticed.emit)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)
        session.changed.connect(self._session_changed)

    def start(self) -> None:
        """Begins to look, and to watch idling and contact."""
        self._line.start()
        self._timer.start()

    def stop(self) -> None:
        """Lets go and ends."""
        self._timer.stop()
        self.let_go()
        self._line.stop()
        self.session.stop()

    def age_s(self) -> float:
        """Seconds since the hub was last heard."""
        return self.clock().mono - (self._since if self.picture is None else self.picture.heard_mono)

    @property
    def in_contact(self) -> bool:
        """Whether the picture still tells how the station is."""
        return self.picture is not None and self.age_s() <= CONTACT_S

    @property
    def referrals(self) -> tuple[Shown, ...]:
        """Those of the picture; none without contact."""
        return self.picture.said.referrals if self.picture is not None and self.in_contact else ()

    def found(self, mine: Mine | None) -> Shown | None:
        """A referral as the hub shows it now."""
        if mine is None:
            return None
        return next(
            (one for one in self.referrals if (one.lane, one.crossing) == (mine.lane, mine.crossing)), None
        )

    def view(self) -> LaneView | None:
        """The lane of the referral this desk has, as its own panel would show it; None: it has none."""
        one = self.found(self.mine)
        if one is None or one.state != "open":
            return None
        heard = self.picture.heard_mono if self.picture else 0.0
        return as_view(
            one.lane,
            one.crossing,
            one.outcome,
            one.reasons,
            self._content(one),
            demo=one.demo,
            until_mono=heard + one.left_s,
            approved_by=one.approved_by,
        )

    @property
    def evidence_missing(self) -> bool:
        """Whether the referral this desk has came without what it needs to show, or sealed for others."""
        one = self.found(self.mine)
        return one is not None and one.state == "open" and self._content(one) == ReferralContent()

    def needs_second_officer(self, _reasons: object) -> bool:
        """What the lane said of its policy, for the referral this desk has."""
        one = self.found(self.mine)
        return one is not None and one.second

    def take(self, lane: str, crossing: str) -> None:
        """The officer takes a referral. What comes of it is a new picture, or a notice."""
        officer = self.session.officer
        if officer is None or not self.in_contact:
            self.noticed.emit(DeskNotice.NOT_NOW if self.in_contact else DeskNotice.HUB_AWAY)
            return
        if self.session.key is None:
            self.noticed.emit(DeskNotice.NO_KEY)
            return
        self.session.touched()
        if self.mine is not None and self.mine != Mine(lane, crossing):
            self.let_go()
        self._line.claim(lane, crossing, officer.id)

    def let_go(self) -> None:
        """The officer lets go of what was taken."""
        mine, self.mine = self.mine, None
        if mine is not None:
            self._line.release(mine.lane, mine.crossing)
            self.changed.emit()

    def decide(self, crossing: str, action: Action, reason: str, note: str = "") -> None:
        """Signs a decision in the officer's name and sends it. A note stays in this desk's own journal."""
        officer, key, view, mine = self.session.officer, self.session.key, self.view(), self.mine
        if officer is None or key is None or view is None or mine is None:
            self.noticed.emit(DeskNotice.NOT_NOW if self.in_contact else DeskNotice.HUB_AWAY)
            return
        why_not = obstacle(view, crossing, action, reason, self.needs_second_officer, officer.id)
        if why_not is not None:
            known = {word.value for word in DeskNotice}
            self.noticed.emit(why_not.value if why_not.value in known else DeskNotice.NOT_NOW)
            return
        self.session.touched()
        if (one := self.found(mine)) is not None:
            self.thought.deciding(one, officer.id, action)
        self._sign(key, officer.id, mine.lane, crossing, action.value, reason)
        if words := note_of(note):
            self._record(OfficerNoted(crossing, officer.id, words))

    @property
    def entry_choices(self) -> tuple[Choice, ...]:
        """What can be entered of a paper document of the traveller this desk has."""
        one = self.found(self.mine)
        return () if one is None or one.state != "open" else self._content(one).choices

    def enter(self, crossing: str, entered: Entered) -> bool:
        """Signs a document as the officer entered it and sends it. Whether it was sent."""
        officer, key, mine = self.session.officer, self.session.key, self.mine
        if officer is None or key is None or mine is None or mine.crossing != crossing or not self.in_contact:
            self.noticed.emit(DeskNotice.NOT_NOW if self.in_contact else DeskNotice.HUB_AWAY)
            return False
        self.session.touched()
        self._sign(key, officer.id, mine.lane, crossing, DOCUMENT, ENTERED, entry_text(entered))
        return True

    def take_back(self) -> None:
        """Takes the officer's newest decision back. Whether it is too late is for the lane to say."""
        officer, key = self.session.officer, self.session.key
        sent = None if officer is None else self.thought.open(officer.id, self.clock().mono)
        if officer is None or key is None or sent is None:
            self.noticed.emit(DeskNotice.TOO_LATE)
            return
        self.session.touched()
        self.thought.wished(sent)
        self._sign(key, officer.id, sent.lane, sent.crossing, UNDO, TAKEN_BACK)
        self.changed.emit()

    def lane_view(self, lane: str) -> LaneView | None:
        """A lane as far as its report tells; None: no order can be given to it from here."""
        return self.lanes.view(lane)

    def order(self, lane: str, order: LaneOrder, to: str = "") -> None:
        """Signs an order to a lane in the officer's name and sends it. What comes of it is a notice."""
        self.lanes.order(lane, order, to)

    def _sign(
        self,
        key: SigningKey,
        officer: str,
        lane: str,
        crossing: str,
        action: str,
        reason: str,
        document: str = "",
    ) -> None:
        at, nonce = self._line.hub_time(), secrets.token_urlsafe(16)
        statement = new_statement(lane, crossing, action, reason, officer, self.name, at, nonce, document)
        self._line.decide(lane, crossing, statement.text(), sign_decision(key, statement))

    def tick(self) -> None:
        """Time went on."""
        self.session.tick()
        now = self.clock().mono
        officer = self.session.officer
        if self.mine is not None and officer is not None and now - self._renewed >= RENEW_S:
            self._renewed = now
            self._line.claim(self.mine.lane, self.mine.crossing, officer.id)
        self._ring(now)
        self.lanes.tick(now)
        self.changed.emit()

    def _show(self, picture: Picture) -> None:
        self.picture, self.away = picture, ""
        self._follow_wish()
        self.lanes.heard(picture.said.orders)
        if (entered := self.lanes.entered_at(picture.said.referrals)) is not None and self.mine is None:
            self.take(entered.lane, entered.crossing)
        if self.mine is not None:
            self._follow(self.mine)
        open_ = {(one.lane, one.crossing) for one in picture.said.referrals if one.state != "closed"}
        self._contents = {key: value for key, value in self._contents.items() if key[:2] in open_}
        self._ring(self.clock().mono)
        self.changed.emit()

    def _follow_wish(self) -> None:
        """What became of a decision that was taken back: the traveller is this officer's again."""
        wish = self.thought.waiting
        heard = None if wish is None else self.thought.heard(self.found(Mine(wish.lane, wish.crossing)))
        if wish is None or heard is None:
            return
        self.noticed.emit(DeskNotice(heard.value))
        if heard is Notice.UNDONE:
            self.take(wish.lane, wish.crossing)

    def _follow(self, mine: Mine) -> None:
        """What became of the referral this desk has."""
        one, officer = self.found(mine), self.session.officer
        if one is None or one.state == "closed":
            self.mine = None
            if one is not None and not (officer is not None and one.by == officer.id):
                self.noticed.emit(DeskNotice.OVER)
        elif one.word and one.word not in _NO_DOUBT:
            if self._told.get((mine.lane, mine.crossing)) != one.word and one.state == "open":
                self._told = {(mine.lane, mine.crossing): one.word}
                self.noticed.emit(DeskNotice.NOT_BELIEVED)
        elif one.officer and officer is not None and (one.officer, one.desk) != (officer.id, self.name):
            self.mine = None
            self.noticed.emit(DeskNotice.TAKEN)
        elif officer is not None and one.approved_by == officer.id and one.state == "open":
            self.mine = None
            self.noticed.emit(DeskNotice.SECOND_OFFICER)

    def _hear(self, answer: Answer) -> None:
        mine, officer = Mine(answer.lane, answer.crossing), self.session.officer
        if answer.what == "claim":
            if answer.word:
                if self.mine == mine and answer.word != AWAY:
                    self.mine = None
            elif officer is not None:
                self.mine, self._renewed = mine, self.clock().mono
            else:
                self._line.release(answer.lane, answer.crossing)
        if answer.what == "decide":
            now, done = self.clock().mono, not answer.word
            self.thought.answered(answer.lane, answer.crossing, now, done=done)
        if answer.what == "order" and not answer.word:
            self.lanes.sent(answer.number, self.clock().mono)
        if answer.word and answer.what != "release":
            known = {word.value for word in DeskNotice}
            self.noticed.emit(answer.word if answer.word in known else DeskNotice.NOT_NOW)
        elif answer.what in ("decide", "order"):
            self.noticed.emit(DeskNotice.SENT)
        self.changed.emit()

    def _lose(self, why: str) -> None:
        self.away = why
        self.changed.emit()

    def _session_changed(self) -> None:
        if self.session.officer is None:
            self._contents.clear()
            self.lanes.signed_out()
            self.let_go()
        self.changed.emit()

    def _content(self, one: Shown) -> ReferralContent:
        """The evidence, opened once. What can't be opened is shown as reasons alone."""
        key = (one.lane, one.crossing, one.sealed)
        if key not in self._contents:
            try:
                self._contents[key] = read_content(unseal(self._seal, *key))
            except (NotOpened, ContentUnreadable, ValueError):
                self._contents[key] = ReferralContent()
        return self._contents[key]

    def _ring(self, now: float) -> None:
        """Rings once for each traveller, and again while nobody takes them."""
        untaken = {
            (one.lane, one.crossing) for one in self.referrals if one.state == "open" and not one.officer
        }
        if untaken - self._known or (untaken and now - self._rang >= RING_AGAIN_S):
            self._rang = now
            self.rang.emit()
        self._known |= untaken
        if not self.referrals:
            self._known &= untaken
