"""`page-map.json`: the pages of a printed book as they are stored next to `edition.yaml`."""

from __future__ import annotations

import hashlib
import json

from publisher.model.apparatus import Selector
from publisher.model.page import PAGE_MAP_FILE, FrozenPage, PageMap
from publisher.model.rendition import Artifact


def write_page_map(page_map: PageMap, *, title: str, pdf: Artifact, text_sha256: str) -> Artifact:
    """The file of a map, one page a line, so that changes can be read."""
    printed = {"identifier": page_map.identifier, "title": title}
    printed |= {"pdf-sha256": hashlib.sha256(pdf.content).hexdigest(), "text-sha256": text_sha256}
    pages = ",\n".join(f"    {_json(_record(page))}" for page in page_map.pages)
    about = ",\n".join(f"    {_json(name)}: {_json(value)}" for name, value in printed.items())
    text = f'{{\n  "printed": {{\n{about}\n  }},\n  "pages": [\n{pages}\n  ]\n}}\n'
    return Artifact(name=PAGE_MAP_FILE, content=text.encode())


def _record(page: FrozenPage) -> dict[str, str]:
    """What the map says of a page; nothing that is empty."""
    words = page.words or Selector(exact="")
    fields = {
        "label": page.label,
        "section": page.section,
        "note": page.note,
        "picture": page.picture,
        "prefix": words.prefix,
        "exact": words.exact,
        "suffix": words.suffix,
    }
    return {name: value for name, value in fields.items() if value}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
