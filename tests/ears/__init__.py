"""The screens as a screen reader tells them: real Orca on a display of its own, `make screen-reader`."""
