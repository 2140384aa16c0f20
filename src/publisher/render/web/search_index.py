"""What the search of a web edition looks through: every block of every page, as a script that sets one variable.

A page that is opened from a disk may load a script that lies next to it, and no other kind of file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from publisher.model.rendition import Asset
from publisher.render.web.markup import Fragment, Words

NAME = "search-index.js"
VARIABLE = "publisherIndex"


def search_index(pages: Iterable[tuple[str, str, Sequence[Fragment]]], numbers: Sequence[tuple[str, str]]) -> Asset:
    """The index of pages, each with its address, its title and its documents.

    `numbers` are the labels of the printed pages with their addresses.
    """
    entries = [
        [address, title, [[words.id, words.text] for words in _once(fragments)]] for address, title, fragments in pages
    ]
    content = json.dumps({"pages": entries, "numbers": numbers}, ensure_ascii=False, separators=(",", ":"))
    # JSON in a script: U+2028 and U+2029 end a line in older engines
    content = content.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    script = f"self.{VARIABLE} = {content};\n"
    return Asset(href=NAME, media_type="text/javascript", content=script.encode())


def _once(fragments: Sequence[Fragment]) -> Iterable[Words]:
    return (words for fragment in fragments for words in fragment.words)
