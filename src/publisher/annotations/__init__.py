"""Annotations in the formats of others: the notes of an edition written, and those of readers brought back."""
