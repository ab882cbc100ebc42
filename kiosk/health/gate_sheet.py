"""Whether the gate was ever proven on its place, and whether it is still the one that was."""

from __future__ import annotations

from collections.abc import Sequence

from config.settings import Settings, Turnstile
from drivers.turnstile.commissioning.identity import usb_identity
from drivers.turnstile.commissioning.steps import Result, Verdict
from kiosk.commissioning.sheet import NAME, NotASheet, Sheet, gates_of, read
from kiosk.health.finding import Finding, look, well
from sync.device_key import FILE
from sync.signing import KeyUnusable, load_public

DO = "run main.py commission."
DO_TURNED = "run main.py commission --turned."


def gate_sheet(settings: Settings) -> Sequence[Finding]:
    """Reads the sheet beside the journal, of either direction. Touches no device."""
    return [_sheet(settings, name, gate) for name, gate in gates_of(settings).items()]


def _sheet(settings: Settings, name: str, gate: Turnstile) -> Finding:
    file = settings.journal.folder / name
    do = DO if name == NAME else DO_TURNED
    try:
        sheet = read(file, load_public((settings.journal.folder / FILE).with_suffix(".pub.pem")))
    except FileNotFoundError:
        which = "This gate" if name == NAME else "This gate's other direction"
        return look("GS", f"{which} was never proven on its place: {do}")
    except NotASheet as error:
        return look("GS", f"{file.name} does not count. {error} Remove it and {do}")
    except KeyUnusable:
        return look("GS", f"{file.name} cannot be checked without this kiosk's key: {do}")
    except OSError as error:
        return look("GS", f"{file.name} cannot be read ({error.strerror}): {do}")
    return _of(sheet, gate, do)


def _of(sheet: Sheet, gate: Turnstile, do: str) -> Finding:
    others = sheet.differs(gate)
    if others:
        now = gate.model_dump(mode="json")
        changes = ", ".join(f"{key} was {sheet.gate.get(key)}, is {now[key]}" for key in others[:3])
        return look("GS", f"The sheet is of another gate (turnstile.{changes}): {do}")
    is_there = "" if gate.host else usb_identity(gate.path)
    if sheet.device and is_there and sheet.device != is_there:
        return look("GS", f"The sheet is of another board ({sheet.device}, here is {is_there}): {do}")
    match sheet.verdict:
        case Verdict.UNFIT:
            failed = ", ".join(sheet.named(Result.FAIL))
            return look("GS", f"This gate failed ({failed}): hold the lane, mend it and {do}")
        case Verdict.GAPS:
            return look("GS", f"Steps were left out ({', '.join(sheet.lacks)}): {do}")
    turned = "" if do == DO else "'s other direction"
    return well("GS", f"This gate{turned} was proven on its place on {sheet.made:%Y-%m-%d}.")
