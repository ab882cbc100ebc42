"""Which policy is practised: the lane's own where its settings name a file, else the demonstration's."""

from __future__ import annotations

import json
from dataclasses import dataclass

from config.settings import Settings, Trust
from kiosk.lists import load_lists
from kiosk.program import ROOT

SECOND_OFFICER = ["REVOKED", "COLOUR_RED"]
"""As a real lane asks for it: who practises alone learns why that does not open a gate."""


@dataclass(frozen=True, slots=True)
class Practised:
    """One policy. `document` is its JSON."""

    document: bytes
    own: str = ""
    """Name and version of the lane's own; empty: the demonstration's."""
    why_not_own: str = ""
    """One sentence, where the lane has a policy that is not practised."""

    @property
    def says(self) -> str:
        """One line for who starts practice or makes its cards."""
        if self.own:
            return f"Practised: the lane's own policy, {self.own}, which accepts specimens in practice alone."
        policy = "Practised: the demonstration's policy, with two officers for red and revoked."
        return f"{policy} {self.why_not_own}".rstrip()


def practised(settings: Settings) -> Practised:
    """What practice at a lane with these settings goes by. Raises OSError for the demonstration's file."""
    why_not = ""
    if settings.lane.policy is not None:
        found = load_lists(Trust(key=settings.trust.key), settings.lane.policy).policy
        if found is not None:
            accepting = found.model_copy(update={"accept_specimens": True})
            document = accepting.model_dump_json(exclude_unset=True, by_alias=True).encode()
            return Practised(document, f"{found.name} {found.version}")
        why_not = f"{settings.lane.policy} can't be used: main.py policy says why."
    elif settings.bundle.root is not None:
        why_not = "The lane's own comes with its bundle, which practice does not open."
    policy = json.loads((ROOT / "config" / "policies" / "demo.json").read_bytes())
    policy |= {"name": "practice", "second_officer": SECOND_OFFICER}
    return Practised(json.dumps(policy, indent=2).encode(), "", why_not)
