"""Where to be: for each row of the table what is compared with what, and how much it may be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from benchmarks.figures import Measured


class Verdict(StrEnum):
    """What became of a target."""

    REACHED = "reached"
    MISSED = "not reached"
    UNMEASURED = "not measured"
    STATED = "no target"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One comparison."""

    said: str
    """What is compared, for the table."""
    ours: str
    """The program that is to be fast, by its name in the row."""
    theirs: str = ""
    """The one that it is measured against; empty where the figure itself counts."""
    measure: str = "wall"
    per_page: bool = False
    most: float | None = None
    """What it may be at most; None where nothing was aimed at."""
    reason: str = ""
    """Why it is not reached, where it is not."""

    def value(self, row: Mapping[str, Measured]) -> float | None:
        """The ratio, or the figure itself; None where something was not measured."""
        ours = self._figure(row.get(self.ours))
        theirs = self._figure(row.get(self.theirs)) if self.theirs else 1.0
        return ours / theirs if ours is not None and theirs else None

    def verdict(self, row: Mapping[str, Measured]) -> Verdict:
        """What became of it."""
        value = self.value(row)
        if value is None:
            return Verdict.UNMEASURED
        if self.most is None:
            return Verdict.STATED
        return Verdict.REACHED if value <= self.most else Verdict.MISSED

    def _figure(self, item: Measured | None) -> float | None:
        if item is None or not item.runs or (self.per_page and not item.pages):
            return None
        return item.median(self.measure) / (item.pages if self.per_page else 1)

    def shown(self, value: float | None) -> str:
        """A value as the table prints it."""
        unit = "×" if self.theirs else {"wall": "s", "cpu": "s", "largest": "MB"}[self.measure]
        return "–" if value is None else f"{value:.0f} {unit}" if unit == "MB" else f"{value:.2f} {unit}"


SAME_ENGINE = (
    "the same engine lays the pages out, in two processes and in two thirds of its own time; reading, composing, "
    "joining and the proof of every page, which the others do not make, take three seconds"
)
READ_BACK = (
    "all pages are compared, though only those with other bytes are read back; starting, reading, composing, joining "
    "are done for the whole volume; measured once, on a machine that did other work"
)
WHOLE_AGAIN = (
    "the long chapter that changed is laid out again, and reading, composing, joining and the proof of every page of "
    "both files are done for the whole volume"
)
GLYPHS = "the places of all glyphs of the volume are held at once, beside the edition that they are compared with"
READ = "the whole edition is read, its notes are placed, and it is composed"
PROVED = "everything that was made is read back"
FOLLOWED = (
    "the text is one file, of which every paragraph is parsed again, every note is placed, and all is composed; "
    "the chapter of 17 pages is laid out as a whole"
)
WHOLE = "the binder holds the whole PDF, the proof reads it whole, and the publication is held for both"

TARGETS: dict[str, tuple[Target, ...]] = {
    "sixty": (
        Target(
            said="against WeasyPrint, one tagged document",
            ours="publisher",
            theirs="WeasyPrint",
            most=0.4,
            reason=SAME_ENGINE,
        ),
        Target(said="against Vivliostyle", ours="publisher", theirs="Vivliostyle", most=0.25, reason=SAME_ENGINE),
        Target(said="against Typst", ours="publisher", theirs="Typst", most=2.5, reason=SAME_ENGINE),
    ),
    "changed": (
        Target(said="against Typst’s whole compile", ours="publisher", theirs="Typst", most=0.35, reason=READ_BACK),
    ),
    "added": (
        Target(said="against Typst’s whole compile", ours="publisher", theirs="Typst", most=0.5, reason=READ_BACK),
    ),
    "epub-changed": (Target(said="against Pandoc", ours="publisher", theirs="Pandoc", most=0.25, reason=PROVED),),
    "check": (Target(said="in seconds of a processor", ours="publisher", measure="cpu", most=0.5),),
    "unchanged": (Target(said="in seconds", ours="publisher", most=0.3),),
    "epub": (Target(said="against Pandoc", ours="publisher", theirs="Pandoc", most=0.6, reason=PROVED),),
    "growth": (
        Target(said="time for a page, large against small", ours="large", theirs="small", per_page=True, most=1.15),
        Target(
            said="memory for a page, large against small",
            ours="large",
            theirs="small",
            measure="peak",
            per_page=True,
            most=1.15,
        ),
        Target(said="the largest process", ours="large", measure="largest", most=500, reason=WHOLE),
    ),
    "book": (
        Target(
            said="against WeasyPrint on the same pages", ours="publisher", theirs="WeasyPrint", most=1.3, reason=PROVED
        ),
    ),
    "cluster": (Target(said="two workers against two processes", ours="cluster", theirs="local", most=1.15),),
    "readings": (Target(said="in seconds", ours="publisher"),),
    "million": (Target(said="against Typst", ours="publisher", theirs="Typst"),),
    "preview": tuple(
        Target(said=f"from saving to the {what}, in seconds", ours=name, most=most, reason=FOLLOWED)
        for name, what, most in (
            ("diagnostics", "diagnostics", 0.3),
            ("paragraph", "changed paragraph", 0.5),
            ("page", "changed page of the PDF", 1.5),
        )
    ),
    "diary": (
        Target(
            said="both formats against Typst’s PDF, of processors",
            ours="publisher",
            theirs="Typst",
            measure="cpu",
            most=1.8,
            reason=SAME_ENGINE,
        ),
        Target(
            said="the EPUB alone against Pandoc, of processors", ours="EPUB", theirs="Pandoc", measure="cpu", most=0.6
        ),
    ),
    "diary-again": (
        *(
            Target(said=f"{name}, in seconds of processors", ours=name, measure="cpu", most=12, reason=WHOLE_AGAIN)
            for name in ("paragraph changed", "note changed", "note added")
        ),
        Target(said="`verify`, in seconds of a processor", ours="verify", measure="cpu", most=2),
        Target(said="`proof`, the largest process", ours="proof", measure="largest", most=500, reason=GLYPHS),
        Target(said="`cite`, in seconds of a processor", ours="cite", measure="cpu", most=2, reason=READ),
    ),
}
"""The targets of each row, by its name."""
