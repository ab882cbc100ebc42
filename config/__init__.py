"""Typed settings and the files that are shipped with them. Knows no other room."""
