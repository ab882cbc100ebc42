"""What the sheet of practice says (context Officer)."""

from __future__ import annotations

from kiosk.i18n.mark import QT_TRANSLATE_NOOP

TITLE = QT_TRANSLATE_NOOP("Officer", "Codes to practise with")
GOOD_ON = QT_TRANSLATE_NOOP("Officer", "Made {time}, good that day. Only a lane in practice admits them.")
FIRST = QT_TRANSLATE_NOOP("Officer", "First: {what}")
AGAIN = QT_TRANSLATE_NOOP("Officer", "Shown again: {what}")
NO_CODE = QT_TRANSLATE_NOOP("Officer", "No health code: no crossing begins, the lane goes on looking.")
