"""Tables whose first column has the heads of the rows."""

from __future__ import annotations

import re
import zipfile

from tests.cases.conftest import Make, demand_built

TEXT = """\
# T

| Port | Ships |
|:-----|------:|
| Bergen | 12 |
| Lübeck | 3 |
| ^^ | 4 |
| | 5 |

Table: Two ports {#ports .row-heads}

| a | b |
|---|---|
| c | d |

Table: {.row-heads}
"""


def test_cells_of_the_first_column_are_heads_of_rows(small: Make) -> None:
    edition = small(TEXT)
    demand_built(edition.build("--strict"))
    (epub,) = (edition.folder / "output").glob("*.epub")
    with zipfile.ZipFile(epub) as held:
        text = next(held.read(name).decode() for name in held.namelist() if name.endswith("/text.xhtml"))
    heads = re.findall(r'<th scope="row"[^>]*>([^<]+)</th>', text)
    assert heads == ["Bergen", "Lübeck", "c"]
    assert "row-heads" not in text


def test_another_class_of_a_caption_is_refused(small: Make) -> None:
    report = small(TEXT.replace(".row-heads}\n\n| a", ".row-head}\n\n| a")).check().output
    assert "error[M-004 unknown-attribute]" in report
