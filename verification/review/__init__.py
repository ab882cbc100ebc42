"""Reading a policy against itself: what contradicts, what can never happen, what has no effect."""
