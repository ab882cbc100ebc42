"""Proves one gate on its place, step by step, with a person who pulls cables: what emulators cannot show."""
