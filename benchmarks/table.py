"""The table of ratios, in Markdown."""

from __future__ import annotations

from benchmarks.figures import Figures
from benchmarks.rows import ROWS
from benchmarks.targets import TARGETS, Verdict

_HEAD = """| work | compared | target | measured | verdict | runs |
|---|---|---|---|---|---|"""


def table(figures: Figures) -> str:
    """A line for each target, and the reason where one was not reached."""
    lines = [_HEAD]
    for row in ROWS:
        measured = figures.rows.get(row.name, {})
        for target in TARGETS[row.name]:
            verdict = target.verdict(measured)
            said = f"{verdict}: {target.reason}" if verdict is Verdict.MISSED and target.reason else str(verdict)
            most = "–" if target.most is None else f"at most {target.shown(target.most)}"
            runs = max((len(item.runs) for item in measured.values()), default=0)
            lines.append(
                f"| {row.work} | {target.said} | {most} | {target.shown(target.value(measured))} | {said} | {runs} |"
            )
    return "\n".join(lines)


def medians(figures: Figures) -> str:
    """What each program took in each row."""
    lines = ["| row | program | seconds | of processors | MB, all | MB, largest | pages | words compared |"]
    lines.append("|---|---|---|---|---|---|---|---|")
    for name, row in figures.rows.items():
        for program, measured in row.items():
            cells = (
                measured.median("wall"),
                measured.median("cpu"),
                measured.median("peak"),
                measured.median("largest"),
            )
            seconds, cpu, peak, largest = cells
            lines.append(
                f"| {name} | {program} | {seconds:.2f} | {cpu:.2f} | {peak:.0f} | {largest:.0f} | "
                f"{measured.pages or '–'} | {measured.words or '–'} |"
            )
    return "\n".join(lines)
