"""Where words are, as citations say it: `p. 12, ¶ 9`."""

from __future__ import annotations

from publisher.compose.i18n import words_for


def locator(
    *, language: str, pages: tuple[str, ...] = (), paragraphs: tuple[int, ...] = (), note: str | None = None
) -> str | None:
    """Page, paragraph and note, first and last where there are two; None where nothing is known of them."""
    words = words_for(language)
    parts = (
        (words.on_pages if len(pages) > 1 else words.on_page).format("–".join(pages)) if pages else "",
        f"{'¶¶' if len(paragraphs) > 1 else '¶'}\u00a0{'–'.join(map(str, paragraphs))}" if paragraphs else "",
        words.at_note.format(note) if note else "",
    )
    return ", ".join(filter(None, parts)) or None
