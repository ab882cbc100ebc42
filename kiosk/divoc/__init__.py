"""The slow part of DIVOC certificates, in a process that can be killed."""
