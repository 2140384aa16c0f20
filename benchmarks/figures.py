"""What was measured, kept as JSON: written after each row, so that a row that is finished stays."""

from __future__ import annotations

import json
import os
import platform
import statistics
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from benchmarks.measuring import Taken

FIGURES = Path(__file__).with_name("figures.json")
"""The figures that the pages in docs/ are written from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """All runs of one program in one row."""

    runs: tuple[Taken, ...]
    pages: int = 0
    """Of its PDF; 0 where it makes none."""
    size: int = 0
    """Bytes of what it made."""
    words: int = 0
    """Words that were read back and compared, text and notes; 0 where nothing was compared."""
    strayed: str = ""
    """Where what another program made is not the text that it was given; that of publisher has to be."""

    def median(self, measure: str) -> float:
        """The median of `wall`, `cpu`, `peak` or `largest`."""
        return statistics.median(float(getattr(run, measure)) for run in self.runs)


@dataclass(slots=True, kw_only=True)
class Figures:
    """Everything that was measured on one machine."""

    machine: dict[str, str] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    rows: dict[str, dict[str, Measured]] = field(default_factory=dict)
    """For each row, each program by its name in it."""
    stages: dict[str, float] = field(default_factory=dict)
    """Seconds of each stage, in one process."""

    @classmethod
    def read(cls, path: Path) -> Figures:
        """What was measured before; nothing where there is no file."""
        if not path.exists():
            return cls()
        kept = json.loads(path.read_text(encoding="utf-8"))
        rows = {row: {name: _measured(item) for name, item in made.items()} for row, made in kept["rows"].items()}
        return cls(machine=kept["machine"], versions=kept["versions"], rows=rows, stages=dict(kept["stages"]))

    def keep(self, path: Path) -> None:
        """Writes everything, whole or not at all."""
        path.parent.mkdir(parents=True, exist_ok=True)
        rows = {row: {name: asdict(measured) for name, measured in made.items()} for row, made in self.rows.items()}
        stages = [*self.stages.items()]  # a list, since their order tells what is within what
        whole = {"machine": self.machine, "versions": self.versions, "stages": stages, "rows": rows}
        partial = path.with_suffix(".partial")
        partial.write_text(json.dumps(whole, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        partial.replace(path)


def _measured(kept: dict[str, object]) -> Measured:
    runs, strayed = kept.pop("runs"), str(kept.pop("strayed", ""))
    assert isinstance(runs, Iterable)
    counts = {name: int(str(item)) for name, item in kept.items()}
    return Measured(runs=tuple(Taken(**run) for run in runs), strayed=strayed, **counts)


def this_machine() -> dict[str, str]:
    """What the machine is, in words."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    model = next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine()
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return {
        "processor": f"{model}, {len(os.sched_getaffinity(0))} cores",
        "memory": f"{memory:.0f} GB",
        "system": f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
    }
