"""Whoever recorded a lane's referrals on a plain line can say them again, and it changes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.batch import SIGNATURE_HEADER
from sync.exchange import NONCE_HEADER, sign_request
from sync.hub.app import create_app
from sync.hub.ledger import Ledger
from tests.sync.ground import HandClock, key
from tests.sync.hub.served import raw, served
from tests.sync.hub.waiting_ground import Station, opened

NONCE = "0123456789abcdef"


class Recorded:
    """Requests of lane-1 as somebody on the line saw them."""

    def __init__(self, station: Station, url: str) -> None:
        self.station, self.url = station, url

    def tell(self, **said: list[object]) -> tuple[str, bytes, dict[str, str]]:
        """What the lane sends; it arrives once."""
        body, target = json.dumps(said).encode(), "/v1/kiosks/lane-1/referrals"
        signature = sign_request(self.station.keys["lane-1"].device, "POST", target, NONCE, body)
        request = (target, body, {NONCE_HEADER: NONCE, SIGNATURE_HEADER: signature})
        assert self.again(*request) == 200
        return request

    def again(self, target: str, body: bytes, headers: dict[str, str]) -> int:
        return raw(f"{self.url}{target}", "POST", data=body, headers=headers).status_code

    def shown(self) -> dict[tuple[str, str], str]:
        return {(one.lane, one.crossing): one.state for one in self.station.shown()}


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recorded]:
    folder: Path = tmp_path_factory.mktemp("recorded")
    clock = HandClock()
    station = Station(folder / "hub", clock)
    with served(create_app(Ledger(station.hub.engine, clock), key())) as url:
        yield Recorded(station, url)
    station.close()


def said(crossing: str) -> object:
    return opened(crossing).model_dump(mode="json")


def test_an_old_referral_after_its_decision_opens_nothing_and_ends_no_other(recorded: Recorded) -> None:
    first = recorded.tell(opened=[said("c-1")])
    recorded.station.claim()
    number = recorded.station.decide()
    assert recorded.again(*first) == 200
    assert recorded.shown() == {("lane-1", "c-1"): "decided"}
    recorded.tell(heard=[{"number": number, "word": "taken"}])
    closing = recorded.tell(closed=[{"crossing": "c-1", "how": "admit", "by": "O-17"}])
    recorded.tell(opened=[said("c-2")])
    after = {("lane-1", "c-1"): "closed", ("lane-1", "c-2"): "open"}
    for request in (first, closing, first):
        assert recorded.again(*request) == 200
        assert recorded.shown() == after, "the traveller who stands there now keeps his referral"
    assert recorded.station.decide() == "decided", "and nobody decides it a second time"


def test_a_referral_of_one_lane_is_not_another_lanes(recorded: Recorded) -> None:
    target, body, headers = recorded.tell(opened=[said("c-3")])
    before = recorded.shown()
    assert recorded.again(target.replace("lane-1", "lane-2"), body, headers) == 403
    assert recorded.again(target.replace("lane-1", "desk-1"), body, headers) == 403
    assert recorded.again(target.replace("lane-1", "nobody"), body, headers) == 404
    assert recorded.shown() == before


@pytest.mark.parametrize(
    ("old", "new"), [(b'"c-4"', b'"c-5"'), (b'"REFER"', b'"ADMIT"'), (b"120", b"900"), (b"}]}", b"}], }")]
)
def test_an_altered_referral_is_nobodys(recorded: Recorded, old: bytes, new: bytes) -> None:
    target, body, headers = recorded.tell(opened=[said("c-4")])
    before = recorded.shown()
    assert old in body
    assert recorded.again(target, body.replace(old, new), headers) == 403
    assert recorded.again(target, body, headers | {NONCE_HEADER: NONCE[::-1]}) == 403
    assert recorded.again(f"{target}?x=1", body, headers) == 403
    assert recorded.shown() == before
