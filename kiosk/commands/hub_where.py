"""Where the hub's data are: the same options for every action."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_where(parser: argparse.ArgumentParser) -> None:
    """`--data`, and `--database` or `--database-file`."""
    parser.add_argument("--data", type=Path, required=True, help="folder of the hub's key and database")
    where = parser.add_mutually_exclusive_group()
    where.add_argument(
        "--database",
        metavar="URL",
        help="another database than DATA/hub.sqlite, without its password: postgresql+psycopg://ROLE@HOST/NAME",
    )
    where.add_argument(
        "--database-file",
        type=Path,
        metavar="FILE",
        help="a file (mode 600) that holds the URL; or the variable CHECKPOINT_HUB_DATABASE",
    )
