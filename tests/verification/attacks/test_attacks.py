"""Every attack of the table ends as the table says, and none is admitted by the most permissive lane."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.verification.attacks import (
    cards,
    clock,
    containers,
    contents,
    documents,
    lists,
    signatures,
    withdrawn,
)
from tests.verification.attacks.case import LANE, Attack, Code
from tests.verification.attacks.genuine import exemption, light, zipped
from tests.verification.made import colour, hc1
from tests.verification.made_cards import card, nz_pass
from tests.verification.made_seals import seal
from verification.verdict import Outcome

GROUPS = (containers, signatures, contents, cards, documents, withdrawn, lists, clock)
TABLE: list[Attack] = [attack for group in GROUPS for attack in group.ATTACKS]


@pytest.mark.parametrize("attack", TABLE, ids=[attack.name for attack in TABLE])
def test_an_attack_is_told_for_what_it_is_and_never_admitted(attack: Attack) -> None:
    verdict = attack.outcome()
    assert " ".join(verdict.reasons) == attack.reasons
    assert verdict.outcome is not Outcome.ADMIT


GENUINE: dict[str, Callable[[], Code]] = {
    "HC1": hc1, "HK1": colour, "LT1": light, "AT1": exemption, "SHC": card, "NZCP": nz_pass, "VDSNC": seal,
    "DIVOC": zipped,
}  # fmt: skip


@pytest.mark.parametrize("name", GENUINE)
def test_the_same_lane_admits_what_nobody_bent(name: str) -> None:
    """Else the table would prove nothing."""
    verdict = LANE.judge(GENUINE[name]())
    assert verdict.outcome is Outcome.ADMIT, verdict.reasons


EDGES = lists.GENUINE | clock.GENUINE


@pytest.mark.parametrize("name", EDGES)
def test_lists_and_clock_at_their_very_edges_admit(name: str) -> None:
    lane, code, at = EDGES[name]
    verdict = lane.judge(code(), at)
    assert verdict.outcome is Outcome.ADMIT, verdict.reasons


def test_each_name_stands_for_one_attack() -> None:
    names = [attack.name for attack in TABLE]
    assert len(set(names)) == len(names)
    assert len(names) >= 640
