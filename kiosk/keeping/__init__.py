"""What this kiosk keeps of whom, for how long, and why: one table for screen, page and test."""
