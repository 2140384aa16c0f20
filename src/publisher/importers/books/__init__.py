"""Books in XHTML to the document model: sources and EPUBs of Standard Ebooks, and EPUBs of this program."""
