"""How every part of a lane is: one table of out-of-order codes, and one set of checks behind it."""
