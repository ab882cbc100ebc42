"""The tones of the lane, made by a script."""
