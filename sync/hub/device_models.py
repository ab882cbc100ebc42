"""Tables of devices: requests to be enrolled, what is known of each, the station's keys, spent codes."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from sync.hub.models import Base, BigId


class Station(Base):
    """A station. Its row is locked while spent codes of the station change, so that they have one order."""

    __tablename__ = "stations"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    feed: Mapped[str] = mapped_column(String(32))
    """Names this hub's count of changes: a lane that knows another begins anew."""


class DeviceProfile(Base):
    """What is known of an enrolled device beside its key. Without a row it belongs to no station."""

    __tablename__ = "device_profiles"

    device_id: Mapped[int] = mapped_column(ForeignKey("devices.id"), primary_key=True)
    station: Mapped[str] = mapped_column(ForeignKey("stations.name"), index=True)
    seal_key: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    version: Mapped[str] = mapped_column(String(32))
    enrolled_by: Mapped[str] = mapped_column(String(64))
    heard_at: Mapped[str | None] = mapped_column(String(27))
    """When the device last reported its version."""


class DeviceRevocation(Base):
    """A device that may not speak for its kiosk any more, and why."""

    __tablename__ = "device_revocations"

    device_id: Mapped[int] = mapped_column(ForeignKey("devices.id"), primary_key=True)
    at: Mapped[str] = mapped_column(String(27))
    why: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(64))


class HubFact(Base):
    """One word the hub remembers, such as the minimum version."""

    __tablename__ = "hub_facts"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class EnrolmentRequest(Base):
    """A kiosk that asks to be enrolled."""

    __tablename__ = "enrolment_requests"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    state: Mapped[str] = mapped_column(String(16), index=True)
    """`asked`, `waiting` (its code can be compared), `approved`, `refused`."""
    request: Mapped[bytes] = mapped_column(LargeBinary)
    """The body as it was sent: what the code is made of."""
    kiosk: Mapped[str] = mapped_column(String(32))
    station: Mapped[str] = mapped_column(String(32))
    version: Mapped[str] = mapped_column(String(32))
    device_key: Mapped[bytes] = mapped_column(LargeBinary(32))
    seal_key: Mapped[bytes] = mapped_column(LargeBinary(32))
    hub_nonce: Mapped[bytes] = mapped_column(LargeBinary(32))
    code: Mapped[str | None] = mapped_column(String(16), index=True)
    reply: Mapped[str | None] = mapped_column(String(16))
    asked_at: Mapped[str] = mapped_column(String(27))
    expires_at: Mapped[str] = mapped_column(String(27))
    decided_at: Mapped[str | None] = mapped_column(String(27))
    decided_by: Mapped[str | None] = mapped_column(String(64))


class StationKey(Base):
    """The station's key of one day. Destroyed when the day is 31 days past."""

    __tablename__ = "station_keys"

    station: Mapped[str] = mapped_column(ForeignKey("stations.name"), primary_key=True)
    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    key: Mapped[bytes] = mapped_column(LargeBinary(32))


class SpentUse(Base):
    """A single-use code that counts as used. One row for a token of a station: the database sees to it."""

    __tablename__ = "spent_uses"
    __table_args__ = (UniqueConstraint("station", "token"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    station: Mapped[str] = mapped_column(ForeignKey("stations.name"))
    token: Mapped[bytes] = mapped_column(LargeBinary(32))
    device_id: Mapped[int] = mapped_column(ForeignKey("devices.id"))
    reference: Mapped[str] = mapped_column(String(64))
    at: Mapped[str] = mapped_column(String(27))
    """When the lane used it, by the lane."""
    taken_at: Mapped[str] = mapped_column(String(27), index=True)
    """When the hub took it, by the hub."""


class SpentChange(Base):
    """What became of a token, in order: `spent`, `returned`, or `conflict` (used at two lanes)."""

    __tablename__ = "spent_changes"
    __table_args__ = (
        UniqueConstraint("device_id", "reference", "token", "what"),
        Index("spent_changes_feed", "station", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    station: Mapped[str] = mapped_column(ForeignKey("stations.name"))
    token: Mapped[bytes] = mapped_column(LargeBinary(32))
    what: Mapped[str] = mapped_column(String(8))
    device_id: Mapped[int] = mapped_column(Integer, ForeignKey("devices.id"))
    reference: Mapped[str] = mapped_column(String(64))
    at: Mapped[str] = mapped_column(String(27), index=True)
    """When the hub took it."""
