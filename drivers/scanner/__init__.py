"""Scanners: serial, HID point of sale, keyboard; what they send, to bytes on the camera's path."""
