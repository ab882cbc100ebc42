"""The hub's tables, for SQLite and PostgreSQL alike."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, LargeBinary, String, Table, Text, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

BigId = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    """All tables. Times are text in UTC (`sync.canonical.utc_text`): what was signed is what is kept."""


class Device(Base):
    """A device key enrolled for a kiosk, and how far its chain has come. Locked while a batch is taken."""

    __tablename__ = "devices"
    __table_args__ = (
        Index(
            "one_key_in_use",
            "kiosk",
            unique=True,
            sqlite_where=text("retired_at IS NULL"),
            postgresql_where=text("retired_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    kiosk: Mapped[str] = mapped_column(String(32), index=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    enrolled_at: Mapped[str] = mapped_column(String(27))
    retired_at: Mapped[str | None] = mapped_column(String(27))
    sequence: Mapped[int] = mapped_column(BigInteger)
    head: Mapped[bytes] = mapped_column(LargeBinary(32))
    seen_at: Mapped[str | None] = mapped_column(String(27))
    day: Mapped[str] = mapped_column(String(10), server_default="")
    """The day (UTC) of the two counts behind it: what the device added (`allowance`)."""
    day_records: Mapped[int] = mapped_column(BigInteger, server_default="0")
    day_bytes: Mapped[int] = mapped_column(BigInteger, server_default="0")


class Stored(Base):
    """One record as the device sent it. `salt` and `payload` are empty where they were erased or withheld."""

    __tablename__ = "records"

    device_id: Mapped[int] = mapped_column(ForeignKey("devices.id"), primary_key=True)
    sequence: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(27))
    kind: Mapped[str] = mapped_column(String(65))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    head: Mapped[bytes] = mapped_column(LargeBinary(32))
    salt: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    payload: Mapped[str | None] = mapped_column(Text)


class Alarm(Base):
    """What a person has to look at: a fork, or a record that could not be taken."""

    __tablename__ = "alarms"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    device_id: Mapped[int] = mapped_column(ForeignKey("devices.id"), index=True)
    what: Mapped[str] = mapped_column(String(16))
    sequence: Mapped[int] = mapped_column(BigInteger)
    why: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(String(27))


def table_of(model: type[Base]) -> Table:
    """What statements that make no objects are written with."""
    table = model.__table__
    assert isinstance(table, Table)
    return table
