"""A day at one lane and its own panel: travellers, officer, supervisor; by pointer alone or keys alone."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from tests.flows.live_lane import LiveLane
from tests.hands.at_the_lane import AtTheLane
from tests.hands.hand import Hand
from tests.hands.lanes import (
    OFFICER,
    OFFICER_PIN,
    SUPERVISOR,
    SUPERVISOR_PIN,
    strangers_code,
    yesterdays_code,
)
from tests.hands.story import Step


class LaneDay(AtTheLane):
    """The steps, in order."""

    def __init__(self, lane: LiveLane, hand: Hand, out: Path) -> None:
        super().__init__(lane, hand, out)
        self.name = hand.name

    def steps(self) -> Sequence[Step]:
        return (
            ("the lane is ready", self._ready),
            ("the supervisor signs in and opens a shift", self._opens_shift),
            ("a green code passes", self._admitted),
            ("a code of yesterday is refused", self._refused),
            ("the officer signs in; a code of an unknown signer waits for a decision", self._referred),
            ("the officer refuses, takes it back, admits: the gate opens", self._decides),
            ("another one is sent to the desk", self._to_the_desk),
            ("a paper document is entered and admitted", self._paper),
            ("the lane is held, the gate released once, the lane let go on", self._holds),
            ("the lane is closed and opened", self._closes),
            (
                "the lane is turned, a code judged by the other policy, the lane turned back",
                self._turns,
            ),
            ("the alarm takes two touches, and is ended", self._alarm),
            ("in the list of the referred, who went to the desk is admitted late", self._late),
            ("that late word is taken back; the officer signs out", self._late_back),
            ("the supervisor reads the figures", self._figures),
            ("the shift is exported to the stick: saved", self._exports),
            ("another machine proves the export, and a copy with one other byte does not hold", self._proves),
            ("the supervisor closes the shift", self._closes_shift),
        )

    def _opens_shift(self) -> None:
        self._signs_in(SUPERVISOR, SUPERVISOR_PIN)
        self._hand.presses("Shift")
        self._hand.reads("The lane is ready for a shift")
        self.see("readiness")
        self._hand.presses("Open a shift")
        self.happens("shift.opened", officer=SUPERVISOR, ready=True)
        self._hand.reads(f"Opened by {SUPERVISOR}")
        self.see("shift-open")
        self._leaves_shift()
        self.happens("officer.signed_out", officer=SUPERVISOR)

    def _admitted(self) -> None:
        self.lane.hold_up(self.lane.code())
        self.happens("crossing.decided", outcome="ADMIT")
        self.happens("gate.accepted")
        self.see("please-pass")
        self.lane.hold_nothing()
        self.happens("crossing.closed", how="passed")

    def _refused(self) -> None:
        self.lane.hold_up(yesterdays_code(self.lane))
        told = self.happens("crossing.decided", outcome="REFUSE")
        assert "EXPIRED" in told["reasons"], f"refused for {told['reasons']}"
        self.see("stop")
        self.lane.hold_nothing()
        self.happens("crossing.closed", crossing=told["crossing"], how="refused")
        self.never("gate.authorised", crossing=told["crossing"])

    def _comes(self) -> str:
        return self._shows(strangers_code(self.lane), outcome="REFER", reasons=["UNKNOWN_SIGNER"])

    def _referred(self) -> None:
        self._signs_in(OFFICER, OFFICER_PIN)
        self._waits = self._comes()
        self._hand.reads("not on our trust list")
        self.see("referral")

    def _decides(self) -> None:
        who = self._waits
        self._hand.answers("Refuse", 2)
        self._hand.answers("Document is not genuine", 1)
        self.see("why")
        self._hand.confirms("Refuse now")
        self.happens("officer.decided", crossing=who, action="refuse", reason="DOCUMENT_NOT_GENUINE")
        self.see("take-back")
        self._hand.takes_back()
        self.happens("officer.undone", crossing=who, officer=OFFICER, action="refuse")
        self.never("gate.authorised", crossing=who)
        self._hand.answers("Admit", 1)
        self._hand.answers("Document seen, it is genuine", 1)
        self._hand.confirms("Admit now")
        self.happens("officer.decided", crossing=who, action="admit", reason="DOCUMENT_GENUINE", in_time=True)
        self.happens("gate.accepted")
        self.happens("crossing.closed", crossing=who, how="passed")
        self.see("admitted")

    def _to_the_desk(self) -> None:
        self._sent = self._comes()
        self._hand.answers("Send to the desk", 3)
        self._hand.answers("Needs a longer check", 1)
        self._hand.confirms("Send to the desk now")
        self.happens("officer.decided", crossing=self._sent, action="desk", reason="NEEDS_TIME")
        self.see("to-the-desk")
        self.happens("crossing.closed", crossing=self._sent, how="desk")

    def _paper(self) -> None:
        self._hand.presses("Enter a paper document")
        self._hand.answers("Health code", 1)
        self._hand.answers("MO", 1)
        self._hand.answers("green", 1)
        self._hand.answers_day("Today", 1)
        self._hand.reads("Until which day is it valid?")
        self._hand.answers_day("Today", 2)
        self._hand.answers("The original, no copy", 1)
        self._hand.answers("Name as in the travel document", 2)
        self.see("paper")
        self._hand.presses("Show what the policy says")
        told = self.happens("officer.entered_document", officer=OFFICER, evidence_kind="health_colour")
        assert (told["colour"], told["seen"]) == ("green", ["original", "same_person"]), f"entered: {told}"
        self._hand.reads("the policy would admit")
        self.see("paper-judged")
        self._hand.answers("Admit", 1)
        self._hand.answers("Phone broken, paper shown", 2)
        self._hand.confirms("Admit now")
        self.happens("officer.decided", crossing=told["crossing"], action="admit", reason="PAPER_SHOWN")
        self.happens("gate.accepted")
        self.happens("crossing.closed", crossing=told["crossing"], how="passed")

    def _holds(self) -> None:
        self._hand.presses("Hold the lane")
        self.happens("lane.held", officer=OFFICER)
        self._hand.presses("Release the gate once")
        self._hand.answers("Staff or maintenance", 3)
        self._hand.confirms("Release now")
        self.happens("officer.released_once", officer=OFFICER, reason="STAFF")
        self.happens("gate.accepted")
        self.happens("gate.passage")
        self.see("held")
        self._hand.presses("Let the lane go on")
        self.happens("lane.freed", officer=OFFICER)

    def _closes(self) -> None:
        self._hand.presses("Close the lane")
        self.happens("lane.closed", officer=OFFICER)
        self._hand.reads("Lane closed")
        self.see("closed")
        self._hand.presses("Let the lane go on")
        self.happens("lane.freed", officer=OFFICER)

    def _turns(self) -> None:
        self._hand.presses("Turn the lane")
        self.happens("lane.turned", officer=OFFICER, direction="to_mainland")
        self.see("turned")
        self.lane.hold_up(self.lane.code())
        self.happens("crossing.opened", direction="to_mainland")
        told = self.happens("crossing.decided")
        assert "the-other-way" in told["policy"], f"judged by {told['policy']}"
        self.lane.hold_nothing()
        self.happens("crossing.closed")
        self._hand.presses("Turn the lane")
        self.happens("lane.turned", officer=OFFICER, direction="to_macao")

    def _alarm(self) -> None:
        pulses = self.count("gate.authorised")
        self._hand.presses("Alarm: everybody leaves")
        self.never("lane.alarm")
        self._hand.presses("Touch again to raise the alarm")
        self.happens("lane.alarm", officer=OFFICER, active=True)
        self._hand.reads("Alarm: send everybody out")
        self.see("alarm")
        self._hand.presses("End the alarm")
        self.happens("lane.alarm", officer=OFFICER, active=False)
        assert self.count("gate.authorised") == pulses, "the alarm commanded the gate"

    def _late(self) -> None:
        self._hand.presses("Which crossings: Referred")
        self._hand.opens_row("officer sent to the desk")
        self.happens("crossing.read", crossing=self._sent, officer=OFFICER)
        self._hand.answers("Record: admit", 1)
        self._hand.answers("Document seen, it is genuine", 1)
        self._hand.confirms("Record: admit")
        self.happens("officer.decided", crossing=self._sent, action="admit", in_time=False)
        self._hand.reads("Recorded.")
        self.see("late")
        self.never("gate.authorised", crossing=self._sent)

    def _late_back(self) -> None:
        self._hand.takes_back()
        self.happens("officer.undone", crossing=self._sent, officer=OFFICER, action="admit")
        self._hand.reads("Taken back. Both records stay.")
        self._hand.presses("Back to the list")
        self._hand.presses("Which crossings: All")
        self.see("crossings")
        self._hand.presses("Sign out")
        self.happens("officer.signed_out", officer=OFFICER)

    def _figures(self) -> None:
        self._hand.signs_in(SUPERVISOR, SUPERVISOR_PIN)
        self.happens("officer.signed_in", officer=SUPERVISOR)
        self._hand.presses("Shift")
        crossed = self.count("crossing.decided")
        self._hand.reads(f"Crossings: {crossed}")
        self.see("figures")

    def _exports(self) -> None:
        self._hand.presses("Export to the stick")
        told = self.happens("export.made", officer=SUPERVISOR)
        assert len(told["manifest"]) == 64, f"no digest of the manifest: {told}"
        self._hand.reads("You may remove the stick")
        self.see("saved")

    def _proves(self) -> None:
        stick = self.lane.folder / "stick"
        archive = next(file.parent for file in stick.rglob("manifest.json"))
        good = self._verify(archive)
        assert good.returncode == 0, f"the export does not hold: {good.stderr}"
        bent = self.lane.folder / "bent"
        shutil.copytree(archive, bent)
        table = max(bent.glob("*.jsonl"), key=lambda file: file.stat().st_size)
        text = bytearray(table.read_bytes())
        text[len(text) // 2] ^= 1
        table.write_bytes(bytes(text))
        assert self._verify(bent).returncode == 1, "one other byte was not found"

    def _closes_shift(self) -> None:
        self._hand.presses("Close the shift")
        told = self.happens("shift.closed", officer=SUPERVISOR)
        assert (told["referred"], told["refused"]) == (3, 1), f"the shift counted {told}"
        self._hand.reads(f"Closed by {SUPERVISOR}")
        self.see("shift-closed")
        self._leaves_shift()
        self.happens("officer.signed_out", officer=SUPERVISOR)
