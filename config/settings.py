"""The one settings file: every key typed, every wrong value one clear line."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    BeforeValidator,
    Field,
    StrictBool,
    StrictFloat,
    StrictInt,
    ValidationError,
)

from config.mistakes import first_mistake, written_as
from config.other_direction import Direction, OtherDirection, Place, Profile
from config.printer import Printer
from config.regular import open_regular
from config.section import Language, Seconds, Section
from config.taking_along import Privacy, Slip, Venue

MAX_BYTES = 64 * 1024
"""A settings file is a few kilobytes; anything larger is a mistake."""

FormatName = Literal[
    "HC1", "LT1", "AT1", "NO1", "SHC", "VDSNC", "NZCP", "DIVOC",
    "HK1", "GD1", "MO1", "CN1", "CD1", "TC1", "IE1", "PV1",
]  # fmt: skip


def _one_or_several(value: object) -> object:
    return (value,) if isinstance(value, str | Path) else value


def _single_or_list(value: object) -> object:
    return (value,) if isinstance(value, str | int | float) else value


Files = Annotated[tuple[Place, ...], BeforeValidator(_one_or_several)]
"""One file, or a list of files."""


class SettingsError(Exception):
    """A settings file that cannot be used. `str()` is one line: file, key, value, what is allowed."""


_AnySection = TypeVar("_AnySection", bound=Section)


class Lane(Section):
    """Which lane this is and what it accepts."""

    station: Annotated[str, written_as(r"[A-Za-z0-9_-]{1,32}", "1 to 32 letters, digits, - or _")] = "station"
    id: Annotated[str, written_as(r"[A-Za-z0-9_-]{1,16}", "1 to 16 letters, digits, - or _")] = "lane-1"
    direction: Direction = "any"
    formats: Annotated[tuple[FormatName, ...], Field(min_length=1)] = (
        "HC1",
        "HK1",
        "GD1",
        "MO1",
        "CN1",
        "CD1",
        "TC1",
        "IE1",
        "PV1",
    )
    policy: Place | None = None
    gather_s: Seconds = 20.0
    referral_s: Seconds = 120.0
    refused_s: Seconds = 6.0
    desk_s: Seconds = 4.0
    not_a_code_s: Seconds = 3.0
    rearm_s: Seconds = 1.0
    """A code of the crossing before must be out of view this long before it counts again."""


class Camera(Section):
    """Where pictures come from."""

    source: Literal["v4l2", "video", "folder"] = "v4l2"
    path: Place = Path("/dev/v4l/by-id/usb-camera-video-index0")
    width: StrictInt = Field(default=1280, ge=320, le=3840)
    height: StrictInt = Field(default=720, ge=240, le=2160)
    fps: StrictInt = Field(default=30, ge=1, le=60)
    focus: Annotated[StrictInt, Field(ge=0, le=1023)] | Literal["auto"] = "auto"
    """A number fixes the lens there, in the camera's own units: `main.py camera` shows which is sharp."""
    exposure_ms: Annotated[
        tuple[Annotated[StrictFloat | StrictInt, Field(ge=0.1, le=100)] | Literal["auto"], ...],
        Field(min_length=1, max_length=4),
        BeforeValidator(_single_or_list),
    ] = ("auto",)
    """Milliseconds, or "auto". Of several the next is tried while a code is seen but not read."""


class Reader(Section):
    """What reads the pictures."""

    symbols: Annotated[tuple[Literal["qr", "aztec"], ...], Field(min_length=1)] = ("qr",)
    """Aztec costs time on every frame: only where a lane's travellers have such codes (Ireland's were)."""
    second_opinion: StrictBool = False
    """Whether zbar is asked, at most once a second, about a code that stays unread."""


def _fit_for_a_gate(name: object) -> object:
    if isinstance(name, str) and name.lower().startswith("icse"):
        raise ValueError(
            "has no safe way to be opened: the byte that asks an ICSE board who it is switches relays on "
            "once the board is started, so use another board (docs/turnstile.md)"
        )
    return name


GateProtocol = Literal[
    "none", "lcus", "hw667", "kmtronic", "kmtronic-4", "kmtronic-8", "numato", "devantech", "eth008", "k8090",
    "waveshare", "lctech", "r421a08", "modbus-a", "modbus-b", "wirenboard", "tx1500", "tpw321", "generic",
]  # fmt: skip
InputNumber = Annotated[StrictInt, Field(ge=0, le=32)]
Bytes = Annotated[
    str, written_as(r"(?:[0-9A-Fa-f]{2} ?){0,16}", "up to 16 bytes in hexadecimal: 'A0 01 01 A2'")
]
Pattern = Annotated[
    str,
    written_as(r"(?:(?:[0-9A-Fa-f]{2}|RR|II|\?\?) ?){0,16}", "up to 16 bytes in hexadecimal, RR, II or ??"),
]


class TurnstileInputs(Section):
    """Which input of the board each contact of the turnstile is wired to; 0: it is not wired."""

    passage: InputNumber = 0
    passage_back: InputNumber = 0
    ready: InputNumber = 0
    fire: InputNumber = 0
    tamper: InputNumber = 0
    passage_when: Literal["closes", "opens"] = "closes"
    ready_when: Literal["closed", "open"] = "closed"
    closed_reads: Annotated[StrictInt, Field(ge=0, le=1)] = 1


class TurnstileFrames(Section):
    """The bytes of a board that `protocol = "generic"` speaks to."""

    on: Bytes = ""
    off: Bytes = ""
    ask: Bytes = ""
    answer: Pattern = ""


class Scanner(Section):
    """A barcode scanner beside the camera."""

    kind: Literal["none", "serial", "hid_pos", "keyboard"] = "none"
    path: Place = Path("/dev/serial/by-id/scanner")
    """`serial`: below /dev/serial/by-id; `hid_pos`: a hidraw device; `keyboard`: below /dev/input/by-id."""
    suffix: Literal["cr", "lf", "crlf", "tab", "none"] = "cr"
    """What a serial scanner sends after each code."""


class Turnstile(Section):
    """The gate. Dialect is configured, never probed."""

    protocol: Annotated[GateProtocol, BeforeValidator(_fit_for_a_gate)] = "none"
    path: Place = Path("/dev/serial/by-id/gate")
    baud: StrictInt = Field(default=0, ge=0, le=921600)
    """0: as the dialect's devices leave the factory."""
    host: Annotated[str, Field(max_length=45)] = ""
    """The address of a gate on the network (eth008)."""
    port: StrictInt = Field(default=0, ge=0, le=65535)
    """0: the dialect's own."""
    unit: StrictInt = Field(default=0, ge=0, le=255)
    """The board's Modbus address; 0: as it leaves the factory."""
    channel: StrictInt = Field(default=1, ge=1, le=32)
    pulse_ms: StrictInt = Field(default=400, ge=200, le=1000)
    max_on_ms: StrictInt = Field(default=1000, ge=200, le=2000)
    passage_s: Seconds = 5.0
    way: Literal["forward", "backward"] = "forward"
    inputs: TurnstileInputs = TurnstileInputs()
    frames: TurnstileFrames = TurnstileFrames()


class Display(Section):
    """The traveller's screen."""

    fullscreen: StrictBool = True
    width: StrictInt = Field(default=1080, ge=640, le=3840)
    height: StrictInt = Field(default=1920, ge=480, le=3840)
    diagonal_mm: StrictFloat = Field(default=686, ge=150, le=3000)
    reading_mm: StrictFloat = Field(default=700, ge=300, le=3000)
    """From where a traveller reads. With the diagonal it gives the smallest letters of the screen."""
    way_out: Literal["up", "left", "right"] = "up"
    """Where the gate is, as the traveller faces the screen: the arrow of "please pass"."""
    letters: Literal["usual", "large"] = "usual"
    """What everybody finds; a touch on the screen's key changes it for one traveller."""
    contrast: Literal["usual", "high"] = "usual"
    """The same for the colours."""
    motion: StrictBool = True
    """Whether the guide and the way move. False: for a hall where that disturbs."""
    languages: Annotated[tuple[Language, ...], Field(min_length=1)] = ("zh_HK", "zh_CN", "en", "pt")
    """In the order the attract screen shows them; the first is the lane's own."""


class Sound(Section):
    """Tones for the verdicts."""

    enabled: StrictBool = True
    volume: StrictFloat = Field(default=0.8, ge=0, le=1)
    voice: StrictBool = True
    """Whether the verdict is also spoken, where the prompts are there (`make voices`)."""
    recordings: Place | None = None
    """Folder of people's recordings, `<language>/<prompt>.wav`: each replaces the machine's voice."""
    headphones: Annotated[str, Field(max_length=80)] = ""
    """A part of the name of the sound device that only the traveller hears. Empty: the lane's own, and what
    concerns the traveller alone is read only while something is plugged in."""
    headphones_jack: Place | None = None
    """The jack's input device: plugging in begins the spoken guidance. Without one a touch does."""


class Lamp(Section):
    """A signal tower beside the screen."""

    kind: Literal["none", "adafruit", "busylight"] = "none"
    path: Place = Path("/dev/serial/by-path/lamp")
    """Of the tower. Of busylights the first on USB is taken."""


class Trust(Section):
    """The lists the verifier runs on. Without them every code is referred."""

    lists: Files = ()
    key: Files = ()
    """Public keys or certificates in PEM, any of which may have signed a list."""
    revocation: Files = ()
    """All are asked; a folder is a large index. While one that never could be read is missing, no code is
    known not to be withdrawn."""
    rules: Place | None = None
    """Folder of business rules that a policy may ask for (`arrival`)."""
    value_sets: Place | None = None
    """Folder of value sets that those rules look up."""
    trust_warn_h: StrictFloat = Field(default=36, gt=0, allow_inf_nan=False)
    trust_refer_h: StrictFloat = Field(default=168, gt=0, allow_inf_nan=False)
    revocation_warn_h: StrictFloat = Field(default=36, gt=0, allow_inf_nan=False)
    revocation_refer_h: StrictFloat = Field(default=72, gt=0, allow_inf_nan=False)


class Journal(Section):
    """Where the records are."""

    folder: Place = Path("/var/lib/checkpoint-kiosk")
    keep_days: StrictInt = Field(default=31, ge=1, le=31)
    keep_kinds: dict[str, Annotated[StrictInt, Field(ge=1, le=31)]] = Field(default_factory=dict)
    """Kinds of events that are kept for other numbers of days, such as `"officer.sign_in_failed" = 7`."""
    warn_free_mb: StrictInt = Field(default=1000, ge=50)
    """So little free room on its disk, in millions of bytes, is warned of."""
    refer_free_mb: StrictInt = Field(default=100, ge=20)
    """With less the lane admits nobody by itself: the rest is for officers' decisions."""


class Hub(Section):
    """The other end of the line. Without a URL the kiosk keeps its records and says so."""

    url: Annotated[
        str, written_as(r"(https?://[^\s]+)?", "an address that begins with https:// or http://")
    ] = ""
    key: Place | None = None
    ca: Place | None = None
    """The authority that signed the hub's certificate, in PEM, where the URL is https."""
    batch: StrictInt = Field(default=500, ge=1, le=5000)
    every_s: Seconds = 2.0


class Bundle(Section):
    """Where the signed bundle of lists, policy and roster comes from. Without a root there is none."""

    root: Place | None = None
    """The root metadata that this lane was installed with: the anchor of all trust in the bundle."""
    url: Annotated[
        str, written_as(r"(hub|https?://[^\s]+)?", "hub, or an address as https://host/bundle")
    ] = ""
    """`hub`: what the hub of [hub] publishes. Empty: it comes by hand, on a stick."""
    folder: Place = Path("/var/lib/checkpoint-kiosk/bundle")
    sticks: Place | None = None
    """Folder under which USB sticks are mounted: one with a bundle on it is read when it is plugged in."""
    profile: Profile = ""
    """Which of the bundle's policies is this lane's. Empty: the policy is lane.policy."""
    every_s: Seconds = 60.0


class TrustedClock(Section):
    """What the lane believes of the time (docs/clock.md)."""

    slack_days: StrictFloat = Field(default=31, ge=1, le=366)
    """How long the machine may have been off: a clock further on than this is confirmed first."""
    refer_after_days: StrictInt = Field(default=0, ge=0, le=366)
    """Without a confirmation for so long everybody is referred; 0: the lane goes on."""
    believe_chrony: StrictBool = False
    """Whether a clock that chrony keeps right counts as confirmed. Only with authenticated sources."""
    ask_s: Seconds = 300.0
    """How often the hub is asked what time it is."""


class Officers(Section):
    """Who may sign in at this lane."""

    roster: Place | None = None
    idle_s: Seconds = 1800.0
    undo_s: Annotated[StrictFloat, Field(ge=0, le=30)] = 5.0
    """So long a decision can be taken back, where the gate has not moved; 0: never."""
    before_pulse_s: Annotated[StrictFloat, Field(ge=0, le=10)] = 0.0
    """So long an admission waits for second thoughts before the gate is asked; 0: it does not."""
    card_reader: Scanner = Scanner()
    """Reads officers' cards: a card stands for the service number. The same devices as a barcode scanner."""


class Settings(Section):
    """The whole file."""

    lane: Lane = Lane()
    other_direction: OtherDirection = OtherDirection()
    camera: Camera = Camera()
    reader: Reader = Reader()
    scanner: Scanner = Scanner()
    turnstile: Turnstile = Turnstile()
    display: Display = Display()
    sound: Sound = Sound()
    lamp: Lamp = Lamp()
    trust: Trust = Trust()
    journal: Journal = Journal()
    hub: Hub = Hub()
    officers: Officers = Officers()
    clock: TrustedClock = TrustedClock()
    bundle: Bundle = Bundle()
    slip: Slip = Slip()
    venue: Venue = Venue()
    privacy: Privacy = Privacy()
    printer: Printer = Printer()


def load_settings(file: Path) -> Settings:
    """Reads one TOML file. Relative paths in it are relative to the file's own folder.

    Raises `SettingsError` with one line that names file, key, value and what is allowed.
    """
    try:
        with open_regular(file) as stream:
            data = stream.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise SettingsError(f"{file}: is larger than {MAX_BYTES} bytes")
        table = tomllib.loads(data.decode())
    except OSError as error:
        raise SettingsError(f"{file}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{file}: is not UTF-8 text (byte {error.start})") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{file}: is not TOML: {error}") from error
    except RecursionError as error:
        raise SettingsError(f"{file}: is nested too deeply") from error
    except ValueError as error:  # a number of thousands of digits
        raise SettingsError(f"{file}: has a number that is too long") from error
    try:
        settings = Settings.model_validate(table)
    except ValidationError as error:
        raise SettingsError(f"{file}: {first_mistake(error)}") from error
    if mistake := settings.other_direction.mistake(settings.lane.direction):
        raise SettingsError(f"{file}: {mistake}")
    return _resolve(settings, file.resolve().parent)


def _resolve(section: _AnySection, folder: Path) -> _AnySection:
    """The same section with every relative path made absolute."""
    changes: dict[str, Any] = {}
    for name in type(section).model_fields:
        value = getattr(section, name)
        if isinstance(value, Section):
            changes[name] = _resolve(value, folder)
        elif isinstance(value, Path):
            changes[name] = folder / value
        elif isinstance(value, tuple) and any(isinstance(item, Path) for item in value):
            changes[name] = tuple(folder / item for item in value)
    return section.model_copy(update=changes)
