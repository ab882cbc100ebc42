"""Checking codes from files, away from any lane."""
