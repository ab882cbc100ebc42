"""The signed set of lists and rules that a lane runs on: taken in, and published."""
