"""The cast: who comes to the lane, with what in hand, and how it has to end."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice

from drivers.camera.synthetic.appearance import LOOKS, Accent, Appearance
from drivers.camera.synthetic.stage import Prop
from drivers.turnstile.port import Passage
from kiosk.demo.authorities import Authorities, altered
from kiosk.demo.part import Part, Person, StageHand
from verification.evidence import Colour, Kind, Use
from verification.issuing import colour_code, health_certificate
from verification.issuing.authority import Authority
from verification.issuing.colour_code import ColourCode
from verification.issuing.health_certificate import HealthCertificate
from verification.reasons import ReasonId
from verification.verdict import Outcome

WHOLE_CAST = 29
"""How many come before the plain travellers come again."""
MENU = "https://menu.example/table/7"
Make = Callable[[datetime], str]
ACCENTS = {Colour.GREEN: Accent.GREEN, Colour.YELLOW: Accent.AMBER, Colour.RED: Accent.RED}
PASSED = Passage.PASSED


class Cast:
    """Makes the parts. Codes are issued at the moment they are shown; `seed` decides everything random."""

    def __init__(self, issuers: Authorities, seed: int) -> None:
        self._issuers = issuers
        self._random = random.Random(seed)  # noqa: S311 (a demonstration that can be repeated)
        self.revoked_cti = self._random.randbytes(16)
        self._looks = 0

    def parts(self, travellers: int) -> list[Part]:
        """The first `travellers` of the cast; beyond the whole cast, more of its plain travellers."""
        return list(islice(self._everybody(), travellers))

    def _everybody(self) -> Iterator[Part]:
        yield from self._greens()
        yield from self._doubtful()
        yield from self._customs()
        yield from self._hard_to_read()
        yield from self._no_crossing()
        yield from self._family()
        yield from self._faults()
        number = 1
        while True:
            plain = [*self._greens(), *self._doubtful(), *self._hard_to_read()]
            self._random.shuffle(plain)
            for part in plain:
                yield replace(part, who=f"{part.who} {number + 1}")
            number += 1

    # --- the acts ---

    def _greens(self) -> Iterator[Part]:
        issuers = self._issuers
        yield self._admitted("Hong Kong green", self._colour("HK1", issuers.hong_kong))
        yield self._admitted("Guangdong green", self._colour("GD1", issuers.guangdong))
        yield self._admitted("Macao green", self._colour("MO1", issuers.macao))
        yield self._admitted("EU format, Hong Kong issuer", self._certificate())

    def _doubtful(self) -> Iterator[Part]:
        hong_kong, refuse, refer = self._issuers.hong_kong, Outcome.REFUSE, Outcome.REFER
        code = self._colour
        yield self._part("yellow", code("HK1", hong_kong, Colour.YELLOW), refer, ReasonId.COLOUR_YELLOW)
        yield self._part("red", code("HK1", hong_kong, Colour.RED), refuse, ReasonId.COLOUR_RED)
        yesterday = code("HK1", hong_kong, age=timedelta(days=1))
        yield self._part("yesterday's code", yesterday, refuse, ReasonId.EXPIRED)
        yield self._part(
            "unknown signer", code("HK1", self._issuers.stranger), refer, ReasonId.UNKNOWN_SIGNER
        )
        forged = code("HK1", self._issuers.forger)
        yield self._part("known signer, wrong signature", forged, refuse, ReasonId.SIGNATURE_INVALID)
        yield self._part("altered", self._with_a_later_end(), refuse, ReasonId.SIGNATURE_INVALID)
        revoked = code("HK1", hong_kong, cti=self.revoked_cti)
        yield self._part("revoked", revoked, refuse, ReasonId.REVOKED)
        old = code("MO1", self._issuers.macao, age=timedelta(hours=7))
        yield self._part(
            "screenshot too old", old, refuse, ReasonId.TOO_OLD, look=LOOKS["screenshot_on_phone"]
        )
        card = code("TC1", self._issuers.customs, kind=Kind.ITINERARY)
        yield replace(
            self._part("itinerary card, officer admits", card, refer, ReasonId.KIND_NOT_ACCEPTED),
            override="admit",
            gate=PASSED,
        )

    def _customs(self) -> Iterator[Part]:
        hesitant = _once(self._declaration())
        yield replace(
            self._admitted("declaration, does not pass", hesitant),
            person=Person.STAYS,
            gate=Passage.NO_PASSAGE,
        )
        yield self._admitted("the same, given back", hesitant)
        yield self._part("the same, replayed", hesitant, Outcome.REFUSE, ReasonId.ALREADY_USED)
        friend = self._admitted("declaration, a second person", self._declaration())
        yield replace(friend, person=Person.BRINGS_A_FRIEND, gate=Passage.TAILGATE)

    def _hard_to_read(self) -> Iterator[Part]:
        dim, crumpled = LOOKS["dim_cracked_phone"], LOOKS["crumpled_paper"]
        green = self._colour("HK1", self._issuers.hong_kong)
        yield self._admitted("dim cracked phone", green, look=dim)
        yield self._admitted("crumpled paper", self._colour("MO1", self._issuers.macao), look=crumpled)

    def _no_crossing(self) -> Iterator[Part]:
        yield Part("nobody", lambda _: ())
        yield Part("menu code", lambda _: self._held(MENU, LOOKS["phone"], Accent.GREY))

    def _family(self) -> Iterator[Part]:
        for who in ("family: grandmother", "family: mother"):
            first = self._admitted(who, self._colour("HK1", self._issuers.hong_kong), look=LOOKS["paper"])
            yield replace(first, followed_closely=True)
        yield self._admitted("family: child", self._colour("HK1", self._issuers.hong_kong))

    def _faults(self) -> Iterator[Part]:
        hong_kong = self._issuers.hong_kong
        cut = self._admitted("network cut", self._colour("HK1", hong_kong))
        yield replace(cut, before=(StageHand.CUT_THE_NETWORK,))
        yield self._admitted("still without a network", self._declaration(), ReasonId.ADMITTED_NOTED)
        mended = self._admitted("network back", self._colour("HK1", hong_kong))
        yield replace(mended, before=(StageHand.MEND_THE_NETWORK,))
        waiting = self._held_code(self._colour("HK1", hong_kong), LOOKS["phone"], Colour.GREEN)
        yield Part("relay unplugged", waiting, before=(StageHand.UNPLUG_THE_RELAY,))
        plugged = self._admitted("relay back", self._colour("HK1", hong_kong))
        yield replace(plugged, before=(StageHand.PLUG_THE_RELAY_IN,))

    # --- how a part is made ---

    def _admitted(
        self,
        who: str,
        make: Make,
        reason: ReasonId = ReasonId.ADMITTED,
        look: Appearance = LOOKS["phone"],
    ) -> Part:
        return Part(who, self._held_code(make, look, Colour.GREEN), Outcome.ADMIT, reason, gate=PASSED)

    def _part(
        self, who: str, make: Make, verdict: Outcome, reason: ReasonId, look: Appearance = LOOKS["phone"]
    ) -> Part:
        colour = {ReasonId.COLOUR_YELLOW: Colour.YELLOW, ReasonId.COLOUR_RED: Colour.RED}.get(reason)
        return Part(who, self._held_code(make, look, colour or Colour.GREEN), verdict, reason)

    def _held_code(
        self, make: Make, look: Appearance, colour: Colour
    ) -> Callable[[datetime], tuple[Prop, ...]]:
        return lambda at: self._held(make(at), look, ACCENTS[colour])

    def _held(self, text: str, look: Appearance, accent: Accent) -> tuple[Prop, ...]:
        self._looks += 1
        return (Prop(text, replace(look, accent=accent, look=self._looks)),)

    # --- the codes ---

    def _colour(
        self,
        prefix: str,
        authority: Authority,
        colour: Colour = Colour.GREEN,
        *,
        age: timedelta = timedelta(minutes=1),
        cti: bytes | None = None,
        kind: Kind | None = None,
    ) -> Make:
        def make(at: datetime) -> str:
            issued_at = at - age
            return colour_code.issue(
                ColourCode(
                    prefix=prefix,
                    cti=cti or self._random.randbytes(16),
                    issued_at=issued_at,
                    expires_at=colour_code.lifetime(prefix, issued_at),
                    colour=None if kind else colour,
                    masked_name="S******N T*******R",
                ),
                authority,
            )

        return make

    def _declaration(self) -> Make:
        def make(at: datetime) -> str:
            issued_at = at - timedelta(hours=2)
            return colour_code.issue(
                ColourCode(
                    prefix="CD1",
                    cti=self._random.randbytes(16),
                    issued_at=issued_at,
                    expires_at=issued_at + timedelta(hours=24),
                    use=Use.SINGLE,
                    masked_name="S******N T*******R",
                ),
                self._issuers.customs,
            )

        return make

    def _with_a_later_end(self) -> Make:
        def make(at: datetime) -> str:
            expires_at = (at + timedelta(hours=1)).replace(microsecond=0)
            code = ColourCode(
                prefix="HK1",
                cti=self._random.randbytes(16),
                issued_at=at - timedelta(hours=1),
                expires_at=expires_at,
                colour=Colour.GREEN,
            )
            genuine = colour_code.issue(code, self._issuers.hong_kong)
            return altered(genuine, expires_at, expires_at + timedelta(days=7))

        return make

    def _certificate(self) -> Make:
        def make(at: datetime) -> str:
            return health_certificate.issue(
                HealthCertificate(
                    kind=Kind.VACCINATION,
                    issued_at=at - timedelta(days=20),
                    expires_at=at + timedelta(days=340),
                    ci=f"URN:UVCI:01:HK:DEMO{self._random.randrange(10**8):08d}",
                    event=at - timedelta(days=30),
                ),
                self._issuers.certificates,
            )

        return make


def _once(make: Make) -> Make:
    """The same text every time it is shown."""
    made: list[str] = []

    def again(at: datetime) -> str:
        if not made:
            made.append(make(at))
        return made[0]

    return again
