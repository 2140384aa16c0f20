"""What the inks are meant for: X-002 (ISO 15930-7, 6.3; ISO 32000-1, 14.11.5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pikepdf import Name, Stream

from publisher.preflight.document import Fault, Printed

COMPONENTS = {b"CMYK": 4, b"GRAY": 1}
"""The colours of profiles that a file may be meant for, and how many inks each has."""


def output_intent(printed: Printed) -> Iterator[Fault]:
    """X-002: no output intent of PDF/X, more than one, or one whose ICC profile is not a printer's."""
    intents = [item for item in printed.pdf.Root.get("/OutputIntents", ()) if item.get("/S") == Name.GTS_PDFX]
    if len(intents) != 1:
        yield printed.fault("X-002", f"it has {len(intents)} output intents for PDF/X, not one")
        return
    if not str(intents[0].get("/OutputConditionIdentifier", "")):
        yield printed.fault("X-002", "its output intent names no printing condition")
    profile = intents[0].get("/DestOutputProfile")
    fault = _profile_fault(profile) or _age_fault(profile, printed)
    if fault:
        yield printed.fault("X-002", f"the ICC profile of its output intent {fault}")


def _age_fault(profile: Any, printed: Printed) -> str | None:
    """What is wrong with the version of a sound profile (ISO 15930-1, Output intents, names ICC.1:1998-09)."""
    version = profile.read_bytes()[8]
    if printed.demands.older and version > printed.demands.profiles:
        return f"is of version {version}, and {printed.demands.title} takes version {printed.demands.profiles}"
    return None


def _profile_fault(profile: Any) -> str | None:
    """What is wrong with the embedded profile (ICC.1:2022, 7.2)."""
    if not isinstance(profile, Stream):
        return "is not embedded"
    content = profile.read_bytes()
    if content[36:40] != b"acsp":
        return "is no ICC profile"
    if content[12:16] != b"prtr":
        return f"is of the class “{content[12:16].decode('latin-1')}”, not an output profile (“prtr”)"
    components = COMPONENTS.get(content[16:20])
    if components is None:
        return f"is for {content[16:20].decode('latin-1').strip()}, not for CMYK or grey"
    if int(profile.get("/N", 0)) != components:
        return f"has {components} colours, and its stream says {profile.get('/N')}"
    return None
