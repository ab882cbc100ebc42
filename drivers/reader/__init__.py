"""Frames to codes: which symbols a picture holds, and when none, why not."""
