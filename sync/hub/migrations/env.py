"""Alembic runs this to migrate over the connection that `sync.hub.database` hands in."""

from __future__ import annotations

from alembic import context

from sync.hub.models import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
with context.begin_transaction():
    context.run_migrations()
