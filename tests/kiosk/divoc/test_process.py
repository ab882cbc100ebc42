"""The DIVOC worker's process: asked, late, dead, talking nonsense, absent; and never left behind."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.divoc import worker
from kiosk.divoc.messages import MessageFault, answer, answered, ask, asked, refusal
from kiosk.divoc.process import AT_A_DESK_S, DivocProcess, divoc_formats, divoc_process
from kiosk.program import program
from tests.verification.made import NOW
from tests.verification.made_divoc import CERTIFICATE, SIGNERS, V1, code
from verification.assessment import Signature
from verification.encodings.malformed import Malformed
from verification.formats.credential import Unverifiable
from verification.formats.divoc_graph import canonical
from verification.reasons import ReasonId
from verification.snapshot import Snapshot
from verification.trust.store import TrustList
from verification.verifier import Verifier

REAL = [*program(), "divoc-worker"]
DOCUMENT = {"@context": CERTIFICATE["@context"], "type": "VerifiableCredential"}
GREETING = "import sys, time; print('{\"ready\": true}', flush=True); line = sys.stdin.readline()\n"
Start = Callable[..., DivocProcess]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts processes with generous times, and ends them."""
    begun: list[DivocProcess] = []

    def begin(argv: list[str] = REAL, **times: Any) -> DivocProcess:
        begun.append(DivocProcess(argv, **({"budget_s": 30.0, "start_s": 30.0} | times)))
        return begun[-1]

    yield begin
    for process in begun:
        process.stop()
        assert process.pid is None


def scripted(script: str) -> list[str]:
    return [sys.executable, "-c", GREETING + script]


def gone(pid: int) -> bool:
    return not Path(f"/proc/{pid}").exists()


def test_the_worker_says_what_documents_state(start: Start) -> None:
    process = start()
    assert process.canonicalise([DOCUMENT, CERTIFICATE]) == [canonical(DOCUMENT), canonical(CERTIFICATE)]
    assert process.canonicalise([]) == []
    assert process.starts == 1


def test_what_is_no_document_is_malformed_and_the_worker_goes_on(start: Start) -> None:
    process = start()
    for wrong in ({"@context": "http://127.0.0.1:9/"}, {"@context": CERTIFICATE["@context"], "type": 5}):
        with pytest.raises(Malformed, match=r"divoc: "):
            process.canonicalise([wrong])
    assert process.canonicalise([DOCUMENT]) == [canonical(DOCUMENT)]
    assert process.starts == 1


def test_a_flood_of_nameless_things_is_over_at_once(start: Start) -> None:
    """Ordered by the library, eight such things take half a minute and twelve take years."""
    nodes = [{"id": f"_:n{one}", "evidence": [f"_:n{other}" for other in range(11)]} for one in range(11)]
    flood = {"@context": [CERTIFICATE["@context"][0], V1], "type": "VerifiableCredential", "evidence": nodes}
    process = start()
    with pytest.raises(Malformed, match="told apart"):
        process.canonicalise([flood])
    assert process.starts == 1


def test_a_worker_that_hangs_is_killed_when_its_time_is_up(start: Start) -> None:
    process = start(scripted("time.sleep(3600)"), budget_s=0.05)
    process.start()
    hung = process.pid
    assert hung is not None
    with pytest.raises(Unverifiable):
        process.canonicalise([DOCUMENT])
    assert gone(hung)
    assert process.starts == 2, "the next one is on its way already"
    assert process.pid != hung


def test_a_worker_that_died_in_between_is_replaced_before_anybody_notices(start: Start) -> None:
    process = start()
    process.canonicalise([DOCUMENT])
    pid = process.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    assert process.canonicalise([DOCUMENT]) == [canonical(DOCUMENT)]
    assert process.starts == 2


def test_a_frozen_worker_costs_one_answer(start: Start) -> None:
    process = start()
    process.canonicalise([DOCUMENT])
    pid = process.pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    process._budget = 0.05
    with pytest.raises(Unverifiable):
        process.canonicalise([DOCUMENT])
    assert gone(pid)
    process._budget = 30.0
    assert process.canonicalise([DOCUMENT]) == [canonical(DOCUMENT)]


@pytest.mark.parametrize(
    "script",
    [
        "print('nonsense', flush=True); time.sleep(3600)",
        "print('{\"statements\": []}', flush=True); time.sleep(3600)",
        "print('{\"statements\": [5]}', flush=True); time.sleep(3600)",
        "print('[' * 100000, flush=True); time.sleep(3600)",
        "sys.stdout.write('x' * 10**7); sys.stdout.flush(); time.sleep(3600)",
        "sys.exit(0)",
    ],
)
def test_an_answer_that_is_none_is_no_answer(script: str, start: Start) -> None:
    process = start(scripted(script))
    with pytest.raises(Unverifiable):
        process.canonicalise([DOCUMENT])
    assert process.starts == 2


def test_a_worker_that_is_still_starting_is_left_alone(start: Start) -> None:
    process = start([sys.executable, "-c", "import time; time.sleep(3600)"], start_s=0.01)
    for _ in range(3):
        with pytest.raises(Unverifiable, match="being started"):
            process.canonicalise([DOCUMENT])
    assert process.starts == 1


def test_a_worker_that_never_comes_up_is_tried_anew(start: Start) -> None:
    now = [0.0]
    process = start(
        [sys.executable, "-c", "import time; time.sleep(3600)"], start_s=0.0, clock=lambda: now[0]
    )
    process.start()
    now[0] = 60.0
    with pytest.raises(Unverifiable, match="within the time"):
        process.canonicalise([DOCUMENT])
    assert process.starts == 2


def test_a_program_that_is_not_there_is_no_crash(start: Start) -> None:
    process = start(["/nonexistent/program"])
    with pytest.raises(Unverifiable):
        process.canonicalise([DOCUMENT])
    assert process.pid is None


def test_after_its_end_nothing_is_started_again(start: Start) -> None:
    process = start()
    process.start()
    pid = process.pid
    assert pid is not None
    process.stop()
    process.stop()
    assert gone(pid)
    with pytest.raises(Unverifiable):
        process.canonicalise([DOCUMENT])
    assert (process.pid, process.starts) == (None, 1)


def test_the_worker_ends_with_its_owner() -> None:
    inward, outward = os.pipe(), os.pipe()
    os.write(inward[1], ask([DOCUMENT]))
    os.close(inward[1])
    worker.serve(inward[0], outward[1])
    said = os.read(outward[0], 65536).splitlines()
    assert [*map(json.loads, said)] == [{"ready": True}, {"statements": [canonical(DOCUMENT)]}]
    for end in (inward[0], *outward):
        os.close(end)


def test_a_process_runs_only_where_the_format_is_allowed() -> None:
    assert divoc_process(frozenset({"HC1", "SHC"}), program()) is None
    assert divoc_formats(None) == {}
    for at_a_desk in (False, True):
        process = divoc_process(frozenset({"DIVOC"}), program(), at_a_desk=at_a_desk)
        assert process is not None and process.pid is None, "not before it is wanted"
        assert set(divoc_formats(process)) == {"DIVOC"}


def test_a_lane_s_two_waits_together_are_shorter_than_what_it_may_stand_still() -> None:
    from kiosk.divoc.process import BUDGET_S, START_S
    from kiosk.lane import DEAD_S

    assert BUDGET_S + START_S < 0.75 * DEAD_S < AT_A_DESK_S


def test_a_certificate_is_verified_through_the_worker_and_referred_without_it(start: Start) -> None:
    snapshot = Snapshot(TrustList(SIGNERS), None)

    def verified(process: DivocProcess) -> Any:
        return Verifier(lambda: snapshot, frozenset({"DIVOC"}), divoc_formats(process)).verify(code(), NOW)

    checked = verified(start())
    assert checked.signature is Signature.VALID
    late = verified(start(scripted("time.sleep(3600)"), budget_s=0.05))
    assert (late.signature, late.reasons) == (Signature.UNCHECKED, (ReasonId.NOT_VERIFIABLE_OFFLINE,))


def test_messages_are_taken_at_their_word_only_when_they_make_sense() -> None:
    assert asked(ask([DOCUMENT])) == [DOCUMENT]
    assert answered(answer(["x"]), 1) == ["x"]
    with pytest.raises(Malformed, match="why"):
        answered(refusal("why"), 1)
    for line in (b"", b"5", b"[]", b'{"documents": 5}', b'{"documents": [5]}', b"\xff", b"[" * 100_000):
        with pytest.raises(MessageFault):
            asked(line)
        with pytest.raises(MessageFault):
            answered(line, 1)
