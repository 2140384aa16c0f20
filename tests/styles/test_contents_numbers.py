"""Page numbers of contents and indexes are on the last line of their entries, in every style and trim."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest

from publisher.model.profile import Style
from publisher.model.publication import Publication, Role

LAST_LINE = re.compile(r"(?:.*\d+|Other) [ivxlc]+")
"""What the last line of an entry is: the end of its words, and the number of its page."""
TITLES = [f"On {'a long matter of state ' * (number % 4)}{'o' * (number % 9)}f {number}" for number in range(14)]
MATTER = {
    f"m{number}.md": f"# {title}\n\n## Part of {title}\n\nA word.\n\n## Other\n\nA word.\n"
    for number, title in enumerate(TITLES)
}
KEY = f"front: [{', '.join(MATTER)}]\n"


def contents_alone(publication: Publication) -> Publication:
    """The volume with its contents, its other sections as short as their titles."""
    roles = (Role.CONTENTS, Role.MATTER)
    return replace(
        publication,
        sections=tuple(section for section in publication.sections if section.role in roles),
        contents=tuple(entry for entry in publication.contents if entry.section_id.startswith("m")),
    )


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("trim", ["A4", "105x148mm"])
def test_numbers_are_on_the_last_line_of_their_entries(
    composed: Callable[..., Any], measured: ModuleType, style: Style, trim: str
) -> None:
    publication = contents_alone(composed(f"style: {style}\n{KEY}output: {{page: {trim}}}\n", **MATTER))
    pages = measured.lines_of(measured.pages_of(publication))
    of_contents = itertools.takewhile(lambda page: all(line.text != "A word." for line in page), pages)
    lines = [line.text for page in of_contents for line in page]
    entries = [line for line in lines if LAST_LINE.fullmatch(line)]
    assert len(entries) == 3 * len(TITLES)
    assert [line.rsplit(" ", 1)[0] for line in entries].count("Other") == len(TITLES)
