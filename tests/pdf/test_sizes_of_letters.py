"""The size of a sequence is that of its own first letters, whatever was set before it."""

from __future__ import annotations

from typing import Any

import pikepdf

from publisher.pdf.assemble.content import _find
from publisher.pdf.assemble.instructions import read

CONTENT = b"""/P << /MCID 0 >> BDC
BT
1 0 0 -1 10 20 Tm
/F1 20 Tf
<0001> Tj
ET
EMC
/P << /MCID 1 >> BDC
BT
.5 0 0 -.5 10 50 Tm
/F1 12 Tf
<0001> Tj
ET
EMC
/P << /MCID 2 >> BDC
BT
/F1 8 Tf
1 0 0 -1 10 80 Tm
<0001> Tj
ET
EMC
"""


class Face:
    """A font whose strings have no glyphs that matter."""

    def glyphs(self, shown: bytes) -> tuple[()]:
        """Nothing."""
        return ()


def test_size_is_that_of_the_letters_that_are_shown() -> None:
    fonts: Any = {"/F1": Face()}
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(100, 100))
        page.Contents = pdf.make_stream(CONTENT)
        found = list(_find(0, read(page), fonts))
    assert [(sequence.at, sequence.size) for sequence in found] == [((10, 20), 20), ((10, 50), 6), ((10, 80), 8)]
