"""People with roles, their acts, retention and legal holds."""

from __future__ import annotations

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """People with roles, their acts, retention and legal holds."""
