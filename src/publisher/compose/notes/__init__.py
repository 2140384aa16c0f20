"""Notes: numbered, marked, listed, and woven into the text."""
