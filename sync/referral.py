"""What a lane tells of a traveller who waits for an officer, and what only the station's desks can read.

The hub gets reasons and a deadline. Evidence, with the masked name, is sealed to the desks: the hub's
database never holds it in the clear. The bytes are in docs/protocol.md.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, ValidationError

from sync.canonical import NotCanonical, read_json_object
from sync.sealing import SealKey, SealPublicKey, seal_for_all

SEALED = b"checkpoint-kiosk/seal/referral/v1\n"
MAX_BYTES = 131_072
MOST_AT_ONCE = 16
LONGEST_S = 3600
Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,32}$")]
Crossing = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
Word = Annotated[str, Field(pattern=r"^[a-z_]{1,32}$")]
Number = Annotated[StrictInt, Field(ge=0, lt=2**62)]
OfficerId = Annotated[str, Field(pattern=r"^([A-Z]{1,3}-[0-9]{1,6})?$")]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Opened(_Part):
    """A traveller waits. Said again while it lasts, with what changed since."""

    crossing: Crossing
    left_s: Annotated[StrictInt, Field(ge=0, le=LONGEST_S)]
    """Seconds until the lane sends the traveller to the desk by itself."""
    outcome: Literal["REFER", "REFUSE"]
    reasons: tuple[Annotated[str, Field(pattern=r"^[A-Z_]{1,40}$")], ...] = Field(max_length=32)
    policy: str = Field(max_length=120)
    demo: StrictBool
    why_not_admit: Literal["", "specimen"]
    """Why nobody may admit; empty: it can be done."""
    second: StrictBool
    """Whether it takes two officers to admit."""
    approved_by: OfficerId
    """The first of them, once there is one."""
    again: Annotated[StrictInt, Field(ge=0, le=1000)] = 0
    """How often it began anew: a decision was taken back, a document entered. More: it is open again."""
    sealed: str = Field(max_length=98_304, pattern=r"^[A-Za-z0-9+/]*={0,2}$")
    """`seal` in base64; empty where the lane knew no desk to seal it for."""


class Closed(_Part):
    """Nobody waits any more."""

    crossing: Crossing
    how: Word
    """`admit`, `refuse` or `desk`, where an officer decided; `timed_out`, `withdrawn`, `stopped`."""
    by: OfficerId


class Heard(_Part):
    """What the lane made of one decision."""

    number: Number
    word: Word
    """`taken`, `undone`, `second_officer`, `crossing_over`, …: a notice, or why it was not believed."""


class LaneSays(_Part):
    """The body of `POST /v1/kiosks/NAME/referrals`."""

    opened: tuple[Opened, ...] = Field(default=(), max_length=MOST_AT_ONCE)
    closed: tuple[Closed, ...] = Field(default=(), max_length=MOST_AT_ONCE)
    heard: tuple[Heard, ...] = Field(default=(), max_length=MOST_AT_ONCE)
    obeyed: tuple[Heard, ...] = Field(default=(), max_length=MOST_AT_ONCE)
    """What it made of orders; only in what is said to a hub that carried some."""

    def content(self) -> dict[str, object]:
        """As JSON."""
        return self.model_dump(mode="json", exclude=None if self.obeyed else {"obeyed"})


class Carried(_Part):
    """A decision on its way to its lane."""

    number: Number
    crossing: Crossing
    statement: str = Field(max_length=1024)
    signature: str = Field(max_length=128)


class CarriedOrder(_Part):
    """An order on its way to its lane."""

    number: Number
    statement: str = Field(max_length=1024)
    signature: str = Field(max_length=128)


class DeskKey(_Part):
    """A station desk that may read referrals."""

    name: Name
    seal: str = Field(pattern=r"^[0-9a-f]{64}$")


class ForLane(_Part):
    """What the hub answers a lane: decisions behind the number asked for, and who may read referrals."""

    last: Number
    """The number to ask behind next time."""
    decisions: tuple[Carried, ...] = Field(max_length=100)
    desks: tuple[DeskKey, ...] = Field(max_length=64)
    open: tuple[Crossing, ...] = Field(max_length=100)
    """What the hub takes for open: the lane closes what is not."""
    orders: tuple[CarriedOrder, ...] = Field(default=(), max_length=100)
    """Only for a lane that asks for them."""


class Shown(_Part):
    """A referral as a desk gets it."""

    lane: Name
    crossing: Crossing
    left_s: Annotated[StrictInt, Field(ge=0, le=LONGEST_S)]
    outcome: Literal["REFER", "REFUSE"]
    reasons: tuple[str, ...] = Field(max_length=32)
    policy: str = Field(max_length=120)
    demo: StrictBool
    why_not_admit: str = Field(max_length=32)
    second: StrictBool
    approved_by: str = Field(max_length=16)
    again: StrictInt = 0
    sealed: str = Field(max_length=98_304)
    officer: str = Field(max_length=16)
    """Who has taken it; empty: nobody."""
    desk: str = Field(max_length=32)
    state: Literal["open", "decided", "closed"]
    """`decided`: a decision is on its way to the lane."""
    how: str = Field(max_length=32)
    by: str = Field(max_length=16)
    word: str = Field(max_length=32)
    """What the lane said to the last decision."""


STOPPED = "stopped"
"""The `phase` that the hub puts into the last report of a lane whose program ended in order."""


class LaneShown(_Part):
    """A lane of the station: its newest report, as it sent it but for `STOPPED`; its age by the hub."""

    lane: Name
    age_s: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None
    report: dict[str, object] | None


class OrderShown(_Part):
    """An order of the last minute, and what its lane made of it."""

    number: Number
    lane: Name
    order: Word
    officer: str = Field(max_length=16)
    desk: str = Field(max_length=32)
    age_s: Annotated[StrictInt, Field(ge=0)]
    word: str = Field(max_length=32)
    """Empty: the lane has not said."""


class ForDesk(_Part):
    """The whole picture of a station, for one of its desks."""

    at: str = Field(max_length=27)
    change: Number
    lanes: tuple[LaneShown, ...] = Field(max_length=1000)
    referrals: tuple[Shown, ...] = Field(max_length=1000)
    orders: tuple[OrderShown, ...] = Field(default=(), max_length=100)
    """Only for a desk that asks for them."""


def seal(desks: Sequence[SealPublicKey], lane: str, crossing: str, plain: bytes) -> str:
    """What only these desks can read, and only as this crossing's. Raises `KeyUnusable`."""
    return base64.b64encode(seal_for_all(desks, _bound(lane, crossing), plain)).decode()


def unseal(key: SealKey, lane: str, crossing: str, sealed: str) -> bytes:
    """What a lane sealed. Raises `sync.sealing.NotOpened` and ValueError (no base64)."""
    return key.open_shared(_bound(lane, crossing), base64.b64decode(sealed, validate=True))


def _bound(lane: str, crossing: str) -> bytes:
    return SEALED + f"{lane}\n{crossing}\n".encode()


def read_lane_says(body: bytes) -> LaneSays:
    """Raises `NotCanonical`."""
    if len(body) > MAX_BYTES:
        raise NotCanonical(f"referrals have at most {MAX_BYTES} bytes")
    try:
        return LaneSays.model_validate(read_json_object(body))
    except ValidationError as error:
        raise NotCanonical(_first(error)) from error


def read_for_lane(table: dict[str, object]) -> ForLane:
    """Raises `NotCanonical`."""
    try:
        return ForLane.model_validate(table)
    except ValidationError as error:
        raise NotCanonical(_first(error)) from error


def read_for_desk(table: dict[str, object]) -> ForDesk:
    """Raises `NotCanonical`."""
    try:
        return ForDesk.model_validate(table)
    except ValidationError as error:
        raise NotCanonical(_first(error)) from error


def _first(error: ValidationError) -> str:
    first = error.errors()[0]
    return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
