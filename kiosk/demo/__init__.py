"""The demonstration: a cast of travellers, their devices and a director, around the real kiosk."""
