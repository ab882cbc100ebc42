"""Gates that are not there: the same bytes over a pseudo-terminal, for demo, training and tests."""
