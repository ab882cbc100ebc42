"""`main.py commission` against an emulated device: its path is a device's path."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from config.settings import Turnstile
from drivers.turnstile.commissioning.bench import Skipped, Source
from drivers.turnstile.emulators.catalogue import emulator
from drivers.turnstile.emulators.numato import NumatoFirmware
from drivers.turnstile.emulators.person import NOBODY
from drivers.turnstile.emulators.pty import Emulator
from kiosk.commands.door import main
from kiosk.commissioning.asked import NotPossible, loop_back, steps, watched_json
from kiosk.commissioning.sheet import TURNED
from kiosk.commissioning.terminal import AtTerminal
from kiosk.program import ROOT
from sync.device_key import device_key
from sync.journal_reader import JournalReader

SETTINGS = """
[lane]
id = "7"
station = "North"
[journal]
folder = "{folder}/state"
[turnstile]
protocol = "{protocol}"
path = "{folder}/gate"
passage_s = 0.6
"""


def settings_file(folder: Path, protocol: str = "numato") -> Path:
    file = folder / "kiosk.toml"
    file.write_text(SETTINGS.format(folder=folder, protocol=protocol))
    return file


def test_an_emulated_gate_is_commissioned_through_its_own_process_and_the_sheet_proves_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with emulator("numato", tmp_path / "gate") as device:
        device.set_person(NOBODY)
        command = [
            sys.executable,
            str(ROOT / "main.py"),
            "commission",
            "--config",
            str(settings_file(tmp_path)),
        ]
        chosen = ["--loop-back", "input:5", "--steps", "identify,polarity,power", "--by", "Tester"]
        done = subprocess.run(
            [*command, *chosen], input="s no hands\n", capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 1, done.stderr
        assert device.firmware.pulses == 1
        assert not device.firmware.on
    assert "open at rest, closed in the pulse, open after it" in done.stdout
    assert "left out  power: no hands" in done.stdout
    state = tmp_path / "state"
    with_key = ["--key", str(state / "device.pub.pem")]
    assert main(["commission", "--check", str(state / "gate-sheet.json"), *with_key]) == 0
    assert "NOT PROVEN" in capsys.readouterr().out
    changed = tmp_path / "changed.json"
    changed.write_bytes((state / "gate-sheet.json").read_bytes().replace(b"Tester", b"Nobody"))
    assert main(["commission", "--check", str(changed), *with_key]) == 1
    reader = JournalReader(state)
    assert [record.kind for record in reader.records(0, 100, 1 << 20)][-1] == "gate.commissioned"
    reader.close()


def test_a_lane_without_a_gate_has_nothing_to_commission(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["commission", "--config", str(settings_file(tmp_path, "none"))]) == 2
    assert "no gate" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("", "This lane has one direction"),
        ("[other_direction]\ndirection = 'to_macao'\npolicy = 'p.json'\nway_out = 'left'", "name the relay"),
    ],
)
def test_only_a_direction_that_is_there_is_commissioned(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: str, said: str
) -> None:
    file = settings_file(tmp_path)
    file.write_text(f"{file.read_text()}\n{more}\n")
    assert main(["commission", "--config", str(file), "--turned"]) == 2
    assert said in capsys.readouterr().err


def test_the_other_direction_is_commissioned_by_its_own_relay(tmp_path: Path) -> None:
    file = settings_file(tmp_path)
    other = "direction = 'to_macao'\npolicy = 'p.json'\nway_out = 'left'\nchannel = 2"
    file.write_text(f"{file.read_text()}\n[other_direction]\n{other}\n")
    with Emulator(NumatoFirmware(channel=2), tmp_path / "gate") as device:
        device.set_person(NOBODY)
        command = [sys.executable, str(ROOT / "main.py"), "commission", "--config", str(file), "--turned"]
        chosen = ["--loop-back", "input:5", "--steps", "identify,polarity"]
        done = subprocess.run(
            [*command, *chosen], input="", capture_output=True, text=True, timeout=60, check=False
        )
        assert device.firmware.pulses == 1, done.stdout + done.stderr
    assert json.loads((tmp_path / "state" / TURNED).read_text())["sheet"]["gate"]["channel"] == 2


def test_while_the_kiosk_runs_nothing_is_tried(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.desk.orders.lane_runs", lambda _: True)
    assert main(["commission", "--config", str(settings_file(tmp_path))]) == 2
    assert "stop it" in capsys.readouterr().err


@pytest.mark.parametrize("more", [["--loop-back", "tea"], ["--steps", "tea"]])
def test_what_there_is_not_is_said_with_what_there_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[str]
) -> None:
    assert main(["commission", "--config", str(settings_file(tmp_path)), *more]) == 2
    said = capsys.readouterr().err
    assert "input:N" in said or "identify" in said


def test_checking_wants_a_key(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["commission", "--check", str(tmp_path / "none")]) == 2
    assert "--key" in capsys.readouterr().err
    device_key(tmp_path)
    assert (
        main(["commission", "--check", str(tmp_path / "none"), "--key", str(tmp_path / "device.pub.pem")])
        == 2
    )


def test_where_the_contact_is_seen(tmp_path: Path) -> None:
    gate = Turnstile(protocol="numato", path=tmp_path / "gate")
    assert loop_back("", gate)[0].source is Source.READ_BACK
    assert loop_back("", Turnstile(protocol="lcus"))[0].source is Source.PERSON
    found, line = loop_back("input:5", gate)
    assert (found.source, found.number, line) == (Source.INPUT, 5, None)
    assert '"spare": 5' in watched_json(gate, found)
    other, line = loop_back("cts:/dev/none", gate)
    assert other.source is Source.LINE
    assert line is not None
    assert line._feeds
    own = loop_back(f"dcd:{tmp_path}/gate", gate)[1]
    assert own is not None
    assert not own._feeds, "the lines of the gate's own port rest"
    with pytest.raises(NotPossible, match="cannot be read back"):
        loop_back("read-back", Turnstile(protocol="lcus"))
    assert steps(" pulse, power ") == ["pulse", "power"]


# --- the person ---


def at(text: str) -> AtTerminal:
    return AtTerminal(io.StringIO(text), io.StringIO())


def test_a_question_is_asked_until_it_is_answered() -> None:
    assert at("maybe\nY\n").sees("?")
    assert not at("no\n").sees("?")
    assert at("a lot\n-1\n412,5\n").reads("?") == 412.5
    at("done\n\n").do("!")


@pytest.mark.parametrize(
    ("line", "why"), [("", "nobody answered"), ("s\n", "no reason was given"), ("s wet\n", "wet")]
)
def test_a_step_is_left_out_with_its_reason(line: str, why: str) -> None:
    for ask in (at(line).do, at(line).sees, at(line).reads):
        with pytest.raises(Skipped, match=why):
            ask("!")
