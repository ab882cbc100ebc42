"""Named attacks on every format, as a table: what is shown, and why it is not admitted."""
