"""Codes bent at every layer, by strategies in the tests and for as long as one likes by `make fuzz`."""
