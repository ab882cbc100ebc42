"""Officers' orders to lanes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """One row for each order, for a day."""
    op.create_table(
        "lane_orders",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("station", sa.String(32), sa.ForeignKey("stations.name"), nullable=False),
        sa.Column("device_id", sa.Integer, sa.ForeignKey("devices.id"), nullable=False),
        sa.Column("desk_id", sa.Integer, sa.ForeignKey("devices.id"), nullable=False),
        sa.Column("order", sa.String(16), nullable=False),
        sa.Column("officer", sa.String(16), nullable=False),
        sa.Column("statement", sa.Text, nullable=False),
        sa.Column("signature", sa.LargeBinary(64), nullable=False),
        sa.Column("at", sa.String(27), nullable=False, index=True),
        sa.Column("word", sa.String(32), nullable=False),
        sa.Index("lane_orders_of_a_lane", "device_id", "id"),
    )
