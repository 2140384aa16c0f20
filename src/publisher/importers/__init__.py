"""Documents of other programs to editions: read into one document model, written as Markdown, and reported on."""
