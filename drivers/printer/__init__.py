"""Slip printers: what a traveller takes along on paper."""
