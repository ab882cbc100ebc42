"""What the officer's page of a slip says (context Officer)."""

from __future__ import annotations

from drivers.printer.port import Printed
from kiosk.i18n.mark import QT_TRANSLATE_NOOP

SLIP = QT_TRANSLATE_NOOP("Officer", "Slip for the traveller")
SHOW = QT_TRANSLATE_NOOP("Officer", "Let the traveller photograph the code, in the language you choose here.")
PRINT = QT_TRANSLATE_NOOP("Officer", "Print the slip")
AGAIN = QT_TRANSLATE_NOOP("Officer", "Print it once more")
PRINTING = QT_TRANSLATE_NOOP("Officer", "Printing …")
CODE = QT_TRANSLATE_NOOP("Officer", "The slip as a code to be photographed")
BECAME = {
    Printed.DONE: QT_TRANSLATE_NOOP("Officer", "The slip is printed."),
    Printed.SENT: QT_TRANSLATE_NOOP(
        "Officer", "The slip was sent; this printer does not say whether it is printed: look."
    ),
    Printed.FAILED: QT_TRANSLATE_NOOP(
        "Officer", "The slip is not printed, or not whole: look at the printer."
    ),
}
