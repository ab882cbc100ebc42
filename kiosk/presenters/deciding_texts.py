"""The sentences of deciding beyond the plain panel's: taking back, notes, cards (context Officer)."""

from __future__ import annotations

from kiosk.i18n.mark import QT_TRANSLATE_NOOP
from verification.assessment import Revocation, Signature, Validity

TAKE_BACK = QT_TRANSLATE_NOOP("Officer", "Take back “{what}” ({seconds} s)")
SURE = QT_TRANSLATE_NOOP("Officer", "How sure")
TO_CHECK = QT_TRANSLATE_NOOP("Officer", "Check")
PROVEN = QT_TRANSLATE_NOOP("Officer", "Genuine: {checks}")
NOT_PROVEN = QT_TRANSLATE_NOOP("Officer", "Not proven: {checks}")
ENTERED = QT_TRANSLATE_NOOP("Officer", "Not proven: entered by an officer, no signature")
SIGNATURES = {
    Signature.VALID: QT_TRANSLATE_NOOP("Officer", "signature right"),
    Signature.INVALID: QT_TRANSLATE_NOOP("Officer", "signature wrong"),
    Signature.UNKNOWN_SIGNER: QT_TRANSLATE_NOOP("Officer", "signer not known here"),
    Signature.UNCHECKED: QT_TRANSLATE_NOOP("Officer", "signature not checked"),
}
VALIDITIES = {
    Validity.VALID: QT_TRANSLATE_NOOP("Officer", "in date"),
    Validity.EXPIRED: QT_TRANSLATE_NOOP("Officer", "out of date"),
    Validity.NOT_YET_VALID: QT_TRANSLATE_NOOP("Officer", "not valid yet"),
    Validity.UNKNOWN: QT_TRANSLATE_NOOP("Officer", "dates not known"),
}
REVOCATIONS = {
    Revocation.CLEAR: QT_TRANSLATE_NOOP("Officer", "not revoked"),
    Revocation.REVOKED: QT_TRANSLATE_NOOP("Officer", "revoked"),
    Revocation.NO_LIST: QT_TRANSLATE_NOOP("Officer", "revocation not checked, no list"),
    Revocation.STALE: QT_TRANSLATE_NOOP("Officer", "revocation not checked, list too old"),
}
CHECK_NAME = QT_TRANSLATE_NOOP("Officer", "Is the name that of the travel document?")
CHECK_HOLDER = QT_TRANSLATE_NOOP("Officer", "It names nobody: ask whose it is, look at the travel document.")
CHECK_PAPER = QT_TRANSLATE_NOOP("Officer", "Look at the paper again: name, days, seal.")
CHECK_SPECIMEN = QT_TRANSLATE_NOOP("Officer", "A specimen proves nothing: ask for the real one.")
CARD_READ = QT_TRANSLATE_NOOP("Officer", "Card of {officer} read. Now the PIN.")
CARD_TROUBLE = QT_TRANSLATE_NOOP(
    "Officer", "The card reader does not work: type the number. Tell the technician."
)
NOTE = QT_TRANSLATE_NOOP("Officer", "Note: stays here, no names")
