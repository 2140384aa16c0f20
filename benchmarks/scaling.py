"""What a catalogue of 100,000 titles needs, computed from the figures."""

from __future__ import annotations

from benchmarks.figures import Figures

TITLES, PAGES, NIGHT, SHARE = 100_000, 250, 8, 0.01
"""Titles; pages of each, an assumption; hours; the part of the titles in which a paragraph changes in a day."""

_PAGE = """# A catalogue of {titles:,} titles

Written by `make bench` from `benchmarks/figures.json`; change those, not this. We assume titles of {pages}
pages, like those of the 60 chapters that were measured ({measured} pages in {cpu:.1f} s of processors).

| work | processor hours | cores to be done in {night} hours |
|---|---|---|
| all PDFs from nothing | {whole:,.0f} | {cores:,.0f} |
| all EPUBs from nothing | {epubs:,.0f} | {epub_cores:,.0f} |
| {share:.0%} of the titles after one paragraph changed in each | {changed:,.1f} | {changed_cores:,.1f} |
| all once more, nothing changed | {unchanged:,.0f} | {unchanged_cores:,.0f} |

The finished PDFs are about {size:,.0f} GB. A build needs {memory:.0f} MB for all its processes and
{largest:.0f} MB for the largest. On two Dask workers it takes {cluster} as long as in two local processes.
`publisher build-all` builds a folder of volumes; a catalogue can be split over machines by folders, each with its own
executor.
"""


def scaling(figures: Figures) -> str:
    """The text of docs/scaling.md; says so where a row that it needs was not measured."""
    needed = ("sixty", "epub", "changed", "unchanged", "cluster")
    missing = [name for name in needed if name not in figures.rows]
    if missing:
        return (
            f"# A catalogue of {TITLES:,} titles\n\nNot computed: `make bench` has not measured {', '.join(missing)}.\n"
        )
    sixty, rows = figures.rows["sixty"]["publisher"], figures.rows
    part = PAGES / sixty.pages

    def hours(row: str, share: float = 1.0) -> float:
        return rows[row]["publisher"].median("cpu") * part * TITLES * share / 3600

    values = {"whole": hours("sixty"), "epubs": hours("epub"), "changed": hours("changed", SHARE)}
    ratio = rows["cluster"]["cluster"].median("wall") / rows["cluster"]["local"].median("wall")
    unchanged = hours("unchanged")
    return _PAGE.format(
        titles=TITLES,
        pages=PAGES,
        night=NIGHT,
        share=SHARE,
        measured=sixty.pages,
        cpu=sixty.median("cpu"),
        **values,
        unchanged=unchanged,
        cores=values["whole"] / NIGHT,
        epub_cores=values["epubs"] / NIGHT,
        changed_cores=values["changed"] / NIGHT,
        unchanged_cores=unchanged / NIGHT,
        size=sixty.size * part * TITLES / 1e9,
        memory=sixty.median("peak"),
        largest=sixty.median("largest"),
        cluster=f"{ratio:.2f} times",
    )
