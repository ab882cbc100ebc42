"""Withdrawn credentials by the hundred million: immutable mapped files with an exact list above."""
