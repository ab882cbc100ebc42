"""Which policy is practised: the lane's own, of a file or of the bundle in use, else the demonstration's."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from config.settings import Settings, Trust
from kiosk.lists import load_lists
from kiosk.other_policy import policy_in_bundle
from kiosk.program import ROOT
from sync.bundle.refused import Refused
from verification.policy import Policy, PolicyError

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
    found, why_not = _own(settings, settings.lane.policy, settings.bundle.profile)
    if found is not None:
        return Practised(_accepting(found), f"{found.name} {found.version}")
    policy = json.loads((ROOT / "config" / "policies" / "demo.json").read_bytes())
    policy |= {"name": "practice", "second_officer": SECOND_OFFICER}
    return Practised(json.dumps(policy, indent=2).encode(), "", why_not)


def practised_turned(settings: Settings) -> bytes | None:
    """The policy of the direction the lane can be turned to; None: there is none that can be used."""
    other = settings.other_direction
    found, _ = _own(settings, other.policy, other.profile)
    return None if found is None else _accepting(found)


def _own(settings: Settings, file: Path | None, profile: str) -> tuple[Policy | None, str]:
    """The lane's own, or one sentence why not (empty: it has none). The bundle is read, and left as it is."""
    if file is not None:
        found = load_lists(Trust(key=settings.trust.key), file).policy
        return found, "" if found is not None else f"{file} can't be used: main.py policy says why."
    if settings.bundle.root is None:
        return None, ""
    try:
        found = policy_in_bundle(settings, profile)
    except (Refused, PolicyError) as error:
        return None, f"The lane's own is in its bundle, which can't be used: {error}"
    return found, "" if found is not None else "The lane's own comes with its bundle, which is not here yet."


def _accepting(policy: Policy) -> bytes:
    """The same, with specimens accepted."""
    accepting = policy.model_copy(update={"accept_specimens": True})
    return accepting.model_dump_json(exclude_unset=True, by_alias=True).encode()
