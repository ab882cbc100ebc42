"""What happens seldom at a lane: more time, quiet, a slip on paper, two officers, days on a stick."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from kiosk.desk.shift import HONG_KONG
from kiosk.reference import in_groups, reference_of
from sync.canonical import utc_text
from tests.flows.live_lane import LiveLane
from tests.hands.at_the_lane import AtTheLane
from tests.hands.hand import Hand
from tests.hands.lanes import (
    OFFICER,
    OFFICER_PIN,
    SECOND,
    SECOND_PIN,
    SUPERVISOR,
    SUPERVISOR_PIN,
    code_for_one_crossing,
    strangers_code,
    withdrawn_code,
)
from tests.hands.slip_paper import SlipPaper, words_on
from tests.hands.story import Step

WHY_ADMIT = "Document seen, it is genuine"


class Seldom(AtTheLane):
    """The steps, in order. The first officer and the supervisor have the pointer, the second the keys."""

    name = "seldom"

    def __init__(self, lane: LiveLane, pointer: Hand, keys: Hand, paper: SlipPaper, out: Path) -> None:
        super().__init__(lane, pointer, out)
        self._keys, self._paper = keys, paper
        self._stick = lane.folder / "stick"

    def steps(self) -> Sequence[Step]:
        return (
            ("the lane is ready", self._ready),
            ("a traveller who is referred touches the screen for more time", self._touches),
            ("the officer comes and gives more time", self._more_time),
            ("the officer mutes the lane, and lets it sound again", self._mutes),
            ("the officer refuses; the printer's cover is open: no slip", self._no_slip),
            ("the cover is shut: a Chinese slip is printed, and its code can be read", self._slip),
            ("a withdrawn code takes two: the first officer admits, the gate stays shut", self._first),
            ("the second officer signs in by keys and admits: the gate opens", self._second),
            ("a code for one crossing is admitted by hand, as no other lane can be asked", self._used_up),
            ("it is shown again and refused; the second officer records an admission", self._late_first),
            ("the first officer finds it waiting and agrees: recorded, no gate", self._late_second),
            ("the supervisor exports two days, and there is no stick", self._no_stick),
            ("the stick is put in: the two days are saved on it, and are proven", self._days),
            ("the supervisor signs out", self._leaves),
        )

    def _touches(self) -> None:
        self._waits = self._shows(strangers_code(self.lane), outcome="REFER")
        self._hand.reads("officer")
        self.display().touch(self.display().width // 2, self.display().height // 3)
        self.happens("crossing.extended", crossing=self._waits, phase="referred", officer="")
        self.see("touched")

    def _more_time(self) -> None:
        self._signs_in(OFFICER, OFFICER_PIN)
        self._hand.reads("not on our trust list")
        self._hand.presses("More time")
        self.happens("crossing.extended", crossing=self._waits, phase="referred", officer=OFFICER)
        self.see("more-time")

    def _mutes(self) -> None:
        self._hand.presses("Mute the sound")
        self.happens("lane.muted", officer=OFFICER, muted=True)
        self._hand.reads("muted by an officer")
        self.see("muted")
        self._hand.presses("Let it sound again")
        self.happens("lane.muted", officer=OFFICER, muted=False)

    def _no_slip(self) -> None:
        self._hand.answers("Refuse", 2)
        self._hand.answers("Document is not genuine", 1)
        self._hand.confirms("Refuse now")
        self.happens("officer.decided", crossing=self._waits, action="refuse", in_time=True)
        self._paper.cover(is_open=True)
        self._hand.presses("Slip for the traveller")
        self._hand.presses("繁體")
        self._hand.presses("Print the slip")
        self.happens("slip.printed", crossing=self._waits, officer=OFFICER, became="failed")
        self._hand.reads("The slip is not printed, or not whole")
        assert not self._paper.slips(), "a printer with its cover open printed"
        self.see("no-slip")

    def _slip(self) -> None:
        self._paper.cover(is_open=False)
        self._hand.presses("Print the slip")
        self.happens("slip.printed", crossing=self._waits, officer=OFFICER, language="zh_HK", became="done")
        self._hand.reads("The slip is printed.")
        self.see("slip")
        slips = self._paper.slips()
        assert len(slips) == 1, f"{len(slips)} slips came out"
        self._keep("slip-on-paper", slips[0])
        words = words_on(slips[0])
        for part in (in_groups(reference_of(self._waits)), "通道 test-1", "職員未准許通行"):
            assert part in words, f"{part} is not on the slip: {words!r}"
        self._hand.presses("Back  (Esc)")

    def _first(self) -> None:
        self._waits = self._shows(withdrawn_code(self.lane), outcome="REFUSE", reasons=["REVOKED"])
        self._hand.reads("To admit takes two officers: you, and another one after you.")
        self._hand.answers("Admit", 1)
        self._hand.answers(WHY_ADMIT, 1)
        self._hand.confirms("Admit now")
        self.happens("officer.approved", crossing=self._waits, officer=OFFICER, reason="DOCUMENT_GENUINE")
        self._hand.reads(f"{OFFICER} has admitted. The gate opens when another officer does.")
        self._hand.cannot_press("Admit")
        self.see("first-of-two")
        self.never("gate.authorised", crossing=self._waits)
        self._hand.presses("Sign out")
        self.happens("officer.signed_out", officer=OFFICER)

    def _second(self) -> None:
        self._keys.signs_in(SECOND, SECOND_PIN)
        self.happens("officer.signed_in", officer=SECOND)
        self._keys.reads(f"{OFFICER} has admitted. The gate opens when another officer does.")
        self.never("gate.authorised", crossing=self._waits)
        self._admits_by_keys("second-of-two")

    def _used_up(self) -> None:
        self._code = code_for_one_crossing(self.lane)
        self._waits = self._shows(self._code, outcome="REFER")
        self._admits_by_keys("used-up")
        self.never("officer.approved", crossing=self._waits)

    def _admits_by_keys(self, picture: str) -> None:
        self._keys.answers("Admit", 1)
        self._keys.answers(WHY_ADMIT, 1)
        self._keys.confirms("Admit now")
        self.happens("officer.decided", crossing=self._waits, officer=SECOND, action="admit", in_time=True)
        self.happens("gate.accepted")
        self.see(picture)
        self.happens("crossing.closed", crossing=self._waits, how="passed")

    def _late_first(self) -> None:
        who = self._shows(self._code, outcome="REFUSE", reasons=["ALREADY_USED"])
        self.happens("crossing.closed", crossing=who, how="refused")
        self._keys.opens_row("REFUSE")
        self.happens("crossing.read", crossing=who, officer=SECOND)
        self._records_admission(self._keys)
        self.happens("officer.approved", crossing=who, officer=SECOND)
        self._keys.reads(f"{SECOND} has admitted. It counts once another officer does.")
        self.see("late-first-of-two")
        self.never("officer.decided", crossing=who)
        self._keys.presses("Sign out")
        self.happens("officer.signed_out", officer=SECOND)
        self._waits = who

    def _late_second(self) -> None:
        self._hand.signs_in(OFFICER, OFFICER_PIN)
        self.happens("officer.signed_in", officer=OFFICER)
        self._hand.presses("Which crossings: Waiting for a second officer")
        self._hand.opens_row("U|USE")
        self.happens("crossing.read", crossing=self._waits, officer=OFFICER)
        self._records_admission(self._hand)
        self.happens("officer.decided", crossing=self._waits, officer=OFFICER, action="admit", in_time=False)
        self._hand.reads("Recorded.")
        self.see("late-second-of-two")
        self.never("gate.authorised", crossing=self._waits)
        self._hand.presses("Back to the list")
        self._hand.reads("None of these, today or yesterday.")
        self._hand.presses("Sign out")
        self.happens("officer.signed_out", officer=OFFICER)

    def _records_admission(self, hand: Hand) -> None:
        hand.answers("Record: admit", 1)
        hand.answers(WHY_ADMIT, 1)
        hand.confirms("Record: admit")

    def _no_stick(self) -> None:
        self._stick.rmdir()
        self._hand.signs_in(SUPERVISOR, SUPERVISOR_PIN)
        self.happens("officer.signed_in", officer=SUPERVISOR)
        self._hand.presses("Shift")
        today = datetime.now(HONG_KONG).date()
        self._hand.presses("Export days …")
        self._hand.presses(f"From {today}: the day before")
        self._hand.reads(f"From {today - timedelta(days=1)}: the day before")
        self._since, self._until = today - timedelta(days=1), today + timedelta(days=1)
        self.see("days")
        self._hand.presses("Export these days to the stick")
        self._hand.reads("There is no stick: put one in and press again.")
        self.see("no-stick")
        self.never("export.made")

    def _days(self) -> None:
        self._stick.mkdir()
        self._hand.presses("Export these days to the stick")
        told = self.happens("export.made", officer=SUPERVISOR, about="period", place="stick")
        assert len(told["manifest"]) == 64, f"no digest of the manifest: {told}"
        self._hand.reads("You may remove the stick")
        self.see("days-saved")
        archive = next(file.parent for file in self._stick.rglob("manifest.json"))
        about = json.loads((archive / "manifest.json").read_text(encoding="utf-8"))["about"]
        since, until = (
            utc_text(datetime.combine(day, datetime.min.time(), HONG_KONG))
            for day in (self._since, self._until)
        )
        assert about == {"kind": "period", "from": since, "to": until}, f"the export is about {about}"
        records = (archive / "records.jsonl").read_text(encoding="utf-8")
        for kind in ("crossing.extended", "lane.muted", "slip.printed", "officer.approved"):
            assert kind in records, f"no {kind} in the export"
        good = self._verify(archive)
        assert good.returncode == 0, f"the export does not hold: {good.stderr}"

    def _leaves(self) -> None:
        self._leaves_shift()
        self.happens("officer.signed_out", officer=SUPERVISOR)
