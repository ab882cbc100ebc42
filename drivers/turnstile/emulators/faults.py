"""What can be wrong with an emulated gate."""

from __future__ import annotations

from dataclasses import dataclass, fields

_SHARES = ("drop", "garble")


@dataclass(frozen=True, slots=True)
class Faults:
    """Nothing is wrong by default. Times are in seconds, shares from 0 to 1."""

    no_ack: bool = False
    """Commands are carried out and never confirmed."""
    late_ack: float = 0.0
    """Confirmations come this much later."""
    nak: bool = False
    """Every release is rejected."""
    wrong_checksum: bool = False
    """Every answer has a damaged last byte."""
    split: bool = False
    """Answers come byte by byte, 20 ms apart."""
    echo: bool = False
    """Every byte received is sent back first."""
    noise: bool = False
    """Rubbish before every answer."""
    stuck_relay: bool = False
    """The contact is welded: once on, it stays on."""
    wakes_on: bool = False
    """The relay is on when the power comes back, until it is told OFF."""
    slow_firmware: float = 0.0
    """Commands closer together than this are lost."""
    boot_silence: float = 0.0
    """Deaf and dumb for this long after power-up."""
    drop: float = 0.0
    """This share of all bytes is lost, in both directions."""
    garble: float = 0.0
    """This share of all bytes is damaged, in both directions."""
    delay: float = 0.0
    """Everything that the device says comes this much later."""
    bounce: float = 0.0
    """Contacts bounce this long whenever they open or close."""
    flood: bool = False
    """Says rubbish all the time, asked or not."""
    wrong_device: bool = False
    """Something else is plugged in: it answers, in a language of its own."""
    disconnect: float = 0.0
    """The cable falls out this long after each release, and is back a second later."""
    fire: bool = False
    """The fire loop is open: the arm is free."""
    tamper: bool = False
    """The housing is open."""
    not_ready: bool = False
    """The gate says that it takes no command."""
    power_cut: bool = False
    """The turnstile has no power: all its contacts are open and the arm is free."""
    mute: bool = False
    """Hears nothing, says nothing: a device that speaks something else."""
    stalled: bool = False
    """Stops taking bytes from the line."""

    @staticmethod
    def named(text: str) -> Faults:
        """`no_ack,late_ack=0.8`: names with commas between, times with `=SECONDS`. Raises `ValueError`."""
        kinds = {field.name: field.type for field in fields(Faults)}
        chosen: dict[str, bool | float] = {}
        for item in filter(None, (part.strip() for part in text.split(","))):
            name, _, value = item.partition("=")
            name = "mute" if name == "silent" else name
            kind = kinds.get(name)
            if kind == "bool" and not value:
                chosen[name] = True
            elif kind == "float" and value.replace(".", "", 1).isdigit():
                chosen[name] = float(value)
            else:
                known = ", ".join(
                    name if kind == "bool" else f"{name}={'SHARE' if name in _SHARES else 'SECONDS'}"
                    for name, kind in kinds.items()
                )
                raise ValueError(f"{item}: one of {known}")
        return Faults(**chosen)  # type: ignore[arg-type]
