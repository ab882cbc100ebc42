"""Practice with specimen codes: a lane that is not one, and a sheet of codes to show it."""
