"""The issuing side: demo authorities, codes and lists, for tests, practice and whoever wants to try."""
