"""Laid-out sections made into the PDF that is published: each bound on its own, then joined."""
