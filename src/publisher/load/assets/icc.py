"""ICC profiles: whether one is of the class and the colours that printing needs (ICC.1:2022, 7.2 and 7.3)."""

from __future__ import annotations

CLASSES = {
    b"prtr": "an output profile",
    b"mntr": "a display profile",
    b"scnr": "an input profile",
    b"link": "a device link",
    b"spac": "a colour space profile",
    b"abst": "an abstract profile",
    b"nmcl": "a named colour profile",
}
COLOURS = {b"CMYK": "CMYK", b"GRAY": "grey", b"RGB ": "RGB", b"Lab ": "Lab"}
NEEDED = {b"CMYK": b"B2A0", b"GRAY": b"kTRC"}
"""The tag that leads from colours as they are seen to inks."""
_HEADER = 132
_ENTRY = 12


def profile_fault(content: bytes) -> str | None:
    """Why nothing can be printed with a profile, in words; None where it can."""
    if len(content) < _HEADER or content[36:40] != b"acsp":
        return "is no ICC profile"
    kind, colours = content[12:16], content[16:20]
    if kind != b"prtr" or colours not in NEEDED:
        named = CLASSES.get(kind, "a profile of an unknown class")
        return f"is {named} for {COLOURS.get(colours, 'other colours')}, not an output profile for CMYK or grey"
    if int.from_bytes(content[:4]) != len(content) or NEEDED[colours] not in _tags(content):
        return "is damaged or not complete"
    return None


def _tags(content: bytes) -> frozenset[bytes]:
    """The signatures of the tags that lie in the profile."""
    count = min(int.from_bytes(content[128:132]), 200)
    entries = (content[_HEADER + at * _ENTRY : _HEADER + (at + 1) * _ENTRY] for at in range(count))
    return frozenset(
        entry[:4] for entry in entries if int.from_bytes(entry[4:8]) + int.from_bytes(entry[8:12]) <= len(content)
    )
