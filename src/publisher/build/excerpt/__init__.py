"""Single pieces of a volume, a reading or a section: handed out, and proved alone by anyone who has their sources."""

from publisher.build.excerpt.build import build_excerpt
from publisher.build.excerpt.verify import demand_whole, file_names, prove

__all__ = ["build_excerpt", "demand_whole", "file_names", "prove"]
