"""Makes and signs the bundle: the publisher's half, at the hub and at each jurisdiction's own machine."""
