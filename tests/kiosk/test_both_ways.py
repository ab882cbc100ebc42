"""A lane that can be turned: each direction has its policy, and the lists age by that policy's limits."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from config.other_direction import OtherDirection
from config.settings import Lane, Settings, Trust
from kiosk.both_ways import RULES_PART, BothWays
from kiosk.bundle.settled import lane_of
from kiosk.bundle.station import StationFiles
from kiosk.bundle.worker import BundleWorker
from kiosk.crossing_io import PartFailed, PartRecovered
from kiosk.other_policy import PART
from sync.event import Event
from tests.kiosk.bundle.town import Town
from tests.kiosk.test_list_keeper import AT, Folder, parts
from verification.policy import built_in
from verification.signed_lists import sign_apart
from verification.snapshot import Freshness

Told = list[Event | PartFailed | PartRecovered]


class TwoWays:
    """A lane's folder with a policy for each direction."""

    def __init__(self, folder: Path) -> None:
        self.there, self.turned, self.too_old = Folder(folder), False, False
        self.file = folder / "back.json"
        self.write("back")
        self.settings = Settings(
            lane=Lane(policy=self.there.policy, direction="to_mainland"),
            other_direction=OtherDirection(direction="to_hong_kong", policy=self.file, way_out="left"),
            trust=Trust(lists=(self.there.trust,), key=(self.there.pem,)),
        )
        self.both = BothWays(
            self.settings,
            self.there.keeper(),
            lambda: self.turned,
            lambda: StationFiles(None, (), self.too_old),
        )

    def write(self, name: str, *, sign: bool = True, **changes: object) -> None:
        document = built_in().model_dump(mode="json") | {"name": name, **changes}
        self.there.put(self.file, json.dumps(document).encode())
        signature = self.file.with_name("back.json.sig")
        signature.unlink(missing_ok=True)
        if sign:
            self.there.put(signature, sign_apart(self.file.read_bytes(), self.there.key))

    @property
    def judges(self) -> str:
        policy = self.both.lists.policy
        return policy.name if policy else ""

    def look(self) -> list[str]:
        told: Told = []
        self.both.look_again(told.append)
        return parts(told)


@pytest.fixture
def lane(tmp_path: Path) -> TwoWays:
    return TwoWays(tmp_path)


def test_the_policy_of_the_way_the_lane_works_judges(lane: TwoWays) -> None:
    assert lane.judges == "first"
    lane.turned = True
    assert lane.judges == "back"
    assert lane.both.lists is lane.both.lists, "nothing is made anew for each code"


def test_the_same_lists_age_by_the_limits_of_the_way(lane: TwoWays) -> None:
    lane.write("back", freshness={"trust": {"warn_h": 1, "refer_h": 2}})
    lane.look()
    later = AT + timedelta(hours=3)
    assert next(view.freshness for view in lane.both.lists.views(later)) is Freshness.FRESH
    lane.turned = True
    trust, revocation = lane.both.lists.views(later)
    assert (trust.freshness, revocation.freshness) == (Freshness.STALE, Freshness.FRESH)
    (age,) = set(lane.both.lists.snapshot.trust.ages("HK1"))
    assert age.freshness(later) is Freshness.STALE, "the signers know it, not the officer's screen alone"


def test_a_changed_policy_of_the_other_way_is_in_force_and_a_spoilt_one_leaves_it(lane: TwoWays) -> None:
    lane.turned = True
    lane.write("newer")
    assert lane.look() == []
    assert lane.judges == "newer"
    lane.write("forged", sign=False)
    assert lane.look() == [f"-{PART}"]
    assert lane.judges == "newer"
    lane.write("well")
    assert (lane.look(), lane.judges) == ([f"+{PART}"], "well")
    assert lane.look() == []


def test_without_a_usable_policy_everybody_is_referred_the_other_way(tmp_path: Path) -> None:
    lane = TwoWays(tmp_path)
    lane.file.write_text("no policy")
    lane.both = BothWays(lane.settings, lane.there.keeper(), lambda: True)
    assert lane.both.lists.policy is None
    told: Told = []
    lane.both.tell_all(told.append)
    assert f"-{PART}" in parts(told)


def test_a_program_that_is_too_old_admits_nobody_either_way(lane: TwoWays) -> None:
    lane.turned = True
    lane.too_old = True
    assert lane.both.lists.policy is None


def test_rules_that_only_the_other_way_asks_for_are_missed_by_name(lane: TwoWays) -> None:
    lane.write("back", arrival={"country": "DE"})
    assert lane.look() == [f"-{RULES_PART}"]


def test_a_lane_of_one_direction_has_nothing_to_say_of_another(lane: TwoWays) -> None:
    one_way = lane.settings.model_copy(update={"other_direction": OtherDirection()})
    both = BothWays(one_way, lane.there.keeper())
    told: Told = []
    both.tell_all(told.append)
    assert parts(told) == [] and not both.faults


def test_a_profile_of_the_bundle_judges_the_other_way(tmp_path: Path) -> None:
    town = Town(tmp_path)
    document = built_in().model_dump(mode="json") | {"name": "back"}
    for name in ("back", "nobody-asked"):
        town.repository.files[f"station/policy/{name}.json"] = json.dumps(document).encode()
    town.publish()
    other = OtherDirection(direction="to_hong_kong", profile="back", way_out="left")
    town.settings = town.settings.model_copy(update={"other_direction": other})
    lane = lane_of(town.settings)
    assert lane is not None
    told: Told = []
    BundleWorker(lane, lambda: town.sources, town.clock, told.append, 60.0).look()
    turned = False
    both = BothWays(town.settings, town.keeper(), lambda: turned)
    assert both.lists.policy is not None and both.lists.policy.name == "first"
    turned = True
    assert both.lists.policy is not None and both.lists.policy.name == "back"
    assert not both.faults
    missing = other.model_copy(update={"profile": "not-there"})
    lost = BothWays(town.settings.model_copy(update={"other_direction": missing}), town.keeper())
    assert [fault.part for fault in lost.faults] == [PART] and lost.turned.policy is None
