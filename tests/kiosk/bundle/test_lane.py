"""A lane that runs on the bundle: new keys are trusted, attacks are alarms, lists age and say so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.bundle.keeper import BundleKeeper
from kiosk.crossing_io import PartFailed
from kiosk.start_conditions import CannotStart, refuse_specimens
from sync.bundle.refused import Refused, Why
from sync.bundle.source import Source
from sync.bundle.station_files import Notice, write_minimum, write_notice
from sync.bundle.stick import Stick
from tests.kiosk.bundle.town import Town
from verification.assessment import Revocation, Signature
from verification.judgement import NOTHING_SPENT, judge
from verification.reasons import ReasonId
from verification.revocation.hashes import CTI, truncated
from verification.revocation.memory import Withdrawn
from verification.snapshot import Freshness
from verification.verdict import Outcome, Verdict


def verdict(town: Town, keeper: BundleKeeper, code: bytes) -> Verdict:
    decided = judge(
        [town.check(keeper, code)],
        NOTHING_SPENT,
        keeper.lists.policy,
        town.clock.at,
        lambda: 1,
    )
    assert isinstance(decided, Verdict)
    return decided


def test_without_any_bundle_everybody_is_referred_and_the_officer_is_told_what_to_do(town: Town) -> None:
    keeper = town.keeper()
    keeper.tell_all(town.told.append)
    assert town.faults() == ["-bundle"]
    assert keeper.lists.policy is None and keeper.lists.snapshot.revocation is None
    assert verdict(town, keeper, town.code()).outcome is Outcome.REFER


def test_from_publishing_to_a_crossing_and_back_again(town: Town, tmp_path: Path) -> None:
    """Publish, the lane picks it up, a newly published signer is admitted; an old mirror is an alarm."""
    town.worker.look()
    keeper = town.keeper()
    assert keeper.lists.faults == ()
    assert verdict(town, keeper, town.code()).outcome is Outcome.ADMIT
    newcomer = town.authority("hk")
    assert verdict(town, keeper, town.code("hk", newcomer)).outcome is not Outcome.ADMIT
    old = town.repository.copy(tmp_path / "old")

    town.write_trust("hk", newcomer)
    town.publish(hours=1)
    town.worker.look()
    assert keeper.look_again(town.told.append)
    assert verdict(town, keeper, town.code("hk", newcomer)).outcome is Outcome.ADMIT
    assert town.events() == ["bundle.taken", "bundle.taken", "lists.loaded", "lists.loaded"]

    town.told.clear()
    town.sources[:] = [Stick(old)]
    for _ in range(3):
        town.worker.look()
        assert not keeper.look_again(town.told.append)
    assert town.events() == ["bundle.refused"] and town.faults() == ["-bundle"]
    failed = next(one for one in town.told if isinstance(one, PartFailed))
    assert failed.fault.code == "BU" and "Call the operator" in failed.fault.advice
    assert not failed.fault.stops
    assert verdict(town, keeper, town.code("hk", newcomer)).outcome is Outcome.ADMIT

    town.sources[:] = [town.repository.mirror()]
    town.worker.look()
    assert town.faults() == ["-bundle", "+bundle"]


def test_a_code_on_the_published_revocation_list_is_refused(town: Town) -> None:
    town.worker.look()
    keeper = town.keeper()
    code = town.code()
    assert town.check(keeper, code).revocation is Revocation.CLEAR
    town.write_revocation("hk", Withdrawn(None, CTI, frozenset({truncated(bytes(16))})))
    town.publish(hours=1)
    town.worker.look()
    keeper.look_again(town.told.append)
    assert verdict(town, keeper, code).reasons[0] is ReasonId.REVOKED
    assert town.check(keeper, town.code("mo")).revocation is Revocation.CLEAR, "hk withdraws no code of mo"


def test_a_jurisdiction_that_files_anothers_key_is_held_back_and_said(town: Town) -> None:
    town.worker.look()
    keeper = town.keeper()
    impostor = town.authority("mo")
    town.write_trust("hk", impostor)
    town.write_trust("mo")
    town.publish(hours=1)
    town.worker.look()
    keeper.look_again(town.told.append)
    assert town.faults() == ["-bundle hk"]
    assert town.check(keeper, town.code("mo", impostor)).signature is not Signature.VALID
    assert verdict(town, keeper, town.code("hk")).outcome is Outcome.ADMIT
    town.write_trust("hk")
    town.publish(hours=1)
    town.worker.look()
    assert town.faults() == ["-bundle hk", "+bundle hk"]


def freshness(town: Town, keeper: BundleKeeper) -> dict[str, Freshness]:
    views = keeper.lists.views(town.clock.at)
    return {f"{view.kind} {view.name}": view.freshness for view in views}


def test_an_old_list_is_fresh_while_every_timestamp_confirms_it(town: Town) -> None:
    town.worker.look()
    keeper = town.keeper()
    for _ in range(20):
        town.repository.at += timedelta(hours=24)
        town.clock.at = town.repository.at
        town.repository.publish(timestamp_only=True)
        town.worker.look()
        keeper.look_again(town.told.append)
    assert set(freshness(town, keeper).values()) == {Freshness.FRESH}
    assert verdict(town, keeper, town.code()).outcome is Outcome.ADMIT
    assert town.faults() == []


def test_lists_behind_a_frozen_mirror_age_warn_and_refer(town: Town) -> None:
    town.worker.look()
    keeper = town.keeper()
    town.clock.at += timedelta(hours=37)
    town.worker.look()
    keeper.look_again(town.told.append)
    assert set(freshness(town, keeper).values()) == {Freshness.AGEING}
    assert verdict(town, keeper, town.code()).outcome is Outcome.ADMIT
    ages = [part for part in town.faults() if part.startswith("-age of ")]
    assert len(ages) == 4, "each list is named once, while there is time"
    keeper.look_again(town.told.append)
    assert town.faults() == ages
    town.clock.at += timedelta(hours=36)
    assert verdict(town, keeper, town.code()).reasons[0] is ReasonId.REVOCATION_LIST_STALE
    town.repository.at = town.clock.at
    town.repository.publish(timestamp_only=True)
    town.worker.look()
    keeper.look_again(town.told.append)
    assert [part for part in town.faults() if part.startswith("+age of ")] == [
        f"+{part[1:]}" for part in sorted(ages)
    ]
    assert verdict(town, keeper, town.code()).outcome is Outcome.ADMIT


def test_a_lane_without_a_network_goes_on_after_a_restart(town: Town) -> None:
    town.worker.look()
    town.sources.clear()
    town.clock.at += timedelta(hours=30)
    keeper = town.keeper()
    assert verdict(town, keeper, town.code()).outcome is Outcome.ADMIT


def test_no_network_is_no_alarm(town: Town, tmp_path: Path) -> None:
    town.sources[:] = [Stick(tmp_path / "nowhere")]
    town.worker.look()
    town.worker.look()
    assert town.faults() == [] and town.events() == ["bundle.refused"]


class Slow(Source):
    """A network that is too slow."""

    name = "slow"

    def pieces(self, path: str, start: int = 0) -> Iterator[bytes]:
        raise Refused(Why.SLOW, "it comes too slowly")


def test_a_slow_network_is_an_alarm_when_it_stays_slow(town: Town) -> None:
    town.sources[:] = [Slow()]
    for _ in range(2):
        town.worker.look()
    assert town.faults() == []
    for _ in range(3):
        town.worker.look()
    assert town.faults() == ["-bundle"] and town.events() == ["bundle.refused"]


def test_a_bad_mirror_keeps_no_news_back_that_another_source_has(town: Town, tmp_path: Path) -> None:
    """Old, without files, or slow: the stick beside it is looked at in the same look."""
    town.worker.look()
    old = Stick(town.repository.copy(tmp_path / "old"))
    keeper = town.keeper()
    for number, bad in enumerate((old, Slow(), Stick(tmp_path / "nowhere"))):
        newcomer = town.authority("hk")
        town.write_trust("hk", newcomer)
        town.publish(hours=1)
        town.sources[:] = [bad, Stick(town.repository.copy(tmp_path / f"stick{number}"))]
        town.worker.look()
        assert keeper.look_again(town.told.append)
        assert verdict(town, keeper, town.code("hk", newcomer)).outcome is Outcome.ADMIT


def test_a_stick_that_is_taken_out_is_no_trouble_any_more(town: Town, tmp_path: Path) -> None:
    town.worker.look()
    old = town.repository.copy(tmp_path / "old")
    town.publish(hours=1)
    town.worker.look()
    mirror = town.sources[0]
    stick: list[Source] = [mirror, Stick(old)]
    town.told.clear()
    town.sources[:] = stick
    town.worker.look()
    assert town.faults() == ["-bundle"]
    town.sources[:] = [mirror]
    town.worker.look()
    assert town.faults() == ["-bundle", "+bundle"]


def test_a_policy_that_this_program_cannot_read_holds_back_itself_alone(town: Town) -> None:
    town.worker.look()
    keeper = town.keeper()
    newcomer = town.authority("hk")
    town.write_policy("second", schema_of_tomorrow=True)
    town.write_trust("hk", newcomer)
    town.publish(hours=1)
    town.told.clear()
    town.worker.look()
    town.worker.look()
    assert town.events() == ["bundle.taken", "bundle.refused"] and town.faults() == ["-bundle policy"]
    fault = next(one.fault for one in town.told if isinstance(one, PartFailed))
    assert "the one before stays in use" in fault.advice and "too old to read it" in fault.advice
    assert keeper.look_again(town.told.append)
    for lane in (keeper, town.keeper()):  # the second one after a restart
        assert lane.lists.policy is not None and lane.lists.policy.name == "first"
        assert lane.lists.faults == ()
        assert verdict(town, lane, town.code("hk", newcomer)).outcome is Outcome.ADMIT
    town.publish(hours=1)
    town.worker.look()
    assert town.keeper().lists.policy == keeper.lists.policy
    town.write_policy("third")
    town.publish(hours=1)
    town.worker.look()
    assert town.faults()[-1] == "+bundle policy"
    assert keeper.look_again(town.told.append)
    assert keeper.lists.policy is not None and keeper.lists.policy.name == "third"


def test_a_policy_that_accepts_specimens_does_not_put_the_one_before_out(town: Town) -> None:
    town.worker.look()
    town.write_policy("demonstration", accept_specimens=True)
    town.publish(hours=1)
    town.told.clear()
    town.worker.look()
    assert town.faults() == ["-bundle policy"]
    lists = town.keeper().lists
    assert lists.policy is not None and lists.policy.name == "first"
    refuse_specimens(town.settings, lists.policy, None)
    taken_before = lists.policy.model_copy(update={"accept_specimens": True})
    with pytest.raises(CannotStart, match=r"^policy lane of the bundle: .* with bundle\.profile$"):
        refuse_specimens(town.settings, taken_before, None)


def test_a_policy_of_keys_that_were_taken_away_does_not_stay(town: Town) -> None:
    """The one before may be the thief's: what he signed counts for nothing, whatever came after it."""
    town.worker.look()
    town.repository.keys["targets"] = ["another"]
    town.repository.new_root()
    town.repository.files["station/policy/lane.json"] = b'{"name": "broken"}'
    town.publish(hours=1)
    town.worker.look()
    assert town.faults() == ["-bundle policy"]
    assert town.keeper().lists.policy is None and town.keeper().lists.snapshot.revocation is not None
    assert verdict(town, town.keeper(), town.code()).outcome is Outcome.REFER


def test_a_new_policy_is_in_force_with_its_own_limits(town: Town) -> None:
    town.worker.look()
    keeper = town.keeper()
    strict = {"trust": {"warn_h": 1, "refer_h": 2}, "revocation": {"warn_h": 1, "refer_h": 2}}
    town.write_policy("second", freshness=strict)
    town.publish(hours=1)
    town.worker.look()
    keeper.look_again(town.told.append)
    assert keeper.lists.policy is not None and keeper.lists.policy.name == "second"
    town.clock.at += timedelta(hours=3)
    assert set(freshness(town, keeper).values()) == {Freshness.STALE}


def test_a_program_older_than_the_station_allows_refers_everybody_and_says_why(town: Town) -> None:
    town.repository.files["station/minimum.json"] = write_minimum("99.0.0")
    town.publish(hours=1)
    town.worker.look()
    keeper = town.keeper()
    assert [fault.code for fault in keeper.lists.faults] == ["VE"]
    assert "update it" in keeper.lists.faults[0].advice
    assert verdict(town, keeper, town.code()).outcome is Outcome.REFER
    town.repository.files["station/minimum.json"] = write_minimum("0.0.1")
    town.publish(hours=1)
    town.worker.look()
    keeper.look_again(town.told.append)
    assert town.faults() == ["+program"]
    assert verdict(town, keeper, town.code()).outcome is Outcome.ADMIT


def test_notices_are_read_and_a_bad_one_is_named(town: Town) -> None:
    town.repository.files["station/notices/today.json"] = write_notice(Notice({"en": "Gate 4 is shut."}))
    town.publish(hours=1)
    town.worker.look()
    keeper = town.keeper()
    assert [notice.says["en"] for notice in keeper.station.notices] == ["Gate 4 is shut."]
    town.repository.files["station/notices/today.json"] = b"{}"
    town.publish(hours=1)
    town.worker.look()
    keeper.look_again(town.told.append)
    assert "-notices" in town.faults()
    assert [notice.says["en"] for notice in keeper.station.notices] == ["Gate 4 is shut."]


@pytest.mark.parametrize("role", ["hk", "mo"])
def test_a_list_damaged_on_this_disk_is_named_and_fetched_again(town: Town, role: str) -> None:
    town.worker.look()
    keeper = town.keeper()
    listed = town.repository.listed(role)[f"{role}/trust/signers.json"].hashes["sha256"]
    file = town.folder / "bundle" / "targets" / listed
    file.write_bytes(file.read_bytes().replace(b"signers", b"sinners"))
    fresh = town.keeper()
    assert [fault.code for fault in fresh.lists.faults][:1] == ["TL"]
    assert verdict(town, fresh, town.code(role)).outcome is not Outcome.ADMIT
    assert verdict(town, keeper, town.code(role)).outcome is Outcome.ADMIT
    town.worker.look()
    assert fresh.look_again(town.told.append)
    assert verdict(town, fresh, town.code(role)).outcome is Outcome.ADMIT
