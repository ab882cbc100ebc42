"""How many alarms one device may have open: a kiosk that runs wild must not hide what others have to say."""

from __future__ import annotations

from sqlalchemy import Select, func, select

from sync.hub.models import Alarm
from sync.hub.people_models import AlarmSeen

MOST_OPEN = 20
"""Of each kind and device. What comes beyond stands in the hub's log."""


def open_alarms(device_id: int, what: str) -> Select[int]:
    """The question how many of a kind nobody has seen to."""
    return (
        select(func.count())
        .select_from(Alarm)
        .outerjoin(AlarmSeen, AlarmSeen.alarm_id == Alarm.id)
        .where(Alarm.device_id == device_id, Alarm.what == what, AlarmSeen.alarm_id.is_(None))
    )
