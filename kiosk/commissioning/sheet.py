"""A signed sheet: one gate, what was tried on it, what was measured, and this kiosk's signature."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from config.settings import Settings, Turnstile
from drivers.turnstile.commissioning.plan import PLAN
from drivers.turnstile.commissioning.steps import Result, Row, Verdict, verdict
from drivers.turnstile.from_settings import turned
from sync.canonical import (
    COMMISSIONING,
    NotCanonical,
    canonical_json,
    read_json_object,
    utc_text,
    utc_time,
)
from sync.device_key import DeviceKey
from sync.signing import PublicKey, write_private

NAME = "gate-sheet.json"
"""In the journal's folder: the sheet that `doctor` looks for."""
TURNED = "gate-sheet-turned.json"
"""The same of a lane's other direction."""
LARGEST = 256 * 1024
PROVEN_BY = (
    *("protocol", "path", "host", "port", "unit", "channel", "baud"),
    *("pulse_ms", "max_on_ms", "way", "inputs", "frames"),
)
"""The settings that a sheet speaks for."""


class NotASheet(Exception):
    """A file that proves nothing. `str()` is one sentence."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One commissioning, whole."""

    station: str
    lane: str
    made: datetime
    program: str
    by: str
    """Who did it, as they wrote themselves; may be empty."""
    gate: Mapping[str, Any]
    """The settings that it speaks for, as in the settings file."""
    device: str
    """What the USB port says of itself; empty where it says nothing."""
    loop_back: str
    rows: tuple[Row, ...]

    @property
    def verdict(self) -> Verdict:
        """One word for the whole."""
        return verdict(self.rows, PLAN)

    def named(self, result: Result) -> list[str]:
        """The steps that ended so."""
        return [row.step for row in self.rows if row.result is result]

    @property
    def lacks(self) -> list[str]:
        """The needed steps that were left out."""
        needed = {step.name for step in PLAN if step.needed}
        return [name for name in self.named(Result.SKIPPED) if name in needed]

    def differs(self, turnstile: Turnstile) -> list[str]:
        """The settings in which a lane's gate is another than the one on this sheet."""
        now = gate_of(turnstile)
        return [key for key in PROVEN_BY if self.gate.get(key) != now[key]]


def gate_of(turnstile: Turnstile) -> dict[str, Any]:
    """The settings that a sheet speaks for."""
    table = turnstile.model_dump(mode="json")
    return {key: table[key] for key in PROVEN_BY}


def gates_of(settings: Settings) -> dict[str, Turnstile]:
    """A lane's gate by the name of the sheet that has to speak for it: as it is, and as it is when turned."""
    own, other = settings.turnstile, settings.other_direction
    if own.protocol == "none":
        return {}
    return {NAME: own} | ({TURNED: turned(own, other.channel or own.channel)} if other.direction else {})


def sealed(sheet: Sheet, device: DeviceKey) -> bytes:
    """The sheet as JSON with the device's signature (docs/commissioning.md)."""
    table = _table(sheet)
    signature = base64.b64encode(device.sign(COMMISSIONING + canonical_json(table))).decode()
    return json.dumps({"sheet": table, "signature": signature}, ensure_ascii=False, indent=1).encode() + b"\n"


def save(sheet: Sheet, device: DeviceKey, file: Path) -> bytes:
    """Writes it, whole or not at all, and returns what was written. Raises OSError."""
    data = sealed(sheet, device)
    write_private(file, data, mode=0o644)
    return data


def opened(data: bytes, device: PublicKey) -> Sheet:
    """The sheet in these bytes, if `device` signed it. Raises `NotASheet`."""
    if len(data) > LARGEST:
        raise NotASheet("It is too long for a commissioning sheet.")
    try:
        both = read_json_object(data)
        table, signature = both["sheet"], base64.b64decode(str(both["signature"]), validate=True)
        if not isinstance(table, dict) or set(both) != {"sheet", "signature"}:
            raise NotASheet("It is no commissioning sheet.")
        if not device.verifies(signature, COMMISSIONING + canonical_json(table)):
            raise NotASheet("It was not signed by this key, or was changed after that.")
        return _sheet(table)
    except (NotCanonical, KeyError, TypeError, ValueError, binascii.Error) as error:
        raise NotASheet("It is no commissioning sheet.") from error


def read(file: Path, device: PublicKey) -> Sheet:
    """The sheet in a file. Raises `NotASheet` and OSError."""
    with file.open("rb") as stream:
        return opened(stream.read(LARGEST + 1), device)


def _table(sheet: Sheet) -> dict[str, Any]:
    return {
        "version": 1,
        "station": sheet.station,
        "lane": sheet.lane,
        "made": utc_text(sheet.made),
        "program": sheet.program,
        "by": sheet.by,
        "gate": dict(sheet.gate),
        "device": sheet.device,
        "loop_back": sheet.loop_back,
        "rows": [asdict(row) for row in sheet.rows],
        "verdict": sheet.verdict.value,
    }


def _sheet(table: dict[str, Any]) -> Sheet:
    if table["version"] != 1:
        raise NotASheet("It was made by a newer program: check it with that one.")
    rows = tuple(Row(**{**row, "result": Result(row["result"])}) for row in table["rows"])
    words = {name: str(table[name]) for name in ("station", "lane", "program", "by", "device", "loop_back")}
    sheet = Sheet(made=utc_time(table["made"]), gate=dict(table["gate"]), rows=rows, **words)
    if sheet.verdict.value != table["verdict"]:
        raise NotASheet("Its verdict does not follow from its steps.")
    return sheet
