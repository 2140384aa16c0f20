"""The proof of a PDF, from its bytes."""
