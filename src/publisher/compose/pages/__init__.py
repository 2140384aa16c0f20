"""Pages in a publication: of its own PDF, and of a printed book."""
