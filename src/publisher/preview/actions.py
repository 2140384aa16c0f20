"""What a page may ask for: the names of the actions in `edits`."""

READING = frozenset({"outline", "locate", "read", "lost", "changes"})
"""The actions that write nothing."""
WRITING = frozenset({"create", "change", "delete", "choose", "accept", "undo", "redo"})
"""The actions that change a file of the edition."""
