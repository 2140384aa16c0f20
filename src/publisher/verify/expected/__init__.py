"""The lines that the sources want in each format."""
