"""What the kiosk is wired to: ports, each with real and simulated parts."""

import os

# OpenCV reads this once, before it first waits for a frame: a stalled camera otherwise blocks its thread for
# ten seconds.
os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", "1")
