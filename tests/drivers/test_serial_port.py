"""Opening a port: claimed alone, lines as asked, and each failure in one word."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from drivers.pseudo_terminal import PseudoTerminal
from drivers.serial_port import FAILURES, Trouble, let_go, opened, received, trouble


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (errno.ENOENT, Trouble.ABSENT),
        (errno.EACCES, Trouble.FORBIDDEN),
        (errno.EBUSY, Trouble.BUSY),
        (errno.ENOTTY, Trouble.OTHER_KIND),
        (errno.EIO, Trouble.UNKNOWN),
    ],
)
def test_each_failure_is_one_word(number: int, word: Trouble) -> None:
    assert trouble(OSError(number, "no")) is word
    assert trouble(TypeError("no")) is Trouble.UNKNOWN


def test_a_port_is_one_programs_and_lines_are_as_asked(tmp_path: Path) -> None:
    with PseudoTerminal(tmp_path / "port") as device:
        port = opened(str(device.link), 9600, lines=False)
        assert (port.dtr, port.rts) == (False, False)
        with pytest.raises(FAILURES) as second:
            opened(str(device.link), 9600, lines=False)
        assert trouble(second.value) is Trouble.BUSY
        device.give(b"abc")
        assert received(port).startswith(b"a")
        let_go(port)
        let_go(port)
        other = opened(str(device.link), 9600, lines=True)
        assert (other.dtr, other.rts) == (True, True)
        let_go(other)


def test_a_path_without_a_port_is_absent(tmp_path: Path) -> None:
    with pytest.raises(FAILURES) as failed:
        opened(str(tmp_path / "none"), 9600, lines=False)
    assert trouble(failed.value) is Trouble.ABSENT
