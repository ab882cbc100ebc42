"""People with roles, their acts, retention and legal holds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """People with roles, their acts, retention and legal holds."""
    _people()
    _acts_stay()
    _holds()
    _pictures()


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("login", sa.String(32), nullable=False, unique=True),
        sa.Column("full_name", sa.String(120), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("password_hash", sa.String(255), nullable=False),
        sa.Column("added_at", sa.String(27), nullable=False),
        sa.Column("removed_at", sa.String(27)),
    )
    op.create_table(
        "sign_in_tries",
        sa.Column("login_hash", sa.LargeBinary(32), primary_key=True),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("last_at", sa.String(27), nullable=False, index=True),
    )
    op.create_table(
        "web_sessions",
        sa.Column("token_hash", sa.LargeBinary(32), primary_key=True),
        sa.Column("person_id", sa.Integer, sa.ForeignKey("people.id"), nullable=False, index=True),
        sa.Column("began_at", sa.String(27), nullable=False),
        sa.Column("used_at", sa.String(27), nullable=False),
    )
    op.create_table(
        "acts",
        sa.Column("id", BIG_ID, primary_key=True),
        sa.Column("at", sa.String(27), nullable=False, index=True),
        sa.Column("login", sa.String(32), nullable=False),
        sa.Column("full_name", sa.String(120), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("what", sa.String(32), nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("link", sa.LargeBinary(32), nullable=False),
    )
    op.create_table(
        "alarms_seen",
        sa.Column("alarm_id", BIG_ID, sa.ForeignKey("alarms.id"), primary_key=True),
        sa.Column("login", sa.String(32), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
    )


def _acts_stay() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER acts_no_{act.lower()} BEFORE {act} ON acts "
                "BEGIN SELECT RAISE(ABORT, 'acts are never changed'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION acts_stay() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'acts are never changed'; END $$"
    )
    op.execute(
        "CREATE TRIGGER acts_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON acts "
        "FOR EACH STATEMENT EXECUTE FUNCTION acts_stay()"
    )


def _holds() -> None:
    op.create_table(
        "holds",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("device_id", sa.Integer, sa.ForeignKey("devices.id"), nullable=False, index=True),
        sa.Column("first", sa.BigInteger, nullable=False),
        sa.Column("last", sa.BigInteger, nullable=False),
        sa.Column("crossing", sa.String(64), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("made_by", sa.String(32), nullable=False),
        sa.Column("made_at", sa.String(27), nullable=False),
        sa.Column("until", sa.String(27), nullable=False),
        sa.Column("released_by", sa.String(32)),
        sa.Column("released_at", sa.String(27)),
    )


def _pictures() -> None:
    def device() -> sa.Column[int]:
        return sa.Column("device_id", sa.Integer, sa.ForeignKey("devices.id"), primary_key=True)

    op.create_table(
        "lane_pictures",
        device(),
        sa.Column("followed", sa.BigInteger, nullable=False),
        sa.Column("erased", sa.BigInteger, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("state_at", sa.String(27)),
        sa.Column("version", sa.String(32), nullable=False),
    )
    op.create_table(
        "lane_reports",
        device(),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "lane_hours",
        device(),
        sa.Column("hour", sa.String(13), primary_key=True),
        sa.Column("admitted", sa.Integer, nullable=False),
        sa.Column("referred", sa.Integer, nullable=False),
        sa.Column("refused", sa.Integer, nullable=False),
    )
    op.create_table(
        "crossing_spans",
        device(),
        sa.Column("crossing", sa.String(64), primary_key=True),
        sa.Column("first", sa.BigInteger, nullable=False),
        sa.Column("last", sa.BigInteger, nullable=False),
        sa.Index("crossing_spans_by_last", "device_id", "last"),
        sa.Index("crossing_spans_by_crossing", "crossing"),
    )
    op.create_table(
        "sightings",
        device(),
        sa.Column("sequence", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("fingerprint", sa.LargeBinary(16), nullable=False, index=True),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("crossing", sa.String(64), nullable=False),
    )
    op.create_table(
        "receipt_marks",
        device(),
        sa.Column("at", sa.String(27), primary_key=True),
        sa.Column("sequence", sa.BigInteger, nullable=False),
    )
