"""A text that is not the one that was recorded: what changed in it, which notes that concerns, the new record."""
