"""What the kiosk is wired to: cameras, readers, turnstiles, signals."""
