"""What each device added today."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Counts in the row that changes with every batch."""
    op.add_column("devices", sa.Column("day", sa.String(10), nullable=False, server_default=""))
    for name in ("day_records", "day_bytes"):
        op.add_column("devices", sa.Column(name, sa.BigInteger, nullable=False, server_default="0"))
