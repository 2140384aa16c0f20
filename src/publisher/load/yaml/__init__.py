"""YAML with positions: nodes, the types of values, and records of keys."""
