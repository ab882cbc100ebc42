"""Where pictures come from: a V4L2 camera, files, the synthetic source, and faulty sources."""

from __future__ import annotations

import os

MOST_PIXELS = 64 * 1024 * 1024
# OpenCV reads its limit when it is loaded: a small file can claim a very large picture.
os.environ.setdefault("OPENCV_IO_MAX_IMAGE_PIXELS", str(MOST_PIXELS))
