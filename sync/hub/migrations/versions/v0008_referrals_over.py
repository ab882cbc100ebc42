"""Crossings whose referral is over, so that nothing that was recorded on the line begins one anew."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One row for each, for as long as records are kept."""
    op.create_table(
        "referrals_over",
        sa.Column("device_id", sa.Integer, sa.ForeignKey("devices.id"), primary_key=True),
        sa.Column("crossing", sa.String(64), primary_key=True),
        sa.Column("expires_at", sa.String(27), nullable=False, index=True),
    )
