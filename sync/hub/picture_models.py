"""Tables that are made from the records, so that no page and no question has to read them all again."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from sync.hub.models import Base


class LanePicture(Base):
    """How far one device's records were followed and erased, and how they say that its lane is."""

    __tablename__ = "lane_pictures"

    device_id: Mapped[int] = mapped_column(ForeignKey("devices.id"), primary_key=True)
    followed: Mapped[int] = mapped_column(BigInteger)
    """Records up to here are in the tables below."""
    erased: Mapped[int] = mapped_column(BigInteger)
    """Records up to here have no payload any more, but for what is held or kept."""
    state: Mapped[str] = mapped_column(String(16))
    """`open`, `held`, `out_of_order`, `evacuate` or `stopped`: the last that the records tell."""
    state_at: Mapped[str | None] = mapped_column(String(27))
    version: Mapped[str] = mapped_column(String(32))


class LaneReport(Base):
    """What a kiosk last said of itself, signed by its device (`sync.hub.lane_reports`)."""

    __tablename__ = "lane_reports"

    device_id: Mapped[int] = mapped_column(ForeignKey("devices.id"), primary_key=True)
    at: Mapped[str] = mapped_column(String(27))
    """When the hub got it."""
    body: Mapped[str] = mapped_column(Text)


class LaneHour(Base):
    """How many crossings a lane decided in one hour."""

    __tablename__ = "lane_hours"

    device_id: Mapped[int] = mapped_column(ForeignKey("devices.id"), primary_key=True)
    hour: Mapped[str] = mapped_column(String(13), primary_key=True)
    """`YYYY-MM-DDThh` in UTC."""
    admitted: Mapped[int] = mapped_column(Integer)
    referred: Mapped[int] = mapped_column(Integer)
    refused: Mapped[int] = mapped_column(Integer)


class CrossingSpan(Base):
    """Where the records of one crossing stand. Goes when their payloads go."""

    __tablename__ = "crossing_spans"

    device_id: Mapped[int] = mapped_column(ForeignKey("devices.id"), primary_key=True)
    crossing: Mapped[str] = mapped_column(String(64), primary_key=True)
    first: Mapped[int] = mapped_column(BigInteger)
    last: Mapped[int] = mapped_column(BigInteger)

    __table_args__ = (
        Index("crossing_spans_by_last", "device_id", "last"),
        Index("crossing_spans_by_crossing", "crossing"),
    )


class Sighting(Base):
    """Where a code was seen, by the fingerprint of its day. Goes when the payload it comes from goes."""

    __tablename__ = "sightings"

    device_id: Mapped[int] = mapped_column(ForeignKey("devices.id"), primary_key=True)
    sequence: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(16), index=True)
    at: Mapped[str] = mapped_column(String(27))
    crossing: Mapped[str] = mapped_column(String(64))


class ReceiptMark(Base):
    """How far a device had come at a time, by the hub's own clock: retention asks not only the kiosk's."""

    __tablename__ = "receipt_marks"

    device_id: Mapped[int] = mapped_column(ForeignKey("devices.id"), primary_key=True)
    at: Mapped[str] = mapped_column(String(27), primary_key=True)
    sequence: Mapped[int] = mapped_column(BigInteger)
