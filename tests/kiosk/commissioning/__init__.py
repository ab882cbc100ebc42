"""The sheet of a gate, at the terminal and on paper."""
