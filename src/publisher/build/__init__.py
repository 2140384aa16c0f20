"""The use cases: an edition or a reader checked, built, and its files compared."""
