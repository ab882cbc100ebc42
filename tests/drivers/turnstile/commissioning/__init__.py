"""Commissioning against emulated gates, in virtual time."""
