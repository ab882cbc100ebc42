"""The bundle at work in a lane: looked for in the background, loaded whole, judged at each scan."""
