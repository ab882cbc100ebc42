"""The referral card: our verdict and why, and beside it what each code says in its issuer's words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from kiosk.presenters import officer_texts as t
from kiosk.presenters.officer_referral import Proof, Referral, Why
from kiosk.presenters.officer_texts import say
from kiosk.screens.officer_mark import IssuersColour, RoleMark
from kiosk.theme.palette import Role
from kiosk.widgets.read_whole import ReadWhole


class ReferralCard(QWidget):
    """Rebuilt when the referral changes, and only then."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Referral, str] | None = None
        self._scroll = ReadWhole()
        self.setFocusProxy(self._scroll)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll, 1)

    def show_referral(self, referral: Referral | None, language: str) -> None:
        """Shows a referral; None takes everything away, names first of all."""
        state = None if referral is None else (referral, language)
        if state == self._shown:
            return
        self._shown = state
        self._scroll.show_body(QWidget() if referral is None else _body(referral, language))


def _body(referral: Referral, language: str) -> QWidget:
    body = QWidget()
    column = QVBoxLayout(body)
    column.setContentsMargins(0, 0, 8, 0)
    column.setSpacing(10)
    column.addLayout(verdict_line(referral.role, referral.verdict, referral.reference, language))
    for why in referral.whys:
        column.addWidget(why_line(why))
    for rule in referral.rules:
        column.addWidget(plain_label(rule, ""))
    for words in (referral.supposed, referral.second, referral.private, referral.missing, referral.unproven):
        if words:
            column.addWidget(plain_label(words, "warning"))
    for proof in referral.proofs:
        column.addWidget(_proof(proof, language))
    column.addStretch(1)
    return body


def verdict_line(role: Role, words: str, reference_words: str, language: str) -> QHBoxLayout:
    """Our verdict with its mark, and by what the crossing is known."""
    row = QHBoxLayout()
    mark = RoleMark(44)
    mark.set_role(role)
    row.addWidget(mark)
    verdict = plain_label(words, "title")
    verdict.setAccessibleName(f"{say(t.OUR_VERDICT, language)}: {words}")
    verdict.setWordWrap(False)
    row.addWidget(verdict)
    caption = plain_label(say(t.OUR_VERDICT, language), "quiet")
    caption.setWordWrap(False)
    caption.setProperty("unread", True)
    row.addWidget(caption)
    row.addStretch(1)
    reference = plain_label(reference_words, "quiet")
    reference.setWordWrap(False)
    row.addWidget(reference)
    return row


def why_line(why: Why) -> QWidget:
    """One reason: code, what was found, what to do."""
    line = QWidget()
    grid = QGridLayout(line)
    grid.setContentsMargins(0, 0, 0, 0)
    code = plain_label(why.code, "code")
    code.setWordWrap(False)
    grid.addWidget(code, 0, 0, Qt.AlignmentFlag.AlignTop)
    grid.addWidget(plain_label(why.found, "strong"), 0, 1)
    if why.next:
        grid.addWidget(plain_label(why.next, "quiet"), 1, 1)
    grid.setColumnStretch(1, 1)
    return line


def _proof(proof: Proof, language: str) -> QFrame:
    frame = QFrame()
    frame.setProperty("panel", "true")
    grid = QGridLayout(frame)
    grid.setVerticalSpacing(4)
    grid.setHorizontalSpacing(12)
    head = QHBoxLayout()
    head.setSpacing(10)
    title = plain_label(proof.title, "strong")
    head.addWidget(title)
    if proof.specimen:
        specimen = plain_label(say(t.SPECIMEN, language), "demo")
        specimen.setWordWrap(False)
        head.addWidget(specimen)
    head.addStretch(1)
    if proof.colour is not None:
        head.addWidget(IssuersColour(proof.colour))
        colour = plain_label(proof.colour_words, "")
        colour.setWordWrap(False)
        head.addWidget(colour)
    grid.addLayout(head, 0, 0, 1, 4)
    alone = len(proof.rows) - 1 if len(proof.rows) % 2 else -1
    for place, (name, value) in enumerate(proof.rows):
        label = plain_label(name, "quiet")
        label.setWordWrap(False)
        row, column = 1 + place // 2, 2 * (place % 2)
        grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignTop)
        words = plain_label(value, "strong" if place == 0 else "")
        words.setAlignment(Qt.AlignmentFlag.AlignTop)
        grid.addWidget(words, row, column + 1, 1, 3 if place == alone else 1)
    grid.setColumnStretch(1, 1)
    grid.setColumnStretch(3, 1)
    return frame


def history(lines: Sequence[tuple[str, str]]) -> QFrame:
    """What happened when, a line each; a reader says each line once."""
    frame = QFrame()
    frame.setProperty("panel", "true")
    grid = QGridLayout(frame)
    grid.setHorizontalSpacing(18)
    grid.setColumnStretch(1, 1)
    for place, (at, words) in enumerate(lines):
        time = plain_label(at, "quiet")
        time.setProperty("unread", True)
        time.setWordWrap(False)
        grid.addWidget(time, place, 0, Qt.AlignmentFlag.AlignTop)
        line = plain_label(words)
        line.setAccessibleName(f"{at} {words}")
        grid.addWidget(line, place, 1)
    return frame


def plain_label(words: str, rank: str = "") -> QLabel:
    """Words as they are, never markup, in as many lines as they need."""
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if rank:
        label.setProperty("rank", rank)
    return label
