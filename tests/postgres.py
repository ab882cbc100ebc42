"""A real PostgreSQL server for tests and benchmarks: its own folder, its own port, gone when they are."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from pathlib import Path
from types import TracebackType

import psycopg
from sqlalchemy import URL

from tests.postgres_keeper import programs

ROOT = Path(__file__).resolve().parents[1]
REQUIRED = os.environ.get("POSTGRES_REQUIRED") == "1"
MISSING = "no PostgreSQL server is installed (`make test` installs it)"


class Postgres:
    """One server with its own guarantees switched on (`fsync`, `full_page_writes`: the defaults)."""

    installed = programs() is not None

    def __init__(self) -> None:
        self._names = (f"hub_{number}" for number in itertools.count(1))
        self._keeper = subprocess.Popen(
            [sys.executable, "-m", "tests.postgres_keeper"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert self._keeper.stdout is not None
        said = self._keeper.stdout.readline().split()
        if len(said) != 2:
            self.close()
            raise RuntimeError("PostgreSQL did not start; what it said is above")
        self.port, self.password = int(said[0]), said[1]

    def database(self, template: str = "template1") -> str:
        """The URL of a new database, empty or a copy of one that nobody is connected to."""
        name = next(self._names)
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)

    def url(self, name: str = "postgres") -> str:
        """The URL of a database, with its password."""
        url = URL.create("postgresql+psycopg", "hub", self.password, "127.0.0.1", self.port, name)
        return url.render_as_string(hide_password=False)

    def drop(self, url: str) -> None:
        """Removes a database and cuts whoever is connected to it."""
        self.execute(f"DROP DATABASE IF EXISTS {url.rpartition('/')[2]} WITH (FORCE)")

    def execute(self, statement: str) -> None:
        """One statement in the server's own database."""
        with psycopg.connect(plain(self.url()), autocommit=True) as connection:
            connection.execute(statement.encode())

    def kill(self) -> None:
        """Ends it as a power cut would; what was committed must be there after `start`."""
        self._tell("kill")

    def stop(self) -> None:
        """An orderly end that cuts every connection."""
        self._tell("stop")

    def start(self) -> None:
        """After `kill` or `stop`: the same server on the same port."""
        self._tell("start")

    def close(self) -> None:
        """Ends it and removes its folder."""
        self._keeper.communicate()

    def __enter__(self) -> Postgres:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _tell(self, word: str) -> None:
        assert self._keeper.stdin is not None and self._keeper.stdout is not None
        self._keeper.stdin.write(f"{word}\n")
        self._keeper.stdin.flush()
        if self._keeper.stdout.readline() != "done\n":
            raise RuntimeError(f"PostgreSQL did not {word}")


def plain(url: str) -> str:
    """The same URL for psycopg itself."""
    return url.replace("postgresql+psycopg://", "postgresql://")
