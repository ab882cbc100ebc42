"""What `main.py issue` keeps on disk: authorities and keys that sign lists."""
