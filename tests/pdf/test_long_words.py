"""Long words take time that grows with their length: counted are the characters that Pango is given."""

from __future__ import annotations

import pytest
from tests.pdf.conftest import document, rendered
from weasyprint.text.line_break import Layout

from publisher.layout.weasyprint.layout import lay_out

KINDS = {
    "letters": "x" * 50,
    "syllables": "antidisestablishmentarianism",
    "brackets": "[" * 40 + "]" * 40,
    "no-break spaces": "joined\u00a0" * 8,
    "hyphens that may be": "be\u00adtri\u00adebs\u00ad" * 5,
}


def characters_set(body: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many characters Pango is given to lay out a paragraph."""
    count, original = [0], Layout.set_text

    def set_text(layout: Layout, text: str, *others: bool, **named: bool) -> None:
        count[0] += len(text)
        original(layout, text, *others, **named)

    with monkeypatch.context() as patched:
        patched.setattr(Layout, "set_text", set_text)
        rendition = rendered(document(f'<section id="s"><p id="p">{body}</p></section>'))
        lay_out(rendition.sections[0], rendition.dress, hyphen="-")
    return count[0]


@pytest.mark.parametrize("kind", KINDS)
def test_long_words_take_time_as_their_length(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    less, more = (characters_set(KINDS[kind] * times, monkeypatch) for times in (40, 120))
    assert more < 3.6 * less
