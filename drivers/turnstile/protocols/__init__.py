"""The dialects that gates speak: pure codecs, one file each."""
