"""The text of an edition: its files in order, read as one, and compared with what `edition.yaml` records of them."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable
from pathlib import PurePosixPath

from publisher.diagnostics import Source, Span, join
from publisher.load.config.edition_keys import HEXADECIMAL, PlacedSource
from publisher.load.loading import Loading
from publisher.load.markdown.document import markdown
from publisher.load.markdown.plain_text import plain_text
from publisher.load.parsed_files import parse_once
from publisher.load.same_words import same_words
from publisher.load.yaml.types import Placed, short
from publisher.model.text import Text
from publisher.workspace import digest
from publisher.workspace.session import record_text

OTHER_KIND = "T-020"
"""What is reported of a document of another program; its sha256 is no second fault."""
_PATTERN = re.compile(r"[*?\[]")


def main_text(placed: PlacedSource, loading: Loading) -> Text | None:
    """The text itself. Notes what `_note_digests` notes, and E-007 if its kind is not known."""
    contents = read_files(placed, loading)
    if contents is None:
        if placed.digests is None:
            note_missing_digest(placed, None, loading)
        return None
    before = len(loading.findings.diagnostics)
    text = text_of(contents, placed, loading)
    if all(diagnostic.code != OTHER_KIND for diagnostic in loading.findings.diagnostics[before:]):
        _note_digests(contents, placed, loading)
    return text


def read_files(placed: PlacedSource, loading: Loading) -> tuple[bytes, ...] | None:
    """The bytes of each file of the text; None after noting which of them cannot be read."""
    first: dict[str, Placed] = {}
    contents: list[bytes | None] = []
    for file in placed.files:
        if len(placed.files) > 1 or _PATTERN.search(file.text):
            _note_pattern(file, first, loading)
        if file.text and not _PATTERN.search(file.text):
            contents.append(loading.read(file))
        first.setdefault(file.text, file)
    there = tuple(content for content in contents if content is not None)
    return there if there and len(there) == len(placed.files) else None


def _note_pattern(item: Placed, first: dict[str, Placed], loading: Loading) -> None:
    """Record E-012 for a file that is named twice, E-007 for a pattern, since a text has an order."""
    earlier = first.get(item.text)
    if earlier is not None and earlier.span is not None:
        message, related = f"the text has the file “{item.text}” twice", (("first here", earlier.span),)
        loading.findings.error("E-012", message, span=item.span, hint="delete one of the two", related=related)
    if _PATTERN.search(item.text):
        found = sorted(loading.folder.matching(item.text), key=_natural)
        hint = f"write file: [{', '.join(found)}]" if 0 < len(found) <= 50 else "write file: [one.txt, two.txt]"
        message = f"“{item.text}” is a pattern; the files of a text are named one by one, in their order"
        loading.findings.error("E-007", message, span=item.span, hint=hint)


def _natural(name: str) -> list[tuple[int, str]]:
    """What sorts `part-2` before `part-10`."""
    return [(int(digits or 0), words) for words, digits in re.findall(r"(\D*)(\d*)", name)]


def text_of(contents: Iterable[bytes], placed: PlacedSource, loading: Loading) -> Text | None:
    """Return the text that bytes hold, read as the source's files are; None after noting why there is none."""
    if not placed.encoding:
        return None
    files = [
        loading.decode(content, name=item.text, encoding=placed.encoding, is_text=True)
        for item, content in zip(placed.files, contents, strict=False)
    ]
    kinds = {PurePosixPath(item.text).suffix.lower() for item in placed.files}
    read = tuple(file for file in files if file is not None)
    if len(read) < len(files):
        return None
    return _text(join(read), kinds, placed, loading)


def _text(source: Source, kinds: set[str], placed: PlacedSource, loading: Loading) -> Text | None:
    if kinds == {".txt"}:
        return plain_text(
            source,
            first_paragraph_is_title=placed.provenance.first_paragraph_is_title,
            paragraphs_end=placed.provenance.paragraphs,
            findings=loading.findings,
        )
    if kinds == {".md"}:
        return parse_once(markdown, source, figures=loading.figures, findings=loading.findings)
    if kinds == {".txt", ".md"}:
        other = next(file for file in placed.files if not file.text.lower().endswith(placed.files[0].text[-3:].lower()))
        message = "the files of one text are either all plain text or all Markdown"
        loading.findings.error("E-007", message, span=other.span, hint="name all of them .txt, or all of them .md")
        return None
    wrong = next(file for file in placed.files if PurePosixPath(file.text).suffix.lower() not in (".txt", ".md"))
    message = f"“{wrong.text}” is neither plain text nor Markdown"
    loading.findings.error("E-007", message, span=wrong.span, hint="name it .txt or .md")
    return None


def _note_digests(contents: tuple[bytes, ...], placed: PlacedSource, loading: Loading) -> None:
    """Record an error if the sha256 is missing (E-004), malformed (E-007) or not that of the files (T-004).

    One sha256 of several files is that of their bytes, one after the other.
    """
    digests = placed.digests
    if digests is None:
        note_missing_digest(placed, contents, loading)
    elif not digests.is_list:
        whole = b"".join(contents)
        if any(loading.folder.is_cut(entry.text) for entry in placed.files[1:]):
            return  # the archive knows the digest of each file, not that of all together
        name = placed.files[0].text if len(placed.files) == 1 else ""
        now = loading.folder.digest_of(name, whole) if name else digest(whole)
        _compare(whole, now, digests.each[0], name=placed.name, placed=placed, loading=loading)
    elif len(digests.each) != len(contents):
        message = f"{len(digests.each)} sha256 for {len(contents)} files"
        span = digests.each[0].span
        hint = f"run: publisher accept {shown_folder(loading)}"
        note_record("E-007", message, span=span, hint=hint, loading=loading)
    else:
        for item, file, content in zip(digests.each, placed.files, contents, strict=True):
            now = loading.folder.digest_of(file.text, content)
            _compare(content, now, item, name=file.text, placed=placed, loading=loading)


def _compare(content: bytes, now: str, written: Placed, *, name: str, placed: PlacedSource, loading: Loading) -> None:
    """Record an error if a digest is not the one that is written."""
    recorded, span = written.text.lower(), written.span
    if recorded == now:
        if not loading.folder.is_cut(name):
            record_text(now, content)
    elif not HEXADECIMAL.fullmatch(recorded):
        message = f"“{short(written.text)}” is not a sha256, which has 64 digits and letters a–f"
        note_record("E-007", message, span=span, hint=f"write sha256: {now}", loading=loading)
    else:
        same = same_words(content, recorded, encoding=placed.encoding)
        but = f": {same} changed, and no word did" if same else ""
        message = f"{name} is not the text that was recorded{but} (its sha256 is {now}, not {recorded})"
        command = f"publisher accept {shown_folder(loading)}"
        hint = f"restore the file; or, if it is right as it is, run {command}, or write sha256: {now}"
        note_record("T-004", message, span=span, hint=hint, loading=loading)


def note_missing_digest(placed: PlacedSource, contents: tuple[bytes, ...] | None, loading: Loading) -> None:
    """Record E-004 for a source without sha256; the hint has the line to paste, if the files can be read."""
    message = "“sha256” is missing: the sha256 of the text's file, so that no letter changes unseen"
    hint = "once the file is there, run: publisher accept"
    if contents is not None:
        whole = b"".join(contents)
        now = loading.folder.digest_of(placed.name, whole) if len(contents) == 1 else digest(whole)
        hint = f"add the line “sha256: {now}”, or run: publisher accept {shown_folder(loading)}"
    note_record("E-004", message, span=placed.span, hint=hint, loading=loading)


def note_record(code: str, message: str, *, span: Span | None, hint: str, loading: Loading) -> None:
    """Record an error about the record of the text, which leaves the edition usable."""
    loading.findings.error(code, message, span=span, hint=hint)
    loading.about_record.append(loading.findings.diagnostics[-1])


def shown_folder(loading: Loading) -> str:
    """Return the edition's folder as an argument of a command."""
    return shlex.quote(loading.folder.shown(""))
