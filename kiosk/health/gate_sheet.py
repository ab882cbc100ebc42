"""Whether the gate was ever proven on its place, and whether it is still the one that was."""

from __future__ import annotations

from collections.abc import Sequence

from config.settings import Settings
from drivers.turnstile.commissioning.identity import usb_identity
from drivers.turnstile.commissioning.steps import Result, Verdict
from kiosk.commissioning.sheet import NAME, NotASheet, Sheet, read
from kiosk.health.finding import Finding, look, well
from sync.device_key import FILE
from sync.signing import KeyUnusable, load_public

DO = "run main.py commission."


def gate_sheet(settings: Settings) -> Sequence[Finding]:
    """Reads the sheet beside the journal. Touches no device."""
    if settings.turnstile.protocol == "none":
        return []
    file = settings.journal.folder / NAME
    try:
        sheet = read(file, load_public((settings.journal.folder / FILE).with_suffix(".pub.pem")))
    except FileNotFoundError:
        return [look("GS", f"This gate was never proven on its place: {DO}")]
    except NotASheet as error:
        return [look("GS", f"{file.name} does not count. {error} Remove it and {DO}")]
    except KeyUnusable:
        return [look("GS", f"{file.name} cannot be checked without this kiosk's key: {DO}")]
    except OSError as error:
        return [look("GS", f"{file.name} cannot be read ({error.strerror}): {DO}")]
    return [_of(sheet, settings)]


def _of(sheet: Sheet, settings: Settings) -> Finding:
    others = sheet.differs(settings.turnstile)
    if others:
        now = settings.turnstile.model_dump(mode="json")
        changes = ", ".join(f"{key} was {sheet.gate.get(key)}, is {now[key]}" for key in others[:3])
        return look("GS", f"The sheet is of another gate (turnstile.{changes}): {DO}")
    is_there = "" if settings.turnstile.host else usb_identity(settings.turnstile.path)
    if sheet.device and is_there and sheet.device != is_there:
        return look("GS", f"The sheet is of another board ({sheet.device}, here is {is_there}): {DO}")
    match sheet.verdict:
        case Verdict.UNFIT:
            failed = ", ".join(sheet.named(Result.FAIL))
            return look("GS", f"This gate failed ({failed}): hold the lane, mend it and {DO}")
        case Verdict.GAPS:
            return look("GS", f"Steps were left out ({', '.join(sheet.lacks)}): {DO}")
    return well("GS", f"This gate was proven on its place on {sheet.made:%Y-%m-%d}.")
