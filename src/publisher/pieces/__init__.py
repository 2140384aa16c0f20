"""Single pieces of a volume, a reading or a section: handed out, and proved alone by whoever has their sources."""

from publisher.pieces.handing_out import HandedOut, handed_out
from publisher.pieces.proving import demand_whole, file_names, proved

__all__ = ["HandedOut", "demand_whole", "file_names", "handed_out", "proved"]
