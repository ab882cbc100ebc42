"""The seeded frame generator: the demo's camera and the picture source of the reading benchmarks."""
