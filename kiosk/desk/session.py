"""The officer's session: drives the sign-in, and keeps slow PIN checks and writes off the screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from config.moment import Clock
from drivers.scanner.port import Scanned
from kiosk.desk.card import card_digest, number_of
from kiosk.desk.lane_control import SignInEvent
from kiosk.desk.lockouts import Lockouts, LockoutsError
from kiosk.desk.officer_key import unlock
from kiosk.desk.pin import hash_pin, pin_matches
from kiosk.desk.roster import Officer, Roster
from kiosk.desk.sign_in import Check, Denied, Ending, Limits, SignIn, Tries
from sync.signing import SigningKey

CARD_S = 30.0
"""So long a card counts as just shown."""
NO_SALT = bytes(16)
"""Where nobody has a card a look-up takes as long as elsewhere."""


class Trouble(StrEnum):
    """What is wrong with the store of wrong tries. Signing in goes on all the same."""

    NOT_SAVED = "not_saved"
    DAMAGED = "damaged"


class OfficerSession(QObject):
    """One desk's session. All methods belong to the thread of the screen and return at once."""

    changed = Signal()
    """Somebody signed in or out, a check began or ended, or the store has trouble."""
    denied = Signal(object)
    """A sign-in was not granted: a `Denied`."""
    card_read = Signal(str)
    """A card named this officer; the PIN is asked for."""
    _done = Signal(object, bool, object)
    _shown = Signal(object)
    _found = Signal(object)
    _reader_said = Signal(object)
    _in_trouble = Signal()

    def __init__(
        self,
        roster: Roster,
        lockouts: Lockouts,
        clock: Clock,
        record: Callable[[SignInEvent], None],
        limits: Limits | None = None,
        parent: QObject | None = None,
        *,
        with_key: bool = False,
    ) -> None:
        """`with_key`: whoever signs in gets the officer's own signing key, which the PIN unlocks."""
        super().__init__(parent)
        self._with_key = with_key
        self._key: SigningKey | None = None
        self._lockouts, self._clock, self._record = lockouts, clock, record
        self.trouble: Trouble | None = None
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pin")
        self._done.connect(self._checked)
        self._in_trouble.connect(self._not_saved)
        self._shown.connect(self._card_shown)
        self._found.connect(self._card_found)
        self._reader_said.connect(self._reader_changed)
        self.card_trouble = ""
        """Why the card reader does not work, in one sentence; empty: it does, or there is none."""
        self._looking_up = False
        self._carded = ("", 0.0)
        """Whom the last card named, and when (monotonic seconds)."""
        tries: Mapping[str, Tries] = {}
        try:
            tries = lockouts.load()
        except LockoutsError:
            self.trouble = Trouble.DAMAGED
        self._sign_in = SignIn(roster, limits or Limits(), tries, clock())
        if self.trouble:
            self._sign_in.suspect_everybody(clock())
            self._worker.submit(self._save, self._sign_in.tries)

    @property
    def officer(self) -> Officer | None:
        """Who is signed in."""
        return self._sign_in.officer

    @property
    def key(self) -> SigningKey | None:
        """The key of who is signed in; None: nobody, or the roster has none for this officer."""
        return self._key if self.officer is not None else None

    @property
    def checking(self) -> bool:
        """Whether a PIN is being checked just now."""
        return self._sign_in.checking

    @property
    def has_roster(self) -> bool:
        """Whether anybody could sign in at all."""
        return bool(self._sign_in.roster.officers)

    def try_pin(self, typed: str, pin: str) -> None:
        """Somebody wants to sign in. What comes of it is `changed` or `denied`."""
        answer = self._sign_in.attempt(typed, pin, self._clock())
        if isinstance(answer, Denied):
            self.denied.emit(answer)
        elif answer is not None:
            self.changed.emit()
            self._worker.submit(self._check, answer)

    def card(self, scanned: Scanned) -> None:
        """A reader read a card. From any thread."""
        self._shown.emit(scanned)

    def card_reader(self, advice: str | None) -> None:
        """The card reader does not work, or does again. From any thread."""
        self._reader_said.emit(advice)

    def sign_out(self, why: str = "officer") -> None:
        """Ends the session, if there is one."""
        if (event := self._sign_in.sign_out(why)) is not None:
            self._record(event)
            self.changed.emit()

    def use_roster(self, roster: Roster) -> None:
        """Another roster is in force from now on."""
        if (event := self._sign_in.use_roster(roster, self._clock())) is not None:
            self._record(event)
        self.changed.emit()

    def touched(self) -> None:
        """The officer did something."""
        self._sign_in.touched(self._clock())

    def ending(self) -> Ending | None:
        """That the session ends soon by itself."""
        return self._sign_in.ending(self._clock())

    def tick(self) -> None:
        """Time went on: an idle or overlong session ends."""
        if (event := self._sign_in.tick(self._clock())) is not None:
            self._record(event)
            self.changed.emit()

    def stop(self) -> None:
        """Signs out and waits for the last write; at most the time of one PIN check."""
        self.sign_out("stopped")
        self._worker.shutdown(wait=True)

    def _check(self, check: Check) -> None:
        """On the worker: the try is on stable storage before its answer is known to anybody."""
        self._save(check.tries)
        if check.officer is None:
            hash_pin(check.pin)
            self._done.emit(check, False, None)
            return
        matches = pin_matches(check.pin, check.officer.pin_hash)
        self._done.emit(check, matches, self._unlocked(check.officer, check.pin) if matches else None)

    def _card_shown(self, scanned: Scanned) -> None:
        number, salt = number_of(scanned), self._sign_in.roster.card_salt
        if number is None or self.officer is not None or self.checking or self._looking_up:
            return
        self._looking_up = True
        self._worker.submit(self._look_up, self._sign_in.roster, number, salt or NO_SALT)

    def _look_up(self, roster: Roster, number: bytes, salt: bytes) -> None:
        """On the worker."""
        self._found.emit(roster.of_card(card_digest(number, salt)))

    def _card_found(self, officer: Officer | None) -> None:
        self._looking_up = False
        now = self._clock()
        if officer is not None and (officer.card_pin or self._with_key):
            if self.officer is None and not self.checking:
                self._carded = (officer.id, now.mono)
                self.card_read.emit(officer.id)
            return
        answer = self._sign_in.carded(officer, now)
        if answer is None:
            return
        denied, event = answer
        self._record(event)
        self.changed.emit()
        if denied is not None:
            self.denied.emit(denied)

    def _reader_changed(self, advice: str | None) -> None:
        self.card_trouble = advice or ""
        self.changed.emit()

    def _unlocked(self, officer: Officer, pin: str) -> SigningKey | None:
        if not self._with_key or officer.public is None:
            return None
        return unlock(officer.id, officer.public, officer.sealed_key, pin)

    def _save(self, tries: Mapping[str, Tries]) -> None:
        try:
            self._lockouts.save(tries)
        except LockoutsError:
            self._in_trouble.emit()

    def _checked(self, check: Check, matches: bool, key: SigningKey | None) -> None:
        now = self._clock()
        whose, shown_at = self._carded
        by_card = check.officer is not None and check.officer.id == whose and now.mono - shown_at <= CARD_S
        denied, event = self._sign_in.checked(check, matches, now, "card_pin" if by_card else "pin")
        self._key = key
        self._record(event)
        if matches:
            self._worker.submit(self._save, self._sign_in.tries)
        self.changed.emit()
        if denied is not None:
            self.denied.emit(denied)

    def _not_saved(self) -> None:
        self.trouble = Trouble.NOT_SAVED
        self.changed.emit()
