"""The proof of an EPUB, from its bytes."""
