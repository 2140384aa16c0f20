"""The EPUB of a rendition: package document and ZIP container."""
