"""PDF (ISO 32000): assembled, made ready for printers, imposed and read. Nothing here knows of editions."""
