"""Ghostscript, which renders pages ink by ink: https://ghostscript.readthedocs.io/en/latest/Devices.html#tiffsep."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from PIL import Image, ImageMath

from publisher.model.limits import Area, Coverage
from publisher.validators.process import Need, failure, find_programs, last_words, program, run, scratch

NAME = "Ghostscript"
SECONDS = 600
NEEDS = (
    Need(
        name="Ghostscript (the program gs)",
        locate=lambda: program("gs"),
        remedy="sudo apt-get install ghostscript (Debian, Ubuntu), or brew install ghostscript",
    ),
)
RESOLUTION = 72
"""Pixels an inch: one for each point, so that places need no conversion."""
FULL = 255
SEPARATION = re.compile(r"(\d+)\((.+)\)\.tif")
"""How the files of single inks are named; one without brackets is a picture of all together."""


def coverages(content: bytes, *, limit: int, areas: Sequence[Area] = ()) -> tuple[Coverage, ...]:
    """The most ink of each page of a PDF, and where it is more than the limit; raises L-010 and L-011.

    Of a page with an area, by index, only that is looked at: printer's marks are outside the bleed, in every ink.
    Colours in CMYK and spot colours are taken as they are (`UseFastColor`: no conversion by profiles);
    what is RGB has no inks of its own, and counts as the three that make it.
    """
    (gs,) = find_programs(NAME, *NEEDS)
    with scratch() as folder:
        pdf = folder / "proof.pdf"
        pdf.write_bytes(content)
        outcome = run((gs, *_options(folder), pdf), validator=NAME, seconds=SECONDS)
        if outcome.status:
            raise failure(NAME, last_words(outcome))
        return tuple(
            _coverage(page, inks, limit, area=areas[page] if page < len(areas) else None)
            for page, inks in _separations(folder)
        )


def _options(folder: Path) -> Iterator[str]:
    yield from ("-q", "-P-", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-dUseFastColor=true", "-dUseCropBox=false")
    yield from ("-sDEVICE=tiffsep", f"-r{RESOLUTION}", "-sCompression=lzw", f"-sOutputFile={folder}/%d.tif")


def _separations(folder: Path) -> Iterator[tuple[int, Sequence[Path]]]:
    """The pages by index, with the pictures of their inks."""
    pages: defaultdict[int, list[Path]] = defaultdict(list)
    for path in folder.iterdir():
        if named := SEPARATION.fullmatch(path.name):
            pages[int(named[1]) - 1].append(path)
    return iter(sorted(pages.items()))


def _coverage(page: int, inks: Sequence[Path], limit: int, *, area: Area | None) -> Coverage:
    """The sum of all inks, pixel by pixel."""
    total = _add(None, inks[0])
    for path in inks[1:]:
        total = _add(total, path)
    edges = across, down, _, _ = _pixels(area, total)
    looked_at = total.crop(edges)
    most = _most(looked_at)
    left, top, right, bottom = _above(looked_at, min(round(limit * FULL / 100), most - 1))
    return Coverage(
        page=page,
        percent=round(most * 100 / FULL),
        left=across + left,
        bottom=total.height - down - bottom,
        right=across + right,
        top=total.height - down - top,
    )


def _pixels(area: Area | None, total: Image.Image) -> tuple[int, int, int, int]:
    """The edges of what lies wholly in an area, from the top left; those of the page where there is no area."""
    if area is None:
        return 0, 0, total.width, total.height
    left, right = max(math.ceil(area.left), 0), min(math.floor(area.right), total.width)
    top, bottom = max(math.ceil(total.height - area.top), 0), min(math.floor(total.height - area.bottom), total.height)
    return left, top, max(right, left + 1), max(bottom, top + 1)


def _add(total: Image.Image | None, path: Path) -> Image.Image:
    """The sum of one ink more: in its file, 0 is full ink and 255 none."""
    with Image.open(path) as ink:
        image: Image.Image = ImageMath.lambda_eval(lambda names: FULL - names["convert"](names["ink"], "I"), ink=ink)
    if total is None:
        return image
    both: Image.Image = ImageMath.lambda_eval(lambda names: names["a"] + names["b"], a=total, b=image)
    return both


def _most(total: Image.Image) -> int:
    most = total.getextrema()[1]
    return int(most) if isinstance(most, int | float) else 0


def _above(total: Image.Image, limit: int) -> tuple[int, int, int, int]:
    """The edges, in pixels, of what has more ink than a limit."""
    shown = ImageMath.lambda_eval(lambda names: names["convert"](names["total"] > limit, "L"), total=total)
    return shown.getbbox() or (0, 0, 0, 0)
