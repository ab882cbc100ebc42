"""Tables of referrals: travellers who wait for an officer, who has taken them, what was decided."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from sync.hub.models import Base, BigId


class StationDesk(Base):
    """A device that is no lane but a desk of its station: it may read referrals and carry decisions."""

    __tablename__ = "station_desks"

    device_id: Mapped[int] = mapped_column(ForeignKey("devices.id"), primary_key=True)


class ReferralFeed(Base):
    """Counts the changes of a station. The row is locked for each, so that they have one order."""

    __tablename__ = "referral_feeds"

    station: Mapped[str] = mapped_column(ForeignKey("stations.name"), primary_key=True)
    change: Mapped[int] = mapped_column(BigInteger)
    decided: Mapped[int] = mapped_column(BigInteger)
    """Grows with every decision and order: what lanes wait for."""


class Referral(Base):
    """A traveller who waits. Times are the hub's."""

    __tablename__ = "referrals"
    __table_args__ = (UniqueConstraint("device_id", "crossing"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    station: Mapped[str] = mapped_column(ForeignKey("stations.name"), index=True)
    device_id: Mapped[int] = mapped_column(ForeignKey("devices.id"))
    """The lane."""
    crossing: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(8))
    """`open`, `decided` (a decision is on its way), `closed`."""
    body: Mapped[str] = mapped_column(Text)
    """What the lane said, without `sealed`."""
    sealed: Mapped[str] = mapped_column(Text)
    """Only desks can read it; emptied when the referral is over."""
    opened_at: Mapped[str] = mapped_column(String(27))
    expires_at: Mapped[str] = mapped_column(String(27), index=True)
    closed_at: Mapped[str | None] = mapped_column(String(27))
    how: Mapped[str] = mapped_column(String(32))
    by: Mapped[str] = mapped_column(String(16))
    word: Mapped[str] = mapped_column(String(32))
    officer: Mapped[str] = mapped_column(String(16))
    """Who has taken it, until `claimed_until`."""
    desk_id: Mapped[int | None] = mapped_column(ForeignKey("devices.id"))
    claimed_until: Mapped[str] = mapped_column(String(27))


class ReferralOver(Base):
    """A crossing whose referral was forgotten: who recorded it on the line begins none with it."""

    __tablename__ = "referrals_over"

    device_id: Mapped[int] = mapped_column(ForeignKey("devices.id"), primary_key=True)
    crossing: Mapped[str] = mapped_column(String(64), primary_key=True)
    expires_at: Mapped[str] = mapped_column(String(27), index=True)


class ReferralDecision(Base):
    """What an officer decided. One row for each place of a referral: the database sees to it."""

    __tablename__ = "referral_decisions"
    __table_args__ = (
        UniqueConstraint("referral_id", "place"),
        Index("referral_decisions_of_a_lane", "device_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referrals.id"))
    device_id: Mapped[int] = mapped_column(ForeignKey("devices.id"))
    """The lane it is for."""
    place: Mapped[int | None] = mapped_column()
    """1, or 2 for the second officer; empty once the lane did not believe it."""
    officer: Mapped[str] = mapped_column(String(16))
    action: Mapped[str] = mapped_column(String(8))
    desk_id: Mapped[int] = mapped_column(ForeignKey("devices.id"))
    statement: Mapped[str] = mapped_column(Text)
    signature: Mapped[bytes] = mapped_column(LargeBinary(64))
    at: Mapped[str] = mapped_column(String(27))
    word: Mapped[str] = mapped_column(String(32))
    """What the lane made of it; empty: it has not said."""


class LaneOrder(Base):
    """What an officer ordered a lane to be. The journal has what came of it; here it is for a day."""

    __tablename__ = "lane_orders"
    __table_args__ = (Index("lane_orders_of_a_lane", "device_id", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    station: Mapped[str] = mapped_column(ForeignKey("stations.name"))
    device_id: Mapped[int] = mapped_column(ForeignKey("devices.id"))
    """The lane it is for."""
    desk_id: Mapped[int] = mapped_column(ForeignKey("devices.id"))
    order: Mapped[str] = mapped_column(String(16))
    officer: Mapped[str] = mapped_column(String(16))
    statement: Mapped[str] = mapped_column(Text)
    signature: Mapped[bytes] = mapped_column(LargeBinary(64))
    at: Mapped[str] = mapped_column(String(27), index=True)
    word: Mapped[str] = mapped_column(String(32))
    """What the lane made of it; empty: it has not said."""
