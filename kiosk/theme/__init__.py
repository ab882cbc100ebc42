"""One theme for every screen: colours, letters, sizes, and the style of controls."""
