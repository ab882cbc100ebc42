"""The trusted clock: what time it is, and whether that can be believed (docs/clock.md)."""
