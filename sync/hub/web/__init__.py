"""The hub's pages: rendered here, no build step, whole without JavaScript."""
