"""What a code means: no Qt, no network, no clock of its own."""
