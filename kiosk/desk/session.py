"""The officer's session: drives the sign-in, and keeps slow PIN checks and writes off the screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from config.moment import Clock
from kiosk.desk.lane_control import SignInEvent
from kiosk.desk.lockouts import Lockouts, LockoutsError
from kiosk.desk.officer_key import unlock
from kiosk.desk.pin import hash_pin, pin_matches
from kiosk.desk.roster import Officer, Roster
from kiosk.desk.sign_in import Check, Denied, Limits, SignIn, Tries
from sync.signing import SigningKey


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
    _done = Signal(object, bool, object)
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
        denied, event = self._sign_in.checked(check, matches, self._clock())
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
