"""Reading: frames to codes, why not, and the process that does it."""
