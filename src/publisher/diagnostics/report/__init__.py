"""Diagnostics printed for people, for text editors and for programs, and the progress of a build."""
