"""The gate: port, dialects, state machine, the process that owns the device, and its emulators."""
