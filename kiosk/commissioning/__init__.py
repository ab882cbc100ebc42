"""The commissioning sheet of a gate: what it says, and who signed it."""
