"""What one device may add to the hub's database in a day: a kiosk that runs wild fills no disk.

The count stands in the device's own row, so that it holds for any number of hub processes and over restarts,
and costs a batch nothing: it moves with the row that moves anyway.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, bindparam, case, or_, update

from sync.hub.models import Device, table_of

WHAT = "day_limit"
"""The alarm's kind."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """Of one device in a day (UTC). A day's first batch is taken whatever its size."""

    records: int = 6_000_000
    """A month without a hub at 20,000 crossings a day is 4.8 million."""
    megabytes: int = 2_000
    """Of batches, unpacked: that month is 1,230."""

    @property
    def size(self) -> int:
        """In bytes."""
        return self.megabytes * 1_000_000

    def adds(self, now: str, count: int, size: int) -> dict[str, object]:
        """The values that `FITS` and `COUNTED` are executed with."""
        most = {"most_records": self.records, "most_bytes": self.size}
        return {"today": now[:10], "count": count, "size": size} | most

    def why(self) -> str:
        """For the lane's screen and the hub's alarm."""
        return (
            f"more than {self.records} records or {self.megabytes} MB of one device in a day: the rest is "
            "taken from midnight UTC on, or once the hub runs with more --day-records or --day-megabytes"
        )

    def sentence(self) -> str:
        """The same, standing alone."""
        why = self.why()
        return f"{why[0].upper()}{why[1:]}."


_DEVICES = table_of(Device)
_AT = _DEVICES.c
_TODAY = _AT.day == bindparam("today")
FITS: ColumnElement[bool] = or_(
    _AT.day != bindparam("today"),
    and_(
        _AT.day_records + bindparam("count") <= bindparam("most_records"),
        _AT.day_bytes + bindparam("size") <= bindparam("most_bytes"),
    ),
)
"""Whether a device may add `count` records of `size` bytes today."""
COUNTED: dict[str, ColumnElement[object]] = {
    "day": bindparam("today"),
    "day_records": case((_TODAY, _AT.day_records + bindparam("count")), else_=bindparam("count")),
    "day_bytes": case((_TODAY, _AT.day_bytes + bindparam("size")), else_=bindparam("size")),
}
"""What an update of the device's row sets, so that they are counted."""
_COUNT = update(_DEVICES).where(_AT.id == bindparam("device"), FITS).values(COUNTED)


def add(connection: Connection, device_id: int, adds: dict[str, object]) -> bool:
    """Counts what a device adds, in the caller's transaction; False: it may not, and nothing was counted."""
    return bool(connection.execute(_COUNT, adds | {"device": device_id}).rowcount)
