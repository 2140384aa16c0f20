"""What became of the volumes of a catalogue: rows of a table, and a report for programs (docs/catalogues.md)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from publisher.diagnostics import Diagnostic, Severity
from publisher.diagnostics.report.json import record


class VolumeRow(Protocol):
    """What became of one volume."""

    @property
    def volume(self) -> str:
        """Return the name of the volume."""

    @property
    def paths(self) -> tuple[Path, ...]:
        """Return the paths of its files; empty if it was not built."""

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Return the errors and warnings of its build."""

    @property
    def seconds(self) -> float:
        """Return the seconds that its build took."""

    @property
    def built(self) -> bool:
        """Return whether its files are in the output folder."""

    @property
    def unchanged(self) -> bool:
        """Return whether it was not built again because nothing had changed."""


def rows(outcomes: Iterable[VolumeRow]) -> list[tuple[str, ...]]:
    """A row for each volume: a mark, its name, its seconds, its errors and warnings, its files."""
    return [
        (
            _mark(volume_row),
            volume_row.volume,
            f"{volume_row.seconds:.1f}",
            str(_count(volume_row, Severity.ERROR)),
            str(_count(volume_row, Severity.WARNING)),
            ", ".join(path.name for path in volume_row.paths),
        )
        for volume_row in outcomes
    ]


def render(outcomes: Sequence[VolumeRow]) -> bytes:
    """A JSON object: how many volumes were built and how many not, and each with its diagnostics."""
    built = sum(volume_row.built for volume_row in outcomes)
    told = {
        "built": built,
        "failed": len(outcomes) - built,
        "volumes": [
            {
                "volume": volume_row.volume,
                "built": volume_row.built,
                "unchanged": volume_row.unchanged,
                "seconds": round(volume_row.seconds, 3),
                "files": [path.as_posix() for path in volume_row.paths],
                "diagnostics": [record(diagnostic) for diagnostic in volume_row.diagnostics],
            }
            for volume_row in outcomes
        ],
    }
    return (json.dumps(told, indent=2) + "\n").encode()


def _mark(outcome: VolumeRow) -> str:
    if outcome.unchanged:
        return "="
    return "✓" if outcome.built else "✗"


def _count(outcome: VolumeRow, severity: Severity) -> int:
    return sum(diagnostic.severity is severity for diagnostic in outcome.diagnostics)
