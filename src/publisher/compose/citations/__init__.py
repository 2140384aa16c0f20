"""References as a CSL style prints them, in citations and in the list."""

from publisher.compose.citations.citations import Citations, Style, reference_id
from publisher.compose.citations.places import Part, Place, everywhere, places_of
from publisher.csl import known_styles

__all__ = ["Citations", "Part", "Place", "Style", "everywhere", "known_styles", "places_of", "reference_id"]
