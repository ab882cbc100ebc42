"""The gate: bytes, state machine, process, emulators."""
