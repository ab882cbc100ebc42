"""One file per subcommand. Each imports what it needs only when it runs."""
