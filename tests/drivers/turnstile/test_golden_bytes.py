"""Every published frame of the dialects, in both directions, and checks computed by nobody's code."""

from __future__ import annotations

import inspect

import pytest

from config.settings import Turnstile
from drivers.turnstile.emulators.catalogue import FIRMWARES
from drivers.turnstile.port import Way
from drivers.turnstile.protocols import codec
from drivers.turnstile.protocols.catalogue import PROTOCOLS, protocol
from drivers.turnstile.protocols.codec import (
    Acknowledged,
    Off,
    Passed,
    Query,
    Rejected,
    RelayIs,
    Release,
    UnsuitableSetting,
)

ON = Release(Way.FORWARD, 0.4)


@pytest.mark.parametrize(
    ("channel", "on", "off"),
    [
        (1, "A0 01 01 A2", "A0 01 00 A1"),
        (2, "A0 02 01 A3", "A0 02 00 A2"),
        (3, "A0 03 01 A4", "A0 03 00 A3"),
        (4, "A0 04 01 A5", "A0 04 00 A4"),
    ],
)
def test_lcus_commands_are_the_published_bytes(channel: int, on: str, off: str) -> None:
    lcus = protocol("lcus", channel)
    assert lcus.encode(ON) == bytes.fromhex(on)
    assert lcus.encode(Off()) == bytes.fromhex(off)
    assert lcus.encode(Query()) == b"\xff"


@pytest.mark.parametrize(
    ("data", "events"),
    [
        (b"CH1: ON\r\n", [RelayIs(True)]),
        (b"CH1: OFF\r\nCH2: ON\r\n", [RelayIs(False)]),
        (b"CH2: ON\r\n", []),
    ],
)
def test_lcus_status_lines_tell_our_own_relay(data: bytes, events: list[codec.Event]) -> None:
    assert protocol("lcus", 1).decoder().feed(data) == events


@pytest.mark.parametrize(
    ("command", "data"),
    [
        (Release(Way.FORWARD, 0.4), "02 02 00 48 48"),
        (Release(Way.BACKWARD, 0.4), "02 02 00 41 41"),
        (Off(), "02 02 00 43 43"),
        (Query(), ""),
    ],
)
def test_tx1500_commands_are_the_published_bytes(command: codec.Command, data: str) -> None:
    assert protocol("tx1500", 1).encode(command) == bytes.fromhex(data)


@pytest.mark.parametrize(
    ("data", "event"),
    [
        ("02 02 00 06 06", Acknowledged()),
        ("02 02 00 15 15", Rejected()),
        ("02 02 00 1A 1A", Passed(Way.FORWARD)),
        ("02 02 00 1B 1B", Passed(Way.BACKWARD)),
    ],
)
def test_tx1500_answers_are_read(data: str, event: codec.Event) -> None:
    assert protocol("tx1500", 1).decoder().feed(bytes.fromhex(data)) == [event]


@pytest.mark.parametrize("data", ["02 02 00 06 07", "02 02 00 48 48", "02 03 00 4C 48 05", "02 02 01 06 07"])
def test_tx1500_takes_neither_damaged_frames_nor_an_echo_for_an_answer(data: str) -> None:
    assert protocol("tx1500", 1).decoder().feed(bytes.fromhex(data)) == []


def test_invariant_7_toggle_latch_and_all_on_are_not_in_the_api() -> None:
    assert set(codec.Command.__args__) == {Off, Release, Query}
    for kind in PROTOCOLS.values():
        names = {name for name, _ in inspect.getmembers(kind) if not name.startswith("_")}
        assert not [
            name for name in names if any(word in name for word in ("toggle", "latch", "all", "free"))
        ]


@pytest.mark.parametrize("name", sorted(PROTOCOLS))
def test_invariant_7_no_release_is_a_free_program_or_all_on_frame(name: str) -> None:
    dialect = protocol(name, 1)
    sent = {dialect.encode(Release(way, 0.4)) for way in Way} | {dialect.encode(Off())}
    assert not sent & {bytes.fromhex(item) for item in ("0203004C4805", "0202004444", "0203005348 1A")}


def test_every_dialect_has_settings_and_an_emulator() -> None:
    choices = set(Turnstile.model_fields["protocol"].annotation.__args__)  # type: ignore[union-attr]
    assert choices - {"none"} == set(PROTOCOLS) == set(FIRMWARES)


def test_a_channel_that_the_device_does_not_have_is_one_clear_line() -> None:
    with pytest.raises(UnsuitableSetting, match=r"turnstile\.channel = 9: lcus has channels 1 to 8"):
        protocol("lcus", 9)
    with pytest.raises(UnsuitableSetting, match=r"turnstile\.channel = 2: tx1500 has only channel 1"):
        protocol("tx1500", 2)
