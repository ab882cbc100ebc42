"""People with roles at the hub: who they are, how they sign in, when their sessions end."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import Engine, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from config.moment import Clock
from sync.canonical import utc_text, utc_time
from sync.hub.acts import CONSOLE, NOBODY, What, Who, write_act
from sync.hub.passwords import Passwords, weakness
from sync.hub.people_models import Person, Tries, WebSession
from sync.hub.roles import RIGHTS, Right, Role

LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")
LONGEST_NAME = 120
FORGOTTEN_AFTER = timedelta(days=1)
"""Wrong tries are forgotten after this long."""


class PersonRefused(Exception):
    """A change to people that can't be made. `str()` is one sentence."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How patient the hub is. Seconds and counts."""

    tries_before_wait: int = 5
    first_wait_s: float = 15.0
    longest_wait_s: float = 900.0
    idle_s: float = 1800.0
    absolute_s: float = 12 * 3600.0

    def wait_after(self, tries: int) -> float:
        """Seconds before the next try: none up to the fourth wrong one, 15 after the fifth, then doubling."""
        doubled = tries - self.tries_before_wait
        return 0.0 if doubled < 0 else min(self.longest_wait_s, self.first_wait_s * 2 ** min(doubled, 20))


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person whose session goes on."""

    person_id: int
    login: str
    full_name: str
    role: Role
    token: bytes = field(repr=False)

    @property
    def who(self) -> Who:
        """As the acts call them."""
        return Who(self.login, self.full_name, self.role.value)

    def may(self, right: Right) -> bool:
        """Whether their role has this right."""
        return right in RIGHTS[self.role]


@dataclass(frozen=True, slots=True)
class Denied:
    """Not signed in. `wait_s` is how long the next try has to wait, the same for every login."""

    wait_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Listed:
    """One row of `person list`."""

    login: str
    full_name: str
    role: str
    added_at: str
    removed_at: str | None


class People:
    """Each call is one or two transactions, from any thread and process. Raises SQLAlchemyError."""

    def __init__(
        self, engine: Engine, clock: Clock, passwords: Passwords, limits: Limits | None = None
    ) -> None:
        self._engine = engine
        self._clock = clock
        self._passwords = passwords
        self._limits = limits or Limits()

    # --- who there is ---

    def add(self, login: str, full_name: str, role: Role, password: str, by: Who = CONSOLE) -> None:
        """Adds a person. An act of `by`. Raises `PersonRefused`."""
        if not LOGIN.fullmatch(login):
            raise PersonRefused(
                f"{login!r} is no login: 2 to 32 of a to z, 0 to 9, dot, hyphen and underscore."
            )
        if not full_name.strip() or len(full_name) > LONGEST_NAME or not full_name.isprintable():
            raise PersonRefused(f"A name has 1 to {LONGEST_NAME} printable characters.")
        kept = self._hashed(password, login)
        now = self._now()
        with Session(self._engine) as session, session.begin():
            if session.scalar(select(Person.id).where(Person.login == login)) is not None:
                raise PersonRefused(f"{login} is there already, or was: take another login.")
            session.add(
                Person(
                    login=login,
                    full_name=full_name.strip(),
                    role=role.value,
                    password_hash=kept,
                    added_at=now,
                )
            )
            write_act(session, now, by, What.PERSON_ADDED, f"{login} as {role.value}")

    def remove(self, login: str, by: Who = CONSOLE) -> None:
        """Ends a person's right to sign in, and their sessions. An act of `by`. Raises `PersonRefused`."""
        now = self._now()
        with Session(self._engine) as session, session.begin():
            person = self._present(session, login)
            person.removed_at = now
            session.execute(delete(WebSession).where(WebSession.person_id == person.id))
            write_act(session, now, by, What.PERSON_REMOVED, login)

    def reset(self, login: str, password: str, by: Who = CONSOLE) -> None:
        """Gives a new password, ends every session and every wait. An act of `by`. Raises `PersonRefused`."""
        kept = self._hashed(password, login)
        now = self._now()
        with Session(self._engine) as session, session.begin():
            person = self._present(session, login)
            person.password_hash = kept
            session.execute(delete(WebSession).where(WebSession.person_id == person.id))
            session.execute(delete(Tries).where(Tries.login_hash == _login_hash(login)))
            write_act(session, now, by, What.PASSWORD_RESET, login)

    def change(self, who: SignedIn, old: str, new: str) -> Denied | None:
        """Somebody's own new password; ends their other sessions. The old one counts as a try at signing in.

        Raises `PersonRefused` for one that will not do, and `passwords.TooBusy`.
        """
        kept = self._hashed(new, who.login)
        if isinstance(denied := self.known(who.login, old), Denied):
            return denied
        now = self._now()
        with Session(self._engine) as session, session.begin():
            person = self._present(session, who.login)
            person.password_hash = kept
            others = WebSession.token_hash != _hash(who.token)
            session.execute(delete(WebSession).where(WebSession.person_id == person.id, others))
            write_act(session, now, who.who, What.PASSWORD_CHANGED)
        return None

    def list(self) -> list[Listed]:
        """Everybody, also who was removed, by login."""
        with Session(self._engine) as session:
            return [
                Listed(one.login, one.full_name, one.role, one.added_at, one.removed_at)
                for one in session.scalars(select(Person).order_by(Person.login))
            ]

    # --- signing in and out ---

    def sign_in(self, login: str, password: str) -> SignedIn | Denied:
        """A new session, or not. The try is counted before the password is compared, for whatever login.

        Raises `passwords.TooBusy`.
        """
        person = self.known(login, password)
        if isinstance(person, Denied):
            return person
        token, now = secrets.token_bytes(32), self._now()
        with Session(self._engine) as session, session.begin():
            session.add(
                WebSession(token_hash=_hash(token), person_id=person.person_id, began_at=now, used_at=now)
            )
            write_act(session, now, person.who, What.SIGNED_IN)
        return SignedIn(person.person_id, person.login, person.full_name, person.role, token)

    def known(self, login: str, password: str) -> SignedIn | Denied:
        """Whether this is somebody's password, without a session: for the console. Counts as a try."""
        login = login.strip().lower()[:64]
        count = self._count_try(login)
        if isinstance(count, Denied):
            return count
        with Session(self._engine) as session:
            known = select(Person).where(Person.login == login, Person.removed_at.is_(None))
            person = session.scalar(known) if LOGIN.fullmatch(login) else None
        matches = self._passwords.matches(person.password_hash if person else None, password)
        now = self._now()
        with Session(self._engine) as session, session.begin():
            if person is not None and matches:
                session.execute(delete(Tries).where(Tries.login_hash == _login_hash(login)))
                return SignedIn(person.id, person.login, person.full_name, Role(person.role), b"")
            who = NOBODY if person is None else Who(person.login, person.full_name, person.role)
            write_act(session, now, who, What.SIGN_IN_FAILED, f"try {count} in a row")
        return Denied(self._limits.wait_after(count))

    def who_is(self, token: bytes, *, active: bool = True) -> SignedIn | None:
        """Whose session this is. `active` is false for what a page asks by itself: that is no use of it."""
        now, utc = self._now(), self._clock().utc
        with Session(self._engine) as session, session.begin():
            found = session.execute(
                select(WebSession, Person)
                .join(Person, Person.id == WebSession.person_id)
                .where(WebSession.token_hash == _hash(token), Person.removed_at.is_(None))
            ).first()
            if found is None:
                return None
            web, person = found
            role = Role(person.role)
            age = (utc - utc_time(web.began_at)).total_seconds()
            idle = (utc - utc_time(web.used_at)).total_seconds()
            if age >= self._limits.absolute_s or (idle >= self._limits.idle_s and role is not Role.VIEWER):
                session.delete(web)
                who = Who(person.login, person.full_name, person.role)
                why = "the session was too long" if age >= self._limits.absolute_s else "idle"
                write_act(session, now, who, What.SIGNED_OUT, why)
                return None
            if active and idle >= 1.0:
                web.used_at = now
            return SignedIn(person.id, person.login, person.full_name, role, token)

    def sign_out(self, signed_in: SignedIn) -> None:
        """Ends a session; the same twice is no matter."""
        with Session(self._engine) as session, session.begin():
            gone = session.get(WebSession, _hash(signed_in.token))
            if gone is not None:
                session.delete(gone)
                write_act(session, self._now(), signed_in.who, What.SIGNED_OUT, "asked")

    def forget_old(self) -> None:
        """Drops wrong tries and sessions that mean nothing any more."""
        utc = self._clock().utc
        with Session(self._engine) as session, session.begin():
            session.execute(delete(Tries).where(Tries.last_at < utc_text(utc - FORGOTTEN_AFTER)))
            ended = utc_text(utc - timedelta(seconds=self._limits.absolute_s))
            session.execute(delete(WebSession).where(WebSession.began_at < ended))

    def _count_try(self, login: str) -> int | Denied:
        """Which try in a row this is, on stable storage; or the wait that is not over."""
        key, now = _login_hash(login), self._clock().utc
        with Session(self._engine) as session, session.begin():
            if session.get(Tries, key) is None:
                try:
                    with session.begin_nested():
                        session.add(Tries(login_hash=key, tries=0, last_at=utc_text(now)))
                except IntegrityError:
                    session.expire_all()
            tries = session.get_one(Tries, key, with_for_update=True, populate_existing=True)
            passed = max(0.0, (now - utc_time(tries.last_at)).total_seconds())
            if (wait := self._limits.wait_after(tries.tries) - passed) > 0:
                return Denied(wait)
            tries.tries += 1
            tries.last_at = utc_text(now)
            return tries.tries

    def _present(self, session: Session, login: str) -> Person:
        known = select(Person).where(Person.login == login).with_for_update()
        person = session.scalar(known) if LOGIN.fullmatch(login) else None
        if person is None or person.removed_at is not None:
            raise PersonRefused(f"There is no {login if LOGIN.fullmatch(login) else 'such person'} here.")
        return person

    def _hashed(self, password: str, login: str) -> str:
        if (why := weakness(password, login)) is not None:
            raise PersonRefused(why)
        return self._passwords.hash(password)

    def _now(self) -> str:
        return utc_text(self._clock().utc)


def csrf_token(session_token: bytes) -> str:
    """What every form of this session carries: nobody who can't read the cookie can make it."""
    return hmac.digest(session_token, b"checkpoint-kiosk/form/v1\n", "sha256").hex()


def _hash(token: bytes) -> bytes:
    return hashlib.sha256(token).digest()


def _login_hash(login: str) -> bytes:
    return hashlib.sha256(b"checkpoint-kiosk/login/v1\n" + login.encode(errors="replace")).digest()
