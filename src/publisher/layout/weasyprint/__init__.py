"""PDF: each section laid out by WeasyPrint on its own.

`patches` lists what is replaced in the engine and imports nothing of it. Everything else imports `engine` first, which
loads WeasyPrint.
"""
