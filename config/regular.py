"""Opens files that somebody named, and nothing else: a pipe or a device would be waited for, for ever."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO


def open_regular(file: Path | str) -> BinaryIO:
    """The file, to be read. Raises OSError, also for a pipe, a socket, a device or a folder. Never waits."""
    descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    kind = os.fstat(descriptor).st_mode
    if stat.S_ISREG(kind):
        return os.fdopen(descriptor, "rb")
    os.close(descriptor)
    if stat.S_ISDIR(kind):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(file))
    raise OSError(errno.EINVAL, "is no regular file", str(file))


def is_there(file: Path) -> bool:
    """Whether it can be seen: not in a folder that this program may not look into. Never raises."""
    try:
        return file.exists()
    except OSError:
        return False
