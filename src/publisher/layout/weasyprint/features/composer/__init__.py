"""Paragraphs broken into lines as wholes: breaks are found before the engine fills lines, and taken as given."""
