"""The steps in which a person opens contacts and walks: fire, passage, readiness, housing."""

from __future__ import annotations

from drivers.turnstile.commissioning.asking import authorised, came, come_up, refused, wait_end
from drivers.turnstile.commissioning.bench import Skipped
from drivers.turnstile.commissioning.steps import Case, Failed
from drivers.turnstile.port import FireAlarm, Passage, Tamper

NOTICED_S = 3.0


def fire(case: Case) -> str:
    """Told, refused, over, served."""
    if not case.dialect.inputs.fire:
        raise Skipped("no fire contact is wired to this board (turnstile.inputs.fire)")
    come_up(case)
    mark = case.bench.mark()
    case.person.do("Open the fire contact: pull its wire from the board.")
    if not came(case, mark, NOTICED_S, lambda what: what == FireAlarm(active=True)):
        raise Failed(
            "Check the wire of turnstile.inputs.fire and closed_reads.", "the open contact was not told"
        )
    if not refused(case):
        raise Failed("Report this: a release left in a fire.", "a release was not refused")
    case.person.do("Close the fire contact again.")
    if not came(case, mark, NOTICED_S, lambda what: what == FireAlarm(active=False)):
        raise Failed("Check the wire of turnstile.inputs.fire.", "the closed contact was not told")
    wait_end(case, authorised(case))
    return "told when it opened and when it closed; refused in between, served after it"


def passage(case: Case) -> str:
    """Somebody passes, then nobody does."""
    if not case.dialect.capabilities.reports_passage:
        raise Skipped(f"{case.dialect.name}, wired as it is, tells nobody's passage")
    case.person.do(f"Stand before the gate ({case.setup.way.value}); go through when it opens.")
    end = wait_end(case, authorised(case))
    if end is not Passage.PASSED:
        raise Failed(
            "Check turnstile.inputs.passage and passage_when, or the direction that the gate releases.",
            f"{end} when somebody went through",
        )
    if not case.person.sees(f"Did it open the way that travellers go ({case.setup.way.value})?"):
        raise Failed("Set turnstile.way to the other direction, or exchange the two wires.", "the wrong way")
    case.bench.wait(2.0)
    case.person.do("Now let nobody pass while it is open.")
    end = wait_end(case, authorised(case))
    if end is not nobody(case):
        raise Failed("Check turnstile.inputs.passage and its cable.", f"{end} when nobody went through")
    return f"PASSED the right way, then {end}"


def nobody(case: Case) -> Passage:
    """What a gate says when nobody passes: one that confirms nothing cannot know."""
    can = case.dialect.capabilities
    return Passage.NO_PASSAGE if can.acknowledges or can.reads_back else Passage.UNKNOWN


def ready(case: Case) -> str:
    """Nothing is released while the turnstile says no."""
    if not case.dialect.inputs.ready:
        raise Skipped("no ready contact is wired (turnstile.inputs.ready)")
    come_up(case)
    case.person.do("Make the turnstile not ready: hold its arm half way, or open its ready wire.")
    case.bench.wait(1.0)
    if not refused(case):
        raise Failed("Check turnstile.inputs.ready and ready_when.", "a release was not refused")
    case.person.do("Let go again.")
    case.bench.wait(1.0)
    wait_end(case, authorised(case))
    return "refused while it was not ready, served after it"


def tamper(case: Case) -> str:
    """Told, and told when it is over."""
    if not case.dialect.inputs.tamper:
        raise Skipped("no tamper contact is wired (turnstile.inputs.tamper)")
    come_up(case)
    mark = case.bench.mark()
    for what, active in (("Open the housing.", True), ("Close the housing.", False)):
        case.person.do(what)
        if not came(case, mark, NOTICED_S, lambda one, active=active: one == Tamper(active)):  # type: ignore[misc]
            raise Failed("Check the wire of turnstile.inputs.tamper.", f"not told: {what}")
    return "told when it opened and when it closed"
