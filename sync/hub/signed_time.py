"""The hub's time, signed for one nonce: what a kiosk's clock is anchored to."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from config.moment import Clock
from sync.canonical import utc_text
from sync.hub.device_auth import Calling

router = APIRouter()


@router.get("/v1/kiosks/{kiosk}/time")
def signed_time(
    caller: Calling,
    request: Request,
    nonce: Annotated[str | None, Query(pattern=r"^[A-Za-z0-9_-]{16,64}$")] = None,
) -> Response:
    """The hub's time while it answers. `nonce`, where given, repeats the header's."""
    if nonce is not None and nonce != caller.nonce:
        raise caller.refusal(400, "nonce", "The nonce of the query is not the nonce of the header.")
    clock: Clock = request.app.state.clock
    return caller.answer({"at": utc_text(clock().utc)})
