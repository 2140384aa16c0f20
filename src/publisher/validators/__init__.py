"""The foreign programs that judge what was built, one adapter a file; each returns findings."""
