"""What a volume is made for: its formats, its audience, whether it is to be given away. It imports next to nothing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from publisher.model.audience import Audience


class Format(StrEnum):
    """What can be built."""

    EPUB = "epub"
    PDF = "pdf"


class Copy(StrEnum):
    """What a volume is made for."""

    DISTRIBUTION = "distribution"
    PROOF = "proof"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """For whom, and for what, a volume is made."""

    audience: Audience = Audience.STUDENT
    copy: Copy | None = None
    """None where `reader.yaml` decides."""


DEFAULT_TARGET = Target()
