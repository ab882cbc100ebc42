"""The end of one list, as it stands in signed metadata."""

from __future__ import annotations

import pytest
from tuf.api.metadata import TargetFile, Targets

from sync.bundle.ending import end_at, until_of
from sync.bundle.held import Wanted, wanted_files
from sync.bundle.metadata import Verified
from sync.bundle.refused import Refused, Why
from sync.canonical import NotCanonical
from tests.sync.bundle.repository import AT

PATH = "hk/trust/signers.json"


def listed(custom: object) -> Targets:
    target = TargetFile.from_data(PATH, b"made up", ["sha256"])
    target.unrecognized_fields["custom"] = custom
    return Targets(targets={PATH: target}, expires=AT)


def test_an_end_is_given_and_taken_away_and_the_rest_stays() -> None:
    target = listed({"signed_at": "made up"}).targets[PATH]
    assert until_of(target) is None
    end_at(target, AT)
    assert until_of(target) == AT
    assert target.to_dict()["custom"] == {"signed_at": "made up", "until": "2026-11-23T04:00:00.000000Z"}
    end_at(target, None)
    assert target.to_dict()["custom"] == {"signed_at": "made up"}


@pytest.mark.parametrize("until", [7, "tomorrow", "2026-13-01T00:00:00.000000Z", ["2026"]])
def test_an_end_that_cannot_be_read_is_never_read_as_no_end(until: object) -> None:
    targets = listed({"until": until})
    with pytest.raises(NotCanonical):
        until_of(targets.targets[PATH])
    signed = Verified(targets, b"", frozenset())
    with pytest.raises(Refused) as refused:
        wanted_files("hk", signed, signed, Wanted())
    assert refused.value.why is Why.UNFIT


@pytest.mark.parametrize("custom", [None, [], "made up", {"until": None}, {}])
def test_what_says_nothing_of_an_end_has_none(custom: object) -> None:
    assert until_of(listed(custom).targets[PATH]) is None
