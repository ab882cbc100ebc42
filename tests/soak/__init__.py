"""The long counts of all rooms, run one after the other by `make soak`."""
