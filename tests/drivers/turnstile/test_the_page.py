"""docs/turnstile.md has a row for every dialect, and says of each who keeps the longest ON."""

from __future__ import annotations

import re

import pytest

from drivers.turnstile.protocols.catalogue import PROTOCOLS
from tests.drivers.turnstile.conftest import ROOT
from tests.drivers.turnstile.devices import NAMES, device

PAGE = (ROOT / "docs" / "turnstile.md").read_text(encoding="utf-8")
ROWS = {
    name: [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if line.startswith("| `")
    for name in re.findall(r"`([^`]+)`", line.split("|")[1])
}


@pytest.mark.parametrize("name", NAMES)
def test_every_dialect_has_a_row_that_is_true(name: str) -> None:
    _, _, wire, confirms, inputs, longest_on, _ = ROWS[name]
    can = device(name).capabilities
    assert ("**board**" in longest_on) is can.keeps_max_on
    assert ("TCP" in wire) is device(name).over_network
    if name != "generic":
        assert ("read back" in confirms) is can.reads_back
        assert ("**yes**" in confirms) is can.acknowledges
    assert (inputs in ("none", "-")) is (PROTOCOLS[name].contacts == 0)


def test_the_page_says_why_icse_boards_are_refused() -> None:
    assert "ICSE012A" in PAGE
    assert "no safe way to open it" in PAGE
