"""What a station desk tells its officer of what was done and what was not."""

from __future__ import annotations

from enum import StrEnum


class DeskNotice(StrEnum):
    """What the desk tells its officer. The window has a sentence for each, in every language."""

    TAKEN = "taken"
    DECIDED = "decided"
    OVER = "over"
    SECOND_OFFICER = "second_officer"
    NOT_TAKEN = "not_taken"
    UNKNOWN = "unknown"
    NO_DESK = "no_desk"
    NO_KEY = "no_key"
    NOT_NOW = "not_now"
    HUB_AWAY = "away"
    SENT = "sent"
    NOT_BELIEVED = "not_believed"
    SPECIMEN = "specimen"
    UNDONE = "undone"
    TOO_LATE = "too_late"
