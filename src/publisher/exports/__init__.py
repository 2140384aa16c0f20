"""An edition or a course reader in the files that shops, libraries, courses and other programs read."""
