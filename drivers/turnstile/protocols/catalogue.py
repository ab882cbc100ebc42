"""The dialects by the name that the settings use: one row for each class in this folder that is a device."""

from __future__ import annotations

from drivers.turnstile.protocols.codec import Protocol
from drivers.turnstile.protocols.devantech import DevantechRly
from drivers.turnstile.protocols.eth008 import Eth008
from drivers.turnstile.protocols.generic import Generic
from drivers.turnstile.protocols.hw667 import Hw667
from drivers.turnstile.protocols.k8090 import K8090
from drivers.turnstile.protocols.kmtronic import KMtronic2, KMtronic4, KMtronic8
from drivers.turnstile.protocols.lctech import LcTech
from drivers.turnstile.protocols.lcus import Lcus
from drivers.turnstile.protocols.noname import NoNameA, NoNameB
from drivers.turnstile.protocols.numato import Numato
from drivers.turnstile.protocols.r421a08 import R421A08
from drivers.turnstile.protocols.tpw321 import Tpw321
from drivers.turnstile.protocols.tx1500 import Tx1500
from drivers.turnstile.protocols.waveshare import Waveshare
from drivers.turnstile.protocols.wirenboard import WirenBoard
from drivers.turnstile.setup import Setup, setup_from_json
from drivers.turnstile.wiring import UnsuitableSetting, Wiring

PROTOCOLS: dict[str, type[Protocol]] = {
    kind.name: kind
    for kind in (
        Lcus,
        Hw667,
        KMtronic2,
        KMtronic4,
        KMtronic8,
        Numato,
        DevantechRly,
        Eth008,
        K8090,
        Waveshare,
        LcTech,
        R421A08,
        NoNameA,
        NoNameB,
        WirenBoard,
        Tx1500,
        Tpw321,
        Generic,
    )
}


def protocol(name: str, channel: int, wiring: Wiring | None = None) -> Protocol:
    """The dialect `name` for this channel. Raises `UnsuitableSetting`."""
    kind = PROTOCOLS.get(name)
    if kind is None:
        raise UnsuitableSetting(f"turnstile.protocol = {name}: one of {', '.join(sorted(PROTOCOLS))}")
    return kind(channel, wiring)


def configured(settings_json: str) -> tuple[Setup, Protocol]:
    """The gate that `config.settings.Turnstile`, as JSON, describes. Raises `UnsuitableSetting`."""
    setup = setup_from_json(settings_json)
    dialect = protocol(setup.protocol, setup.channel, setup.wiring)
    setup.must_suit(dialect)
    return setup, dialect
