"""The whole kiosk on a real X display, with hands on its keys and pointer: `make hands`."""
