"""How deep pages are filled: their lines of text, their notes, and the grid of lines that both are on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from publisher.proof.reading.lines import Line, SetBlock, Setting

STEP = 0.05
"""In points: distances between lines that differ by less are one."""
NEAR = 0.3
"""In points: by so much may the size of text differ from that of most of it."""


@dataclass(slots=True, kw_only=True)
class Depth:
    """The lines of one page."""

    page: int
    text: list[tuple[SetBlock, Line]] = field(default_factory=list)
    notes: list[Line] = field(default_factory=list)
    """Those of notes that are below text or would be, not in the margin."""
    ends: bool = False
    """Whether a section ends on it."""
    opens: bool = False
    """Whether a section begins on it."""
    pictured: bool = False

    @property
    def foot(self) -> float:
        """The baseline of the lowest line of text."""
        return min(line.y for _, line in self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The size of most of the text, and the distance of its lines."""

    size: float
    leading: float


def grid(setting: Setting) -> Grid | None:
    """Return the grid of most of the text; None if no paragraph has two lines."""
    blocks = [block for block in setting.text if block.is_running_text]
    sizes = Counter(round(line.size, 1) for block in blocks for line in block.lines)
    if not sizes:
        return None
    size = sizes.most_common(1)[0][0]
    steps = Counter(
        round((item.y - other.y) / STEP) * STEP
        for block in blocks
        for item, other in pairwise(block.lines)
        if item.page == other.page and abs(item.size - size) < NEAR and abs(other.size - size) < NEAR
    )
    return Grid(size=size, leading=steps.most_common(1)[0][0]) if steps else None


def depths(setting: Setting) -> tuple[Depth, ...]:
    """Return the depth of each page that has lines, in their order."""
    found: defaultdict[int, Depth] = defaultdict(lambda: Depth(page=-1))
    for block in setting.blocks:
        for line in block.lines:
            depth = found[line.page]
            depth.page = line.page
            if block.branch.note:
                depth.notes.append(line)
            else:
                depth.text.append((block, line))
        for picture in block.pictures:
            found[picture.page].page, found[picture.page].pictured = picture.page, True
    for pages in _sections(setting.text):
        found[min(pages)].opens = found[max(pages)].ends = True
    for page, depth in [*found.items()]:
        following = found.get(page + 1)
        depth.ends = depth.ends or (following is not None and _begins_with_part(following))
    return tuple(found[page] for page in sorted(found))


def _begins_with_part(depth: Depth) -> bool:
    """Whether a page begins with a heading: what ends on the page before is complete."""
    block = max(depth.text, key=lambda pair: pair[1].y)[0] if depth.text else None
    return block is not None and block.kind == "H2"


def _sections(blocks: Iterable[SetBlock]) -> Iterator[set[int]]:
    """The pages of each section, which begins with its title."""
    pages: set[int] = set()
    for block in blocks:
        if block.kind in ("H1", "Title") and pages:
            yield pages
            pages = set()
        pages |= {*block.pages}
    if pages:
        yield pages
