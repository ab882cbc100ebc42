"""Enrolment requests, keys of the day, spent codes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Enrolment requests, keys of the day, spent codes."""
    op.create_table(
        "stations",
        sa.Column("name", sa.String(32), primary_key=True),
        sa.Column("feed", sa.String(32), nullable=False),
    )
    op.create_table(
        "device_profiles",
        sa.Column("device_id", sa.Integer, sa.ForeignKey("devices.id"), primary_key=True),
        sa.Column("station", sa.String(32), sa.ForeignKey("stations.name"), nullable=False, index=True),
        sa.Column("seal_key", sa.LargeBinary(32)),
        sa.Column("version", sa.String(32), nullable=False),
        sa.Column("enrolled_by", sa.String(64), nullable=False),
        sa.Column("heard_at", sa.String(27)),
    )
    op.create_table(
        "device_revocations",
        sa.Column("device_id", sa.Integer, sa.ForeignKey("devices.id"), primary_key=True),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
    )
    op.create_table(
        "hub_facts",
        sa.Column("name", sa.String(32), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "enrolment_requests",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("state", sa.String(16), nullable=False, index=True),
        sa.Column("request", sa.LargeBinary, nullable=False),
        sa.Column("kiosk", sa.String(32), nullable=False),
        sa.Column("station", sa.String(32), nullable=False),
        sa.Column("version", sa.String(32), nullable=False),
        sa.Column("device_key", sa.LargeBinary(32), nullable=False),
        sa.Column("seal_key", sa.LargeBinary(32), nullable=False),
        sa.Column("hub_nonce", sa.LargeBinary(32), nullable=False),
        sa.Column("code", sa.String(16), index=True),
        sa.Column("reply", sa.String(16)),
        sa.Column("asked_at", sa.String(27), nullable=False),
        sa.Column("expires_at", sa.String(27), nullable=False),
        sa.Column("decided_at", sa.String(27)),
        sa.Column("decided_by", sa.String(64)),
    )
    op.create_table(
        "station_keys",
        sa.Column("station", sa.String(32), sa.ForeignKey("stations.name"), primary_key=True),
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("key", sa.LargeBinary(32), nullable=False),
    )
    op.create_table(
        "spent_uses",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("station", sa.String(32), sa.ForeignKey("stations.name"), nullable=False),
        sa.Column("token", sa.LargeBinary(32), nullable=False),
        sa.Column("device_id", sa.Integer, sa.ForeignKey("devices.id"), nullable=False),
        sa.Column("reference", sa.String(64), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("taken_at", sa.String(27), nullable=False, index=True),
        sa.UniqueConstraint("station", "token"),
    )
    op.create_table(
        "spent_changes",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("station", sa.String(32), sa.ForeignKey("stations.name"), nullable=False),
        sa.Column("token", sa.LargeBinary(32), nullable=False),
        sa.Column("what", sa.String(8), nullable=False),
        sa.Column("device_id", sa.Integer, sa.ForeignKey("devices.id"), nullable=False),
        sa.Column("reference", sa.String(64), nullable=False),
        sa.Column("at", sa.String(27), nullable=False, index=True),
        sa.UniqueConstraint("device_id", "reference", "token", "what"),
        sa.Index("spent_changes_feed", "station", "id"),
    )
