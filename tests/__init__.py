"""The tests mirror the tree: tests/<room>/."""
