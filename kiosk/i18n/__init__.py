"""What people read, in four languages, through Qt Linguist."""
