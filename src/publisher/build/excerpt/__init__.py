"""Single pieces of a volume, a reading or a section: handed out, and proved alone by whoever has their sources."""

from publisher.build.excerpt.build import HandedOut, handed_out
from publisher.build.excerpt.verify import demand_whole, file_names, proved

__all__ = ["HandedOut", "demand_whole", "file_names", "handed_out", "proved"]
