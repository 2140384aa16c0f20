"""`edition.yaml` with further series of notes, and every other byte as it was."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from publisher.diagnostics import Diagnostic, PublisherError, Source
from publisher.load.config.edition_keys import EditionKeys
from publisher.load.config.settings import edition_values
from publisher.load.findings import Findings

_KEY = re.compile(r"^series:[ \t]*(?P<value>[^\n]*)$", re.MULTILINE)
_NEXT = re.compile(r"^(?![ \t\r\n#-])", re.MULTILINE)
_ITEM = re.compile(r"^(?P<indent>[ ]*)-", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSeries:
    """A series to be added."""

    id: str
    title: str
    file: str

    def yaml(self) -> str:
        """The series as a value in braces."""
        return f"{{id: {self.id}, title: {json.dumps(self.title, ensure_ascii=False)}, file: {self.file}}}"


def series_titles(content: bytes, name: str) -> dict[str, tuple[str, str]]:
    """The title and the file of each series that `edition.yaml` has, by id."""
    text = content.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    given = edition_values(Source(name=name, text=text), findings=Findings())
    if given is None:
        return {}
    return {
        placed_series.id.text: (placed_series.title, placed_series.file.text)
        for placed_series in given[EditionKeys.series]
    }


def with_series(content: bytes, new: Sequence[NewSeries], *, name: str) -> bytes:
    """Return `edition.yaml` with further series after those that it has.

    Raises `PublisherError` (W-013) with the lines to add if they cannot be put there safely.
    """
    if not new:
        return content
    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    text = content.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    made = mark + _add(text, new).encode()
    before, after = series_titles(content, name), series_titles(made, name)
    if after != before | {new_series.id: (new_series.title, new_series.file) for new_series in new}:
        lines = "\n".join(f"  - {new_series.yaml()}" for new_series in new)
        raise PublisherError(
            Diagnostic(
                code="W-013",
                message=f"no series can be added to {name}",
                hint=f"add these lines under series:, and run the command again\n{lines}",
            )
        )
    return made


def _add(text: str, new: Sequence[NewSeries]) -> str:
    """The text of `edition.yaml` with the series: in the list that it has, in blocks or brackets, or in a new one."""
    end_of_line = "\r\n" if "\r\n" in text else "\n"
    key = _KEY.search(text)
    if key is None:
        lines = "".join(f"  - {new_series.yaml()}{end_of_line}" for new_series in new)
        return f"{text}{'' if text.endswith(chr(10)) or not text else end_of_line}series:{end_of_line}{lines}"
    following = _NEXT.search(text, key.end())
    stop = following.start() if following else len(text)
    if key["value"].lstrip().startswith("["):
        at = text.rindex("]", key.start(), stop)
        is_empty = not text[text.index("[", key.start()) + 1 : at].strip()
        return f"{text[:at]}{'' if is_empty else ', '}{', '.join(new_series.yaml() for new_series in new)}{text[at:]}"
    item = _ITEM.search(text, key.end(), stop)
    indent = item["indent"] if item else "  "
    block = text[key.start() : stop].rstrip()
    lines = "".join(f"{end_of_line}{indent}- {new_series.yaml()}" for new_series in new)
    at = key.start() + len(block)
    return f"{text[:at]}{lines}{text[at:]}"
