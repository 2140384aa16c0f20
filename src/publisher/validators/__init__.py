"""The programs of others that check what was built, one adapter a file; each returns findings."""
