"""PDFs whose scanned pages get a layer of words (`ocr: true`), and which of the words are doubtful."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import msgspec

from publisher.load.findings import Findings
from publisher.load.yaml.types import Placed
from publisher.ocr.program import Word
from publisher.ocr.recognise import Unrecognised, recognise
from publisher.pdf.foreign.reading import Fault, PagesRead, Wanted, read_pages

SHOWN = 12
"""How many doubtful words of a page are named."""
_HINT = "compare these words with the page; a scan with 300 dots an inch or more gives better ones"


def with_words(wanted: Wanted, pages: PagesRead, pdf: Placed, *, language: str, findings: Findings) -> PagesRead:
    """Return what is read of pages when the scanned ones have their words, with U-024 for each that has doubtful ones.

    Notes U-025 and U-026 at the file if the words cannot be recognised; then the pages stay as they are.
    """
    try:
        found = recognise(wanted.content, first=wanted.first, last=wanted.last, language=language)
    except Unrecognised as error:
        findings.error(error.code, f"{pdf.text}: {error.message}", span=pdf.span, hint=error.hint)
        return pages
    (read,) = read_pages((msgspec.structs.replace(wanted, content=found.content),))
    return msgspec.structs.replace(read, notes=(*read.notes, *_doubts(found.doubtful)))


def _doubts(words: Sequence[Word]) -> Iterator[Fault]:
    """Yield U-024 for each page with doubtful words, the most doubtful first."""
    by_page: defaultdict[int, list[Word]] = defaultdict(list)
    for word in words:
        by_page[word.page].append(word)
    for page, found in sorted(by_page.items()):
        ordered = sorted(found, key=lambda word: word.confidence)
        shown = ", ".join(f"“{word.text[:40]}” ({word.confidence} %)" for word in ordered[:SHOWN])
        more = f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
        many = "a word that was" if len(found) == 1 else f"{len(found)} words that were"
        yield Fault("U-024", f"{many} recognised with doubt: {shown}{more}", page, _HINT)
