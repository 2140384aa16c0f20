"""Font files: which scripts their characters belong to, standalone faces, subsets, and where open fonts come from."""
