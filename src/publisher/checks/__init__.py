"""What is looked at beyond the formats: one file a family of checks."""
