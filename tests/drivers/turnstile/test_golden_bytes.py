"""Every published frame of the dialects, in both directions, and checks computed by nobody's code."""

from __future__ import annotations

import inspect

import pytest

from config.settings import GateProtocol
from drivers.turnstile.emulators.catalogue import FIRMWARES
from drivers.turnstile.port import Way
from drivers.turnstile.protocols import codec
from drivers.turnstile.protocols.catalogue import PROTOCOLS, protocol
from drivers.turnstile.protocols.codec import (
    About,
    Acknowledged,
    Checked,
    Counted,
    InputsAre,
    Off,
    Passed,
    Prepare,
    Query,
    Rejected,
    RelayIs,
    Release,
)
from drivers.turnstile.protocols.k8090 import NO_JUMPER
from drivers.turnstile.protocols.modbus import crc16
from drivers.turnstile.protocols.wirenboard import NO_SAFE_MODE
from drivers.turnstile.wiring import Frames, Inputs, UnsuitableSetting, Wiring
from tests.drivers.turnstile.devices import device

HALF = Release(Way.FORWARD, 0.4)
SEVEN = Release(Way.FORWARD, 0.7)
RELAY, INPUTS, CHECK = Query(About.RELAY), Query(About.INPUTS), Query(About.CHECK)

SENT: list[tuple[str, int, codec.Command, str]] = [
    # name, channel, command, the published bytes
    ("lcus", 1, HALF, "A0 01 01 A2"),
    ("lcus", 2, HALF, "A0 02 01 A3"),
    ("lcus", 3, HALF, "A0 03 01 A4"),
    ("lcus", 4, HALF, "A0 04 01 A5"),
    ("lcus", 1, Off(), "A0 01 00 A1"),
    ("lcus", 2, Off(), "A0 02 00 A2"),
    ("lcus", 3, Off(), "A0 03 00 A3"),
    ("lcus", 4, Off(), "A0 04 00 A4"),
    ("lcus", 1, RELAY, "FF"),
    ("hw667", 1, HALF, "CC"),
    ("hw667", 1, Off(), "BB"),
    ("hw667", 1, RELAY, ""),
    ("kmtronic", 1, HALF, "FF 01 01"),
    ("kmtronic", 2, HALF, "FF 02 01"),
    ("kmtronic", 1, Off(), "FF 01 00"),
    ("kmtronic", 2, RELAY, "FF 02 03"),
    ("kmtronic-4", 4, HALF, "FF 04 01"),
    ("kmtronic-4", 4, Off(), "FF 04 00"),
    ("kmtronic-4", 4, RELAY, "FF 09 00"),
    ("kmtronic-8", 8, HALF, "FF 08 01"),
    ("kmtronic-8", 8, RELAY, "FF 09 00"),
    ("devantech", 1, HALF, "65"),
    ("devantech", 8, HALF, "6C"),
    ("devantech", 1, Off(), "6F"),
    ("devantech", 8, Off(), "76"),
    ("devantech", 1, RELAY, "5B"),
    ("eth008", 3, HALF, "20 03 04"),
    ("eth008", 3, Release(Way.FORWARD, 0.05), "20 03 01"),
    ("eth008", 3, Off(), "21 03 00"),
    ("eth008", 3, RELAY, "24"),
    ("k8090", 1, HALF, "04 41 01 00 01 B9 0F"),
    ("k8090", 1, Off(), "04 12 01 00 00 E9 0F"),
    ("k8090", 1, RELAY, "04 18 00 00 00 E4 0F"),
    ("k8090", 1, CHECK, "04 70 00 00 00 8C 0F"),
    ("waveshare", 1, SEVEN, "01 05 02 00 00 07 8D B0"),
    ("waveshare", 1, Off(), "01 05 00 00 00 00 CD CA"),
    ("waveshare", 1, RELAY, "01 01 00 00 00 08 3D CC"),
    ("waveshare", 1, INPUTS, "01 02 00 00 00 08 79 CC"),
    ("lctech", 1, HALF, "FF 05 00 00 FF 00 99 E4"),
    ("lctech", 1, Off(), "FF 05 00 00 00 00 D8 14"),
    ("lctech", 1, RELAY, "FF 01 00 00 00 08 28 12"),
    ("lctech", 1, INPUTS, "FF 02 00 00 00 08 6C 12"),
    ("r421a08", 1, Release(Way.FORWARD, 5.0), "01 06 00 01 06 05 1B A9"),
    ("r421a08", 1, Off(), "01 06 00 01 02 00 D9 6A"),
    ("r421a08", 1, RELAY, "01 03 00 01 00 01 D5 CA"),
    ("modbus-a", 1, HALF, "01 05 00 01 01 00 9D 9A"),
    ("modbus-a", 1, Off(), "01 05 00 01 00 00 9C 0A"),
    ("modbus-a", 1, RELAY, ""),
    ("modbus-b", 1, HALF, "01 06 00 00 00 01 48 0A"),
    ("modbus-b", 1, Off(), "01 06 00 00 00 00 89 CA"),
    ("modbus-b", 1, INPUTS, "01 04 00 00 00 01 31 CA"),
    ("wirenboard", 1, HALF, "01 05 00 00 FF 00 8C 3A"),
    ("wirenboard", 1, Off(), "01 05 00 00 00 00 CD CA"),
    ("wirenboard", 1, RELAY, "01 01 00 00 00 08 3D CC"),
    ("wirenboard", 1, INPUTS, "01 02 00 00 00 08 79 CC"),
    ("wirenboard", 1, Prepare(0), "01 06 00 08 00 01 C9 C8"),
    ("wirenboard", 1, Prepare(1), "01 06 00 06 00 00 69 CB"),
    ("wirenboard", 1, CHECK, "01 03 00 08 00 01 05 C8"),
    ("tx1500", 1, HALF, "02 02 00 48 48"),
    ("tx1500", 1, Release(Way.BACKWARD, 0.4), "02 02 00 41 41"),
    ("tx1500", 1, Off(), "02 02 00 43 43"),
    ("tx1500", 1, RELAY, ""),
    ("tpw321", 1, HALF, "02 14 02 31 30 04"),
    ("tpw321", 1, Release(Way.BACKWARD, 0.4), "02 14 02 30 31 04"),
    ("tpw321", 1, Off(), "02 14 02 30 30 04"),
    ("tpw321", 1, RELAY, "02 28 01 30 04"),
    ("tpw321", 1, INPUTS, "02 28 01 31 04"),
    ("generic", 1, HALF, "A0 01 01 A2"),
    ("generic", 1, Off(), "A0 01 00 A1"),
    ("generic", 1, RELAY, "5B"),
]

HEARD: list[tuple[str, int, codec.Command, str, list[codec.Event]]] = [
    # name, channel, what was asked, the bytes that came, what they say
    ("lcus", 1, RELAY, b"CH1: ON\r\n".hex(), [RelayIs(True)]),
    ("lcus", 1, RELAY, b"CH1: OFF\r\nCH2: ON\r\n".hex(), [RelayIs(False)]),
    ("lcus", 1, RELAY, b"CH2: ON\r\n".hex(), []),
    ("hw667", 1, Off(), "BB", []),
    ("kmtronic", 1, RELAY, "FF 01 01", [RelayIs(True)]),
    ("kmtronic", 2, RELAY, "FF 02 00", [RelayIs(False)]),
    ("kmtronic", 2, RELAY, "FF 01 01", []),
    ("kmtronic", 1, HALF, "FF 01 01", []),
    ("kmtronic-4", 3, RELAY, "00 00 01 00", [RelayIs(True)]),
    ("kmtronic-8", 8, RELAY, "00 00 00 00 00 00 00 01", [RelayIs(True)]),
    ("kmtronic-8", 1, RELAY, "00 00 00 00 00 00 00 01", [RelayIs(False)]),
    ("kmtronic-8", 1, Off(), "01 01 01 01 01 01 01 01", []),
    ("devantech", 1, RELAY, "01", [RelayIs(True)]),
    ("devantech", 2, RELAY, "01", [RelayIs(False)]),
    ("devantech", 1, HALF, "01", []),
    ("eth008", 1, HALF, "00", [Acknowledged()]),
    ("eth008", 1, HALF, "01", [Rejected()]),
    ("eth008", 1, HALF, "07", []),
    ("eth008", 3, RELAY, "04", [RelayIs(True)]),
    ("eth008", 3, RELAY, "00", [RelayIs(False)]),
    ("k8090", 1, HALF, "04 51 00 01 00 AA 0F", [RelayIs(True)]),
    ("k8090", 2, HALF, "04 51 00 01 00 AA 0F", [RelayIs(False)]),
    ("k8090", 1, Off(), "04 50 01 01 00 AA 0F", [InputsAre(1)]),
    ("k8090", 1, Off(), "04 50 01 01 00 AA 0F 04 50 00 00 01 AB 0F", [InputsAre(1), InputsAre(0)]),
    ("k8090", 1, CHECK, "04 70 00 01 00 8B 0F", [Checked()]),
    ("k8090", 1, CHECK, "04 70 00 00 00 8C 0F", [Checked(NO_JUMPER)]),
    ("k8090", 1, HALF, "04 51 00 01 00 AB 0F", []),
    ("waveshare", 1, RELAY, "01 01 01 01 90 48", [RelayIs(True)]),
    ("waveshare", 2, RELAY, "01 01 01 01 90 48", [RelayIs(False)]),
    ("waveshare", 1, HALF, "01 05 02 00 00 07 8D B0", []),
    ("waveshare", 1, RELAY, "01 01 01 01 90 49", []),
    ("lctech", 1, INPUTS, "FF 02 01 01 51 A0", [InputsAre(1)]),
    ("r421a08", 1, RELAY, "01 03 02 00 01 79 84", [RelayIs(True)]),
    ("r421a08", 1, RELAY, "01 03 02 00 00 B8 44", [RelayIs(False)]),
    ("modbus-a", 1, HALF, "01 05 00 01 01 00 9D 9A", []),
    ("modbus-b", 1, INPUTS, "01 04 02 00 01 78 F0", [InputsAre(1)]),
    ("wirenboard", 1, CHECK, "01 03 02 00 01 79 84", [Checked()]),
    ("wirenboard", 1, CHECK, "01 03 02 00 00 B8 44", [Checked(NO_SAFE_MODE)]),
    ("tx1500", 1, HALF, "02 02 00 06 06", [Acknowledged()]),
    ("tx1500", 1, HALF, "02 02 00 15 15", [Rejected()]),
    ("tx1500", 1, HALF, "02 02 00 1A 1A", [Passed(Way.FORWARD)]),
    ("tx1500", 1, HALF, "02 02 00 1B 1B", [Passed(Way.BACKWARD)]),
    ("tpw321", 1, HALF, "02 44 00 04", [Acknowledged()]),
    ("tpw321", 1, HALF, "02 F4 00 04", [Rejected()]),
    ("tpw321", 1, RELAY, "02 21 02 34 31 04", [Counted()]),
    ("tpw321", 1, RELAY, "022102343104 022102343204", [Counted(), Passed(Way.FORWARD), Counted()]),
    ("tpw321", 1, INPUTS, "022202343104 022202343304", [Counted(), Passed(Way.BACKWARD, 2), Counted()]),
    ("tpw321", 1, RELAY, "022102393904 0221013004", [Counted(), Counted()]),
    ("generic", 1, RELAY, "AA 01 05 55", [InputsAre(5), RelayIs(True)]),
    ("generic", 1, RELAY, "AA 01 05 54", []),
]


@pytest.mark.parametrize(("name", "channel", "command", "data"), SENT)
def test_commands_are_the_published_bytes(name: str, channel: int, command: codec.Command, data: str) -> None:
    assert device(name, channel).encode(command) == bytes.fromhex(data)


@pytest.mark.parametrize(
    ("command", "line"),
    [
        (HALF, b"relay on 0\r"),
        (Off(), b"\rrelay off 0\r"),
        (RELAY, b"relay read 0\r"),
        (INPUTS, b"gpio readall\r"),
        (Prepare(0), b"gpio iodir ff\r"),
    ],
)
def test_numato_commands_are_the_published_lines(command: codec.Command, line: bytes) -> None:
    assert device("numato", 1).encode(command) == line


def test_numato_relays_from_ten_on_are_letters() -> None:
    assert device("numato", 11).encode(HALF) == b"relay on A\r"


@pytest.mark.parametrize(
    ("said", "events"),
    [
        (b"relay read 0\n\ron\n\r>", [RelayIs(True)]),
        (b"relay read 0\n\roff\n\r>", [RelayIs(False)]),
        (b"relay read 1\n\ron\n\r>", []),
        (b"relay on 0\n\r>", []),
        (b"gpio readall\n\r02A1\n\r>", [InputsAre(0x2A1)]),
    ],
)
def test_numato_answers_are_read_between_the_prompts(said: bytes, events: list[codec.Event]) -> None:
    assert device("numato", 1).decoder().feed(said) == events


@pytest.mark.parametrize(("name", "channel", "asked", "data", "events"), HEARD)
def test_answers_are_read(
    name: str, channel: int, asked: codec.Command, data: str, events: list[codec.Event]
) -> None:
    decoder = device(name, channel).decoder()
    decoder.expect(asked)
    assert decoder.feed(bytes.fromhex(data)) == events


def test_every_dialect_has_golden_bytes_both_ways() -> None:
    assert {name for name, *_ in SENT} | {"numato"} == set(PROTOCOLS)
    assert {name for name, *_ in HEARD} | {"numato"} == set(PROTOCOLS)


@pytest.mark.parametrize(
    "published",
    [
        *("01 05 00 00 FF 00 8C 3A", "01 05 04 00 00 07 8D 38", "01 06 00 01 05 00 DB 5A"),
        *("FF 10 00 03 00 02 04 00 04 00 14 C5 9F", "FF 10 00 03 00 02 04 00 02 00 14 25 9E"),
        "01 06 00 01 01 00 D9 9A",
    ],
)
def test_the_modbus_check_is_that_of_published_frames(published: str) -> None:
    data = bytes.fromhex(published)
    assert crc16(data[:-2]) == data[-2:]


@pytest.mark.parametrize("seconds", [0.2, 0.4, 0.7, 1.0])
def test_a_waveshare_pulse_is_a_count_of_tenths_and_never_the_value_of_an_ordinary_coil(
    seconds: float,
) -> None:
    sent = device("waveshare", 1).encode(Release(Way.FORWARD, seconds))
    assert int.from_bytes(sent[4:6], "big") == round(seconds * 10)
    assert sent[4:6] not in (b"\xff\x00", b"\x55\x00")


@pytest.mark.parametrize("name", ["eth008", "waveshare"])
def test_a_device_that_times_the_pulse_is_never_given_zero_which_means_for_good(name: str) -> None:
    assert device(name, 1).encode(Release(Way.FORWARD, 0.001))[-1 if name == "eth008" else 5] == 1


@pytest.mark.parametrize("data", ["02 02 00 06 07", "02 02 00 48 48", "02 03 00 4C 48 05", "02 02 01 06 07"])
def test_tx1500_takes_neither_damaged_frames_nor_an_echo_for_an_answer(data: str) -> None:
    assert protocol("tx1500", 1).decoder().feed(bytes.fromhex(data)) == []


def test_invariant_7_toggle_latch_and_all_on_are_not_in_the_api() -> None:
    assert set(codec.Command.__args__) == {Off, Release, Query, Prepare}
    for kind in PROTOCOLS.values():
        names = {name for name, _ in inspect.getmembers(kind) if not name.startswith("_")}
        assert not [
            name for name in names if any(word in name for word in ("toggle", "latch", "all", "free"))
        ]


FORBIDDEN = {
    "tx1500": ["0203004C4805", "0202004444", "02030053481A"],
    "waveshare": ["010500FFFF00BC0A", "010500005500F29A"],
    "k8090": ["0414010000E70F", "04110100 00EA0F", "0411FF0000EC0F"],
    "devantech": ["64"],
    "hw667": ["AA"],
    "tpw321": ["0241013204", "0241013304", "021402313104"],
}
"""Free, toggle, latch, test and all-on frames of the manuals."""


@pytest.mark.parametrize("name", sorted(PROTOCOLS))
def test_invariant_7_no_release_is_a_free_program_or_all_on_frame(name: str) -> None:
    for channel in range(1, PROTOCOLS[name].channels + 1):
        dialect = device(name, channel)
        sent = {dialect.encode(Release(way, 0.4)) for way in Way} | {dialect.encode(Off())}
        assert not sent & {bytes.fromhex(item) for item in FORBIDDEN.get(name, [])}


@pytest.mark.parametrize("name", sorted(PROTOCOLS))
def test_off_is_short_enough_to_leave_at_once_and_is_never_a_release(name: str) -> None:
    dialect = device(name, 1)
    assert 1 <= len(dialect.encode(Off())) <= 16
    assert dialect.encode(Off()) not in {dialect.encode(Release(way, 0.4)) for way in Way}


def test_every_dialect_has_settings_and_an_emulator() -> None:
    choices = set(GateProtocol.__args__)  # type: ignore[attr-defined]
    assert choices - {"none"} == set(PROTOCOLS) == set(FIRMWARES)


def test_a_channel_that_the_device_does_not_have_is_one_clear_line() -> None:
    with pytest.raises(UnsuitableSetting, match=r"turnstile\.channel = 9: lcus has channels 1 to 8"):
        protocol("lcus", 9)
    with pytest.raises(UnsuitableSetting, match=r"turnstile\.channel = 2: tx1500 has only channel 1"):
        protocol("tx1500", 2)


@pytest.mark.parametrize(
    ("name", "wiring", "line"),
    [
        ("lcus", Wiring(unit=1), r"turnstile\.unit = 1: lcus has no address: leave it out"),
        ("r421a08", Wiring(unit=64), r"turnstile\.unit = 64: r421a08 has 1 to 63"),
        ("lcus", Wiring(inputs=Inputs(passage=1)), r"turnstile\.inputs\.passage = 1: lcus has no inputs"),
        (
            "waveshare",
            Wiring(inputs=Inputs(fire=9)),
            r"turnstile\.inputs\.fire = 9: waveshare has inputs 1 to 8",
        ),
        ("waveshare", Wiring(inputs=Inputs(fire=2, tamper=2)), "another contact is wired to this input"),
        ("k8090", Wiring(inputs=Inputs(fire=1)), "tells only changes, so it can watch no fire contact"),
        ("generic", Wiring(), r"turnstile\.frames\.on = ''"),
        ("generic", Wiring(frames=Frames("AA", "AA")), r"turnstile\.frames\.on = 'AA'"),
        ("generic", Wiring(frames=Frames("AA", "BB", "CC")), "ask and answer belong together"),
        ("generic", Wiring(frames=Frames("AA", "BB", "CC", "01 02")), "RR for the relays"),
    ],
)
def test_what_a_device_cannot_have_is_one_clear_line(name: str, wiring: Wiring, line: str) -> None:
    with pytest.raises(UnsuitableSetting, match=line):
        protocol(name, 1, wiring)
