"""The programs that are measured beside publisher, each with its own best way to make the same book."""
