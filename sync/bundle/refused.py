"""Why an update was not put to use: one kind for each thing a person would do about it."""

from __future__ import annotations

from enum import StrEnum


class Why(StrEnum):
    """What was wrong with what a mirror or a stick offered."""

    UNREACHABLE = "unreachable"
    """Nobody answered. Days without a network are normal: no alarm, the lists age."""
    INCOMPLETE = "incomplete"
    """Something that the signed metadata name is not there."""
    SLOW = "slow"
    """It came too slowly to be of use, as if somebody wished to keep it back."""
    DAMAGED = "damaged"
    """The bytes are not those that were signed, or no metadata at all."""
    OVERSIZED = "oversized"
    FOREIGN = "foreign"
    """Not signed by enough of the keys that this lane trusts."""
    ROLLED_BACK = "rolled_back"
    """Older than what this lane has seen before."""
    FROZEN = "frozen"
    """Signed, and past its end: somebody stopped publishing, or shows an old state."""
    MIXED = "mixed"
    """Parts that were never published together."""
    UNFIT = "unfit"
    """Signed rightly, and not what its signer may say or not what this program can use."""
    STORAGE = "storage"
    """This machine's disk would not take it or give it back."""


ADVICE = {
    Why.UNREACHABLE: "Check the network to the hub, or bring the bundle on a stick.",
    Why.INCOMPLETE: "Publish again at the hub, or copy the whole folder to the stick again.",
    Why.SLOW: "Check the network to the hub, or bring the bundle on a stick.",
    Why.DAMAGED: "Publish again at the hub, or copy the stick again; if it stays, call the operator.",
    Why.OVERSIZED: "Call the operator: what is offered is larger than any bundle may be.",
    Why.FOREIGN: "Call the operator: the bundle is not signed by this lane's own publisher.",
    Why.ROLLED_BACK: "Call the operator: an older bundle is offered than this lane has had already.",
    Why.FROZEN: "Have the bundle signed anew at the hub, or bring a newer stick, and check this clock.",
    Why.MIXED: "Publish again at the hub, or copy the stick again; if it stays, call the operator.",
    Why.UNFIT: "Call the operator: its publisher must put it right, or this program is too old to read it.",
    Why.STORAGE: "Free space on this machine's disk, or have the disk looked at.",
}
"""What a person does about it, in one sentence."""


class Refused(Exception):
    """An update, or a part of one, that is not used. `str()` is one sentence without its full stop."""

    def __init__(self, why: Why, detail: str) -> None:
        super().__init__(detail)
        self.why = why

    @property
    def advice(self) -> str:
        """What is wrong and what to do, for the officer's screen."""
        text = str(self)
        return f"{text[:1].upper()}{text[1:]}. {ADVICE[self.why]}"
