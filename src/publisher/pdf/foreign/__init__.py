"""Pages of PDFs that other programs made: rebuilt from an allowlist of keys, flattened, and bounded."""
