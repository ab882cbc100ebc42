"""Referrals of all lanes and the officers' decisions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Referrals of all lanes and the officers' decisions."""
    op.create_table(
        "station_desks",
        sa.Column("device_id", sa.Integer, sa.ForeignKey("devices.id"), primary_key=True),
    )
    op.create_table(
        "referral_feeds",
        sa.Column("station", sa.String(32), sa.ForeignKey("stations.name"), primary_key=True),
        sa.Column("change", sa.BigInteger, nullable=False),
        sa.Column("decided", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "referrals",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("station", sa.String(32), sa.ForeignKey("stations.name"), nullable=False, index=True),
        sa.Column("device_id", sa.Integer, sa.ForeignKey("devices.id"), nullable=False),
        sa.Column("crossing", sa.String(64), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.Column("opened_at", sa.String(27), nullable=False),
        sa.Column("expires_at", sa.String(27), nullable=False, index=True),
        sa.Column("closed_at", sa.String(27)),
        sa.Column("how", sa.String(32), nullable=False),
        sa.Column("by", sa.String(16), nullable=False),
        sa.Column("word", sa.String(32), nullable=False),
        sa.Column("officer", sa.String(16), nullable=False),
        sa.Column("desk_id", sa.Integer, sa.ForeignKey("devices.id")),
        sa.Column("claimed_until", sa.String(27), nullable=False),
        sa.UniqueConstraint("device_id", "crossing"),
    )
    op.create_table(
        "referral_decisions",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("referral_id", BIG, sa.ForeignKey("referrals.id"), nullable=False),
        sa.Column("device_id", sa.Integer, sa.ForeignKey("devices.id"), nullable=False),
        sa.Column("place", sa.Integer),
        sa.Column("officer", sa.String(16), nullable=False),
        sa.Column("action", sa.String(8), nullable=False),
        sa.Column("desk_id", sa.Integer, sa.ForeignKey("devices.id"), nullable=False),
        sa.Column("statement", sa.Text, nullable=False),
        sa.Column("signature", sa.LargeBinary(64), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("word", sa.String(32), nullable=False),
        sa.UniqueConstraint("referral_id", "place"),
        sa.Index("referral_decisions_of_a_lane", "device_id", "id"),
    )
