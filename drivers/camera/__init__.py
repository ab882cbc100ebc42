"""Where pictures come from: a V4L2 camera, files, the synthetic source, and faulty sources."""
