"""What people did at the hub: to read, and to take away as JSON Lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from fastapi.responses import StreamingResponse
from sqlalchemy.orm import Session

from sync.canonical import canonical_json, utc_text
from sync.hub.acts import Acts, What, write_act
from sync.hub.roles import Right
from sync.hub.web.guard import HEADERS, Asks, Person, Posts

router = APIRouter(include_in_schema=False)
PAGE = 50
Audits = Annotated[Person, Depends(Asks(Right.AUDIT))]


@router.get("/hub/acts")
def acts(person: Audits, before: str = "") -> Response:
    """A page of them, the newest first."""
    start = int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None
    found = Acts(person.visit.web.engine).latest(PAGE + 1, start)
    older = found[PAGE - 1].id if len(found) > PAGE else None
    return person.page("acts.html", acts=found[:PAGE], older=older)


@router.post("/hub/acts/export")
def export(person: Annotated[Person, Depends(Posts(Right.AUDIT))]) -> Response:
    """All of them, each with its link, and at the end whether the chain holds."""
    web = person.visit.web
    now = utc_text(web.clock().utc)
    with Session(web.engine) as session, session.begin():
        write_act(session, now, person.who.who, What.EXPORTED, "acts")
    name = f"hub-acts-{now[:10]}.jsonl"
    return StreamingResponse(
        _lines(Acts(web.engine)),
        media_type="application/x-ndjson",
        headers={**HEADERS, "Content-Disposition": f'attachment; filename="{name}"'},
    )


def _lines(acts: Acts) -> Iterator[bytes]:
    count = 0
    for act in acts.all():
        count += 1
        fields = {
            "id": act.id,
            "at": act.at,
            "login": act.login,
            "full_name": act.full_name,
            "role": act.role,
            "what": act.what,
            "about": act.about,
            "reason": act.reason,
            "link": act.link.hex(),
        }
        yield canonical_json(fields) + b"\n"
    yield canonical_json({"acts": count, "first_broken": acts.first_broken()}) + b"\n"
