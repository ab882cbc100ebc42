"""Every attack of the TUF specification's list (1.5.2) has tests of its own: which they are."""

from __future__ import annotations

from types import ModuleType

import pytest

from tests.kiosk.bundle import test_lane
from tests.sync.bundle import test_attacks, test_mirror, test_update
from tests.sync.bundle.publishing import test_reference_client

ATTACKS: dict[str, list[tuple[ModuleType, str]]] = {
    "arbitrary software installation": [
        (test_attacks, "test_a_target_that_was_not_signed_is_not_taken"),
        (test_attacks, "test_metadata_signed_by_a_stranger_are_not_taken"),
    ],
    "endless data": [
        (test_attacks, "test_endless_data_end_at_a_bound"),
        (test_attacks, "test_a_target_larger_than_any_may_be_is_never_asked_for"),
    ],
    "extraneous dependencies": [
        (test_update, "test_files_of_other_lanes_are_left_where_they_are"),
        (test_attacks, "test_a_list_draws_in_nothing_that_its_signer_may_not_sign"),
    ],
    "fast-forward": [
        (test_attacks, "test_numbers_driven_to_the_sky_are_recovered_by_new_keys"),
        (test_reference_client, "test_a_client_that_was_fast_forwarded_recovers_when_the_key_is_replaced"),
    ],
    "indefinite freeze": [
        (test_attacks, "test_a_mirror_that_shows_the_same_for_ever_is_found_out"),
        (test_attacks, "test_metadata_past_their_end_are_not_taken"),
        (test_lane, "test_lists_behind_a_frozen_mirror_age_warn_and_refer"),
    ],
    "malicious mirrors preventing updates": [
        (test_lane, "test_a_bad_mirror_keeps_no_news_back_that_another_source_has"),
        (test_attacks, "test_a_mirror_that_lacks_what_the_metadata_name_is_refused"),
    ],
    "mix-and-match": [
        (test_attacks, "test_parts_of_two_bundles_are_never_put_together"),
        (test_attacks, "test_metadata_of_one_role_do_not_pass_for_another"),
    ],
    "rollback": [
        (test_attacks, "test_an_older_timestamp_is_refused"),
        (test_attacks, "test_an_older_list_under_a_new_timestamp_is_refused"),
        (test_attacks, "test_no_lost_file_of_a_lane_lets_an_old_bundle_in"),
    ],
    "slow retrieval": [
        (test_mirror, "test_a_mirror_that_sends_one_byte_a_second_is_left"),
        (test_mirror, "test_patience_ends_after_seconds_and_grows_with_what_came"),
    ],
    "vulnerability to key compromises": [
        (test_attacks, "test_one_stolen_root_key_of_two_makes_no_new_root"),
        (test_attacks, "test_a_rotated_out_key_signs_nothing_more"),
        (test_attacks, "test_one_key_under_two_names_signs_once"),
    ],
    "wrong software installation": [
        (test_attacks, "test_another_target_in_the_place_of_the_wanted_one_is_not_taken"),
        (test_attacks, "test_a_jurisdiction_that_signs_for_another_is_held_back_alone"),
    ],
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_each_attack_of_the_list_has_tests(attack: str) -> None:
    for module, name in ATTACKS[attack]:
        assert callable(getattr(module, name))
