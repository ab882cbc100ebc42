"""A kiosk is enrolled when a person compared one code; whoever stands between cannot make the codes agree."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.batch import SIGNATURE_HEADER
from sync.canonical import NotCanonical
from sync.enrolment import (
    REQUEST,
    EnrolmentAsked,
    as_typed,
    codes,
    commitment,
    offer_message,
    read_offer,
    read_request,
)
from sync.exchange import Exchange
from sync.hub.enrolments import MOST_UNDECIDED, Enrolments, NotProved, Standing, TooMany
from sync.hub.ledger import EnrolmentRefused
from sync.signing import SigningKey
from tests.sync.ground import HandClock, key
from tests.sync.hub.ground import CHAN, STATION, LaneKeys, StationHub
from tests.sync.hub.served import raw, served

NUMBER = bytes(range(32))


def asked(lane: LaneKeys, number: bytes = NUMBER, station: str = STATION) -> bytes:
    device, seal = lane.device.public.raw, lane.seal.public.raw
    return EnrolmentAsked(lane.name, station, "1.0", device, seal, commitment(number)).body()


@pytest.fixture
def hub(tmp_path: Path, clock: HandClock, database: str | None) -> Iterator[StationHub]:
    made = StationHub(tmp_path / "hub", clock, database=database)
    yield made
    made.close()


@pytest.fixture
def room(hub: StationHub, clock: HandClock) -> Enrolments:
    return Enrolments(hub.engine, clock, hub.hub.public)


def begin(room: Enrolments, lane: LaneKeys, number: bytes = NUMBER) -> tuple[str, str, str]:
    """The request's name, and the code and reply the kiosk makes of what it heard."""
    body = asked(lane, number)
    name, nonce, _ = room.ask(body, lane.device.sign(REQUEST + body))
    assert room.reveal(name, number) == "waiting"
    made = codes(body, room._hub.raw, nonce, number)
    return name, made.code, made.reply


def test_the_kiosk_whose_code_was_typed_is_enrolled(hub: StationHub, room: Enrolments) -> None:
    lane = LaneKeys("lane-1")
    name, code, reply = begin(room, lane)
    assert [pending.code for pending in room.pending()] == [code]
    assert room.state(name) == Standing("waiting", "lane-1", STATION)
    approved = room.approve(code.lower().replace("-", " "), CHAN)
    assert (approved.kiosk, approved.station, approved.reply) == ("lane-1", STATION, reply)
    assert room.state(name) == Standing("approved", "lane-1", STATION, reply)
    assert room.pending() == []
    assert hub.devices.seal_keys(STATION) == {"lane-1": lane.seal.public}
    assert room.approve(code, CHAN) == approved, "said twice, it means the same"


def test_a_kiosk_that_was_refused_hears_so(room: Enrolments, hub: StationHub) -> None:
    name, code, _ = begin(room, LaneKeys("lane-1"))
    assert room.refuse(code, CHAN) == "lane-1"
    assert room.state(name) == Standing("refused", "lane-1", STATION)
    with pytest.raises(EnrolmentRefused):
        room.approve(code, CHAN)
    assert hub.devices.profiles() == []


def test_the_code_depends_on_everything_both_sides_said() -> None:
    lane, other = LaneKeys("lane-1"), LaneKeys("lane-1")
    hub, wrong_hub, nonce = key().public.raw, key().public.raw, bytes(32)
    right = codes(asked(lane), hub, nonce, NUMBER)
    assert right == codes(asked(lane), hub, nonce, NUMBER)
    others = [
        codes(asked(other), hub, nonce, NUMBER),
        codes(asked(lane, station="elsewhere"), hub, nonce, NUMBER),
        codes(asked(lane), wrong_hub, nonce, NUMBER),
        codes(asked(lane), hub, bytes([1]) * 32, NUMBER),
        codes(asked(lane), hub, nonce, bytes(32)),
    ]
    assert all(made.code != right.code and made.reply != right.reply for made in others)
    assert len({made.code for made in others}) == len(others)


def test_codes_of_the_protocol_page() -> None:
    made = codes(b"{}", bytes(32), bytes([1]) * 32, bytes([2]) * 32)
    assert (made.code, made.reply) == ("3G6J-YW6Q", "ZSQ5")


def test_a_number_other_than_the_one_committed_to_ends_the_request(room: Enrolments) -> None:
    lane = LaneKeys("lane-1")
    body = asked(lane)
    name, _, _ = room.ask(body, lane.device.sign(REQUEST + body))
    assert room.reveal(name, bytes(32)) == "gone"
    assert room.reveal(name, NUMBER) == "gone"
    assert room.pending() == []


def test_a_code_nobody_shows_enrols_nobody(room: Enrolments, hub: StationHub) -> None:
    _, code, _ = begin(room, LaneKeys("lane-1"))
    wrong = ("0" if code[0] != "0" else "1") + code[1:]
    with pytest.raises(EnrolmentRefused, match="No kiosk that waits"):
        room.approve(wrong, CHAN)
    assert hub.devices.profiles() == []


def test_keys_that_are_not_ones_own_or_keep_no_secret_are_turned_away(
    hub: StationHub, room: Enrolments
) -> None:
    lane, other = LaneKeys("lane-1"), LaneKeys("lane-1")
    body = asked(lane)
    with pytest.raises(NotProved):
        room.ask(body, other.device.sign(REQUEST + body))
    own = LaneKeys("lane-1", device=hub.hub)
    with pytest.raises(NotProved):
        room.ask(asked(own), hub.hub.sign(REQUEST + asked(own)))
    neutral = bytes([1]) + bytes(31)
    for device, seal in ((neutral, lane.seal.public.raw), (lane.device.public.raw, bytes(32))):
        body = EnrolmentAsked("lane-1", STATION, "1.0", device, seal, commitment(NUMBER)).body()
        with pytest.raises(NotProved):
            room.ask(body, lane.device.sign(REQUEST + body))


def test_the_hubs_own_key_and_a_key_for_everybody_are_not_enrolled_by_hand(hub: StationHub) -> None:
    from sync.signing import PublicKey

    for wrong in (hub.hub.public, PublicKey(bytes([1]) + bytes(31)), PublicKey(b"\xff" * 32)):
        with pytest.raises(EnrolmentRefused):
            hub.devices.enrol("lane-1", wrong, station=STATION, hub=hub.hub.public)


def test_requests_end_by_themselves_and_are_bounded(room: Enrolments, clock: HandClock) -> None:
    lanes = [LaneKeys(f"lane-{number}") for number in range(MOST_UNDECIDED)]
    names = [begin(room, lane)[0] for lane in lanes]
    late = LaneKeys("lane-late")
    with pytest.raises(TooMany):
        begin(room, late)
    begin(room, lanes[0])
    assert len(room.pending()) == MOST_UNDECIDED, "a kiosk that asks again does not wait twice"
    clock.pass_time(minutes=15, seconds=1)
    assert room.pending() == []
    assert room.state(names[1]) == Standing("gone")
    begin(room, late)


def test_a_request_whose_number_is_never_told_is_forgotten_soon(room: Enrolments, clock: HandClock) -> None:
    lane = LaneKeys("lane-1")
    body = asked(lane)
    name, _, _ = room.ask(body, lane.device.sign(REQUEST + body))
    assert room.pending() == []
    clock.pass_time(minutes=2, seconds=1)
    assert room.reveal(name, NUMBER) == "gone"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        asked(LaneKeys("lane-1")).replace(b'"1.0"', b"1"),
        asked(LaneKeys("lane-1")).replace(b"lane-1", b"../etc"),
        asked(LaneKeys("lane-1")).replace(b'"1.0"', b'"1.0","more":""'),
    ],
)
def test_what_is_no_request_is_not_read(body: bytes) -> None:
    with pytest.raises(NotCanonical):
        read_request(body)


def test_what_people_type_is_read_kindly() -> None:
    assert as_typed(" 0ab1-cdef ") == as_typed("OABICDEF") == "0AB1-CDEF"
    assert as_typed("4d5t") == "4D5T"


class TestOverHttp:
    """The same through the hub's doors."""

    @pytest.fixture
    def url(self, hub: StationHub) -> Iterator[str]:
        with served(hub.app) as url:
            yield url

    def ask(self, url: str, lane: LaneKeys, signer: SigningKey | None = None) -> tuple[bytes, bytes, str]:
        from base64 import b64encode

        body = asked(lane)
        signed = b64encode((signer or lane.device).sign(REQUEST + body)).decode()
        said = raw(f"{url}/v1/enrolments", "POST", data=body, headers={SIGNATURE_HEADER: signed})
        assert said.status_code == (403 if signer else 201)
        return body, said.content, said.headers.get(SIGNATURE_HEADER, "")

    def test_from_the_request_to_the_first_signed_answer(
        self, url: str, hub: StationHub, room: Enrolments
    ) -> None:
        from base64 import b64decode

        from sync.session import open_session

        lane = LaneKeys("lane-1")
        body, offer, signature = self.ask(url, lane)
        name, raw_hub, nonce = read_offer(offer)
        assert raw_hub == hub.hub.public.raw
        assert hub.hub.public.verifies(b64decode(signature), offer_message(body, offer))
        with open_session() as session:
            line = Exchange(url, name, lane.device, hub.hub.public, session, root="/v1/enrolments/")
            assert line.ask("POST", "/nonce", {"nonce": NUMBER.hex()}).table == {"state": "waiting"}
            shown = codes(body, raw_hub, nonce, NUMBER)
            assert "reply" not in line.ask("GET", "").table, "nothing of it before a person compared the code"
            room.approve(shown.code, CHAN)
            assert line.ask("GET", "").table == {
                "state": "approved",
                "kiosk": "lane-1",
                "station": STATION,
                "reply": shown.reply,
            }
            known = Exchange(url, "lane-1", lane.device, hub.hub.public, session)
            assert known.ask("GET", "/time").status == 200

    def test_strangers_are_not_answered(self, url: str) -> None:
        lane = LaneKeys("lane-1")
        self.ask(url, lane, signer=key())
        _, offer, _ = self.ask(url, lane)
        name = read_offer(offer)[0]
        assert raw(f"{url}/v1/enrolments/{name}").status_code == 400
        nonce = {"Checkpoint-Nonce": "0123456789abcdef", SIGNATURE_HEADER: "AAAA"}
        assert raw(f"{url}/v1/enrolments/{name}", headers=nonce).status_code == 403
        assert raw(f"{url}/v1/enrolments/{secrets.token_hex(16)}", headers=nonce).status_code == 404
        assert raw(f"{url}/v1/enrolments", "POST", data=bytes(5000)).status_code == 413
