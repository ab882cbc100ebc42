"""What storage at the size of a border needs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One key per kiosk at a time, and room for a row that changes with every batch."""
    in_use = sa.text("retired_at IS NULL")
    op.create_index(
        "one_key_in_use", "devices", ["kiosk"], unique=True, sqlite_where=in_use, postgresql_where=in_use
    )
    if op.get_bind().dialect.name == "postgresql":
        # A record is only ever stored under its device's locked row: looking the device up once more for each
        # record took as long as storing it.
        op.execute("ALTER TABLE records DROP CONSTRAINT records_device_id_fkey")
        # An update stays in its page, without an entry in an index.
        op.execute("ALTER TABLE devices SET (fillfactor = 50)")
