"""Places in a finished EPUB: from an element and a number of its characters to an EPUB CFI and a page."""
