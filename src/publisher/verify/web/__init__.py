"""The proof of a web edition: its pages are read back by the rules of HTML, its other files compared."""
