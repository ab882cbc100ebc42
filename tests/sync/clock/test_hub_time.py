"""The hub's time over a real line: signed for one question, as exact as the way was short."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import requests

from config.moment import Moment
from sync.canonical import canonical_json, utc_text
from sync.clock.core import Heard
from sync.clock.hub_time import HubTime, ask_hub
from sync.exchange import NONCE_HEADER, Exchange, sign_answer
from sync.hub.app import create_app
from sync.hub.database import open_database
from sync.hub.ledger import Ledger
from sync.line import NoAnswer
from tests.sync.clock.bench import NOON, Bench
from tests.sync.ground import key
from tests.sync.hub.served import exchange, served

DEVICE, HUB, STRANGER = key(), key(), key()


class Answer:
    """What a session gives back, read in a stream."""

    status_code = 200

    def __init__(self, body: bytes, signature: str) -> None:
        self._body = body
        self.headers = {"Checkpoint-Signature": signature}

    def __enter__(self) -> Answer:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is held."""

    def iter_content(self, _size: int) -> Iterator[bytes]:
        yield self._body


class Network(requests.Session):
    """A line that takes `slow` seconds, to a hub that says `at`, signed by `signer`."""

    def __init__(self, bench: Bench, at: str) -> None:
        super().__init__()
        self.bench, self.at, self.slow, self.signer = bench, at, 0.0, HUB
        self.replay: tuple[bytes, str] | None = None

    def request(self, *_: object, **more: object) -> Answer:  # type: ignore[override]
        headers = more["headers"]
        assert isinstance(headers, dict)
        self.bench.machine.pass_time(seconds=self.slow)
        body = canonical_json({"at": self.at})
        given = self.replay or (body, sign_answer(self.signer, headers[NONCE_HEADER], 200, body))
        self.last = given
        return Answer(*given)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def line(bench: Bench, at: datetime | str = NOON) -> tuple[Network, Exchange]:
    network = Network(bench, at if isinstance(at, str) else utc_text(at))
    return network, Exchange("http://hub", "lane-1", DEVICE, HUB.public, network)


def test_the_real_hub_s_time_is_believed(bench: Bench, tmp_path: Path) -> None:
    clock = lambda: Moment(0.0, bench.machine.true)  # noqa: E731
    ledger = Ledger(open_database(tmp_path), clock)
    ledger.enrol("lane-1", DEVICE.public)
    bench.machine.turn(minutes=-7)
    bench.start()
    with (
        served(create_app(ledger, HUB)) as url,
        exchange(url, "lane-1", DEVICE, HUB.public) as ask,
    ):
        assert ask_hub(ask, bench.clock) is Heard.TAKEN
    assert bench.state == "BELIEVED"
    assert bench.now == NOON


def test_an_answer_to_another_question_is_no_answer(bench: Bench) -> None:
    network, ask = line(bench)
    assert ask_hub(ask, bench.clock) is Heard.TAKEN
    network.replay = network.last
    bench.machine.pass_time(hours=3)
    with pytest.raises(NoAnswer, match="not for this request"):
        ask_hub(ask, bench.clock)
    assert bench.now == bench.machine.true


def test_somebody_else_s_time_is_no_answer(bench: Bench) -> None:
    network, ask = line(bench, NOON + timedelta(minutes=30))
    network.signer = STRANGER
    with pytest.raises(NoAnswer):
        ask_hub(ask, bench.clock)
    assert bench.state == "UNSURE"


@pytest.mark.parametrize("at", ["yesterday", "9999-12-31T23:59:59.999999Z", "1970-01-01T00:00:00.000000Z"])
def test_no_time_is_no_answer(bench: Bench, at: str) -> None:
    with pytest.raises(NoAnswer, match="no time"):
        ask_hub(line(bench, at)[1], bench.clock)


def test_a_slow_answer_counts_with_half_its_way(bench: Bench) -> None:
    network, ask = line(bench, NOON + timedelta(seconds=4))
    network.slow = 8.0
    assert ask_hub(ask, bench.clock) is Heard.TAKEN
    assert bench.now == bench.machine.true
    assert bench.clock.status.uncertain_s == pytest.approx(4.0, abs=0.01)


def test_an_answer_that_took_too_long_is_no_answer(bench: Bench) -> None:
    network, ask = line(bench)
    network.slow = 11.0
    with pytest.raises(NoAnswer, match="too long"):
        ask_hub(ask, bench.clock)
    assert bench.state == "UNSURE"


def test_a_hub_that_gave_no_time_is_asked_again_sooner() -> None:
    answers: Iterator[NoAnswer | Heard] = iter(
        [NoAnswer("the hub can't be reached"), Heard.DISPUTED, Heard.TAKEN, NoAnswer("again")]
    )

    def ask() -> Heard:
        answer = next(answers)
        if isinstance(answer, NoAnswer):
            raise answer
        return answer

    asking = HubTime(ask, 300.0, lambda: 1.0)
    assert asking.step() == 2.0
    assert asking.trouble
    assert asking.step() == 4.0
    assert not asking.trouble
    assert asking.step() == 300.0
    assert asking.step() == 2.0


def test_lanes_that_wait_for_a_hub_do_not_all_ask_at_once_and_never_stop_asking() -> None:
    def nobody() -> Heard:
        raise NoAnswer("the hub can't be reached")

    patient, hasty = HubTime(nobody, 300.0, lambda: 1.0), HubTime(nobody, 300.0, lambda: 0.0)
    assert [patient.step() for _ in range(8)] == [2, 4, 8, 16, 32, 60, 60, 60]
    assert [hasty.step() for _ in range(3)] == [1, 2, 4]
