"""Where the hub's database is said, and what is not said where others can read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.commands import door
from sync.hub.address import DatabaseRefused, chosen_database, database_url
from sync.hub.database import open_database
from tests.postgres import Postgres


@pytest.mark.parametrize("form", ["postgresql+psycopg", "postgresql", "postgres"])
def test_every_usual_form_of_a_postgresql_url_is_psycopg_three(form: str) -> None:
    url = database_url(f"{form}://hub:s%2Fecret@db.example:5433/checkpoint?sslmode=verify-full\n")
    assert url.drivername == "postgresql+psycopg"
    assert (url.password, url.port, url.query["sslmode"]) == ("s/ecret", 5433, "verify-full")
    assert "ecret" not in str(url)


@pytest.mark.parametrize(
    "text", ["", "hub", "mysql://hub@db/x", "postgresql+asyncpg://db/x", "sqlite://", "sqlite:///:memory:"]
)
def test_another_database_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(DatabaseRefused, match=r"postgresql\+psycopg://ROLE@HOST/DATABASE"):
        database_url(text)


def test_the_command_line_comes_first_then_the_file_then_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "url"
    file.write_text("postgresql://file@db/x\n")
    file.chmod(0o600)
    environment = {"CHECKPOINT_HUB_DATABASE": "postgresql://variable@db/x"}
    users = [
        chosen_database("postgresql://line@db/x", None, environment),
        chosen_database(None, file, environment),
        chosen_database(None, None, environment),
    ]
    assert [url.username for url in users if url is not None] == ["line", "file", "variable"]
    assert chosen_database(None, None, {}) is None


def test_a_password_on_the_command_line_or_in_a_readable_file_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = "postgresql://hub:open-sesame@127.0.0.1/x"
    words = ["hub", "status", "--data", str(tmp_path)]
    assert door.main([*words, "--database", secret]) == 2
    (file := tmp_path / "url").write_text(secret)
    file.chmod(0o644)
    assert door.main([*words, "--database-file", str(file)]) == 2
    said = capsys.readouterr()
    assert "open-sesame" not in said.out + said.err
    assert "--database-file FILE" in said.err and "chmod 600" in said.err


def test_a_server_that_may_lose_what_the_hub_signs_for_is_refused(postgres: Postgres) -> None:
    url = postgres.database()
    postgres.execute("ALTER SYSTEM SET fsync = off")
    postgres.execute("SELECT pg_reload_conf()")
    try:
        with pytest.raises(DatabaseRefused, match="fsync off"):
            open_database(Path(), url)
    finally:
        postgres.execute("ALTER SYSTEM RESET fsync")
        postgres.execute("SELECT pg_reload_conf()")


def test_a_database_in_another_alphabet_is_refused(postgres: Postgres) -> None:
    postgres.execute("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
    with pytest.raises(DatabaseRefused, match="LATIN1"):
        open_database(Path(), postgres.url("latin"))


def test_commits_that_do_not_wait_for_the_disk_are_made_to(postgres: Postgres) -> None:
    url = postgres.database()
    postgres.execute(f"ALTER DATABASE {url.rpartition('/')[2]} SET synchronous_commit = off")
    engine = open_database(Path(), url)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"
        assert connection.exec_driver_sql("SHOW lock_timeout").scalar() == "8s"
    engine.dispose()


def test_a_database_of_a_newer_hub_is_left_alone(postgres_url: str) -> None:
    engine = open_database(Path(), postgres_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    with pytest.raises(DatabaseRefused, match="newer version"):
        open_database(Path(), postgres_url)
