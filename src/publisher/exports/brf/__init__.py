"""Braille editions, for embossers and braille displays: 40 by 25 cells in North American Braille ASCII (BRF)."""
