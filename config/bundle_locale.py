"""Run by the bundle before anything else: a machine without a locale speaks UTF-8 all the same.

What Python does by itself in a checkout (PEP 538) the bundle's launcher leaves out, and Qt then complains.
"""

from __future__ import annotations

import locale
import os

if not os.environ.get("LC_ALL") and locale.setlocale(locale.LC_CTYPE) in ("C", "POSIX"):
    os.environ["LC_CTYPE"] = "C.UTF-8"
    locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
