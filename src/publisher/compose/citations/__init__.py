"""References as a CSL style prints them, in citations and in the list (the only import of citeproc)."""

from publisher.compose.citations.citations import Citations, reference_id
from publisher.compose.citations.styles import known_styles, style_path

__all__ = ["Citations", "known_styles", "reference_id", "style_path"]
