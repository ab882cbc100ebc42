"""What people did at the hub: written in the same transaction as the deed, chained, never changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from sync.canonical import canonical_json
from sync.hub.database import for_reading
from sync.hub.people_models import Act

DOMAIN = b"checkpoint-kiosk/act/v1\n"
PAGE = 500


class What(StrEnum):
    """Every kind of act."""

    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGNED_OUT = "signed_out"
    PERSON_ADDED = "person_added"
    PERSON_REMOVED = "person_removed"
    PASSWORD_RESET = "password_reset"  # noqa: S105 (an act, no password)
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 (an act, no password)
    ALARM_SEEN = "alarm_seen"
    LOOKED_BACK = "looked_back"
    LOOKED_UP = "looked_up"
    """An officer at a station desk, by a reference."""
    LOOKBACK_REFUSED = "lookback_refused"
    HELD = "held"
    RELEASED = "released"
    EXPORTED = "exported"
    ERASED = "erased"
    ENROLLED = "enrolled"
    ENROLMENT_REFUSED = "enrolment_refused"
    DEVICE_REVOKED = "device_revoked"
    VERSION_REQUIRED = "version_required"


@dataclass(frozen=True, slots=True)
class Who:
    """The person whose act it is, as they are called at that time."""

    login: str
    full_name: str
    role: str

    @property
    def called(self) -> str:
        """The name, or the login where there is none."""
        return self.full_name or self.login


NOBODY = Who("", "", "")
"""Somebody whose login is not known here: what was typed may be anything, even a password."""
CONSOLE = Who("console", "", "")
"""Whoever has the hub's machine under their hands."""


def at_console(name: str) -> Who:
    """Somebody at the hub's machine, as they call themselves."""
    return Who(CONSOLE.login, name[:64], "")


def write_act(session: Session, at: str, who: Who, what: What, about: str = "", reason: str = "") -> int:
    """Adds an act to the caller's transaction and gives its number. One writer at a time."""
    lock_acts(session)
    before = session.scalar(select(Act.link).order_by(Act.id.desc()).limit(1))
    act = Act(
        at=at,
        login=who.login,
        full_name=who.full_name,
        role=who.role,
        what=what.value,
        about=about,
        reason=reason,
    )
    act.link = _link(before or b"", act)
    session.add(act)
    session.flush()
    return act.id


def lock_acts(session: Session) -> None:
    """Nobody else writes an act before this transaction ends (on SQLite nobody writes anything)."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE acts IN SHARE ROW EXCLUSIVE MODE"))


class Acts:
    """Reads them. Raises sqlalchemy.exc.SQLAlchemyError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def latest(self, count: int, before: int | None = None) -> list[Act]:
        """The newest first; `before` an act's number, for the page after."""
        question = select(Act).order_by(Act.id.desc()).limit(count)
        if before is not None:
            question = question.where(Act.id < before)
        with Session(for_reading(self._engine)) as session:
            return list(session.scalars(question))

    def all(self) -> Iterator[Act]:
        """Every act from the first on, a few at a time, each transaction short."""
        after = 0
        while True:
            with Session(for_reading(self._engine)) as session:
                acts = list(session.scalars(select(Act).where(Act.id > after).order_by(Act.id).limit(PAGE)))
            if not acts:
                return
            yield from acts
            after = acts[-1].id

    def first_broken(self) -> int | None:
        """The number of the first act that does not follow from those before it; None where all do."""
        before = b""
        for act in self.all():
            if act.link != _link(before, act):
                return act.id
            before = act.link
        return None


def _link(before: bytes, act: Act) -> bytes:
    fields = [act.at, act.login, act.full_name, act.role, act.what, act.about, act.reason]
    return hashlib.sha256(DOMAIN + before + canonical_json(fields)).digest()
