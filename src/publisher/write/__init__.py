"""Renditions → artifacts: the finished files, EPUB and PDF."""
