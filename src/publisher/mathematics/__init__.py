"""Formulas: TeX to MathML, to words, and to glyphs with their places."""
