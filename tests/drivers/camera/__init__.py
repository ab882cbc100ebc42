"""Cameras: the synthetic one, files, V4L2 without a device, and everything that goes wrong with them."""
