"""Tables of people: who may sign in, who is, what each of them did, and what they put under hold."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from sync.hub.models import Base, BigId


class Person(Base):
    """Somebody with a role at the hub. Nobody is deleted: what they did keeps its name."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    login: Mapped[str] = mapped_column(String(32), unique=True)
    full_name: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(16))
    password_hash: Mapped[str] = mapped_column(String(255))
    added_at: Mapped[str] = mapped_column(String(27))
    removed_at: Mapped[str | None] = mapped_column(String(27))


class Tries(Base):
    """Wrong tries in a row under one login, known or not: who guesses learns nothing from the wait."""

    __tablename__ = "sign_in_tries"

    login_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    tries: Mapped[int] = mapped_column(Integer)
    last_at: Mapped[str] = mapped_column(String(27), index=True)


class WebSession(Base):
    """A browser that is signed in. Only the hash of its token is here."""

    __tablename__ = "web_sessions"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    began_at: Mapped[str] = mapped_column(String(27))
    used_at: Mapped[str] = mapped_column(String(27))


class Act(Base):
    """What a person did at the hub. The database itself refuses to change or delete a row."""

    __tablename__ = "acts"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    at: Mapped[str] = mapped_column(String(27), index=True)
    login: Mapped[str] = mapped_column(String(32))
    full_name: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(16))
    what: Mapped[str] = mapped_column(String(32))
    about: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    link: Mapped[bytes] = mapped_column(LargeBinary(32))
    """SHA-256 over the link before and this row: a row cut out is missed."""


class AlarmSeen(Base):
    """Who looked after an alarm."""

    __tablename__ = "alarms_seen"

    alarm_id: Mapped[int] = mapped_column(ForeignKey("alarms.id"), primary_key=True)
    login: Mapped[str] = mapped_column(String(32))
    at: Mapped[str] = mapped_column(String(27))
    note: Mapped[str] = mapped_column(Text)


class Hold(Base):
    """Records that retention leaves alone: of a crossing that somebody challenged."""

    __tablename__ = "holds"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    device_id: Mapped[int] = mapped_column(ForeignKey("devices.id"), index=True)
    first: Mapped[int] = mapped_column(BigInteger)
    last: Mapped[int] = mapped_column(BigInteger)
    crossing: Mapped[str] = mapped_column(String(64))
    """The crossing it was asked for, or nothing for a range of records."""
    reason: Mapped[str] = mapped_column(Text)
    made_by: Mapped[str] = mapped_column(String(32))
    made_at: Mapped[str] = mapped_column(String(27))
    until: Mapped[str] = mapped_column(String(27))
    released_by: Mapped[str | None] = mapped_column(String(32))
    released_at: Mapped[str | None] = mapped_column(String(27))
