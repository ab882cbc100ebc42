"""Records for people outside, as one signed archive; docs/export.md gives the bytes."""

from sync.export.archive import Exported, export
from sync.export.layout import MANIFEST, RECORDS, SIGNATURE
from sync.export.place import ExportFailed

__all__ = ["MANIFEST", "RECORDS", "SIGNATURE", "ExportFailed", "Exported", "export"]
