"""What a build records next to its volume: how it was made, from what, and which files it made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

ENDING = ".proof.json"
"""What follows the name of the volume."""


NAMES = {"web": "web edition"}
"""Formats whose names are no abbreviations."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """How a volume is made: everything that decides on its bytes next to its sources and the program."""

    formats: tuple[str, ...]
    profiles: tuple[str, ...] = ()
    """Of the PDFs; none if there is no PDF."""
    audience: str = "student"
    copy: str | None = None
    """What `--copy` has asked for; None if `reader.yaml` decides."""
    moment: str = ""
    """The moment that the files carry, `YYYY-MM-DDThh:mm:ssZ`."""
    freezing: bool = False
    """Whether the pages were frozen with this build."""
    piece: str | None = None
    """The excerpt: `reading-two`, `section-text`; None for the whole volume."""

    def described(self) -> str:
        """How the volume was built, in a few words: `EPUB and PDF together, profile screen`."""
        together = " and ".join(NAMES.get(text, text.upper()) for text in self.formats)
        words = [f"{together} together" if len(self.formats) > 1 else f"{together} alone"]
        if self.piece:
            words = [f"excerpt {self.piece}"]
        if self.profiles:
            words.append(f"profile{'s' if len(self.profiles) > 1 else ''} {', '.join(self.profiles)}")
        words += [f"audience {self.audience}"] if self.audience != "student" else []
        words += [f"copy for {self.copy}"] if self.copy else []
        words += ["with --freeze-pages"] if self.freezing else []
        return ", ".join(words)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofFile:
    """The record of a build."""

    making: Making
    program: str
    """The program with its version."""
    libraries: Mapping[str, str] = field(default_factory=dict)
    """The libraries that lay out and write, with their versions."""
    sources: Mapping[str, str] = field(default_factory=dict)
    """Each file that was read, by its name in the folder, with its SHA-256."""
    artifacts: Mapping[str, str] = field(default_factory=dict)
    """Each file that was made, by its name, with its SHA-256."""
