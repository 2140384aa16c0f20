"""What a terminal needs: widths of characters, tables, Markdown, a line that turns while one waits.

The only file that imports rich, https://rich.readthedocs.io/.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TextIO

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.markdown import Markdown
from rich.table import Table
from rich.text import Text


def cells(text: str) -> int:
    """The width of a text in terminal cells, by the latest Unicode tables whatever the environment says."""
    return cell_len(text, "latest")


def width_of(stream: TextIO) -> int:
    """How many cells a line of the terminal behind a stream has."""
    return Console(file=stream).width


def print_markdown(text: str, *, stream: TextIO) -> None:
    """Prints Markdown, set for a terminal."""
    Console(file=stream).print(Markdown(text))


def print_table(headings: Sequence[str], rows: Sequence[Sequence[str]], *, stream: TextIO) -> None:
    """Prints a table as wide as it must be; a row that begins with `✗` is red."""
    table = Table(*headings, box=box.SIMPLE_HEAD, pad_edge=False)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row), style="red" if row[0].startswith("✗") else None)
    Console(file=stream).print(table)


@contextmanager
def waiting(words: str, *, stream: TextIO) -> Iterator[None]:
    """Shows the words with a turning mark as long as the block runs, then removes them."""
    with Console(file=stream).status(words):
        yield
