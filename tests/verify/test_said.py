"""What a volume says of its accessibility is the same wherever it says it."""

from __future__ import annotations

import json
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

from publisher.model.publication import Publication

OPF = "{http://www.idpf.org/2007/opf}"


def test_what_is_said_is_the_same_everywhere(good: dict[str, bytes], publication: Publication) -> None:
    assert publication.accessibility is not None
    earned = [claim.value for claim in publication.accessibility.measured.earned]
    beside = json.loads(good["on-promises.accessibility.json"])
    with ZipFile(BytesIO(good["on-promises.epub"])) as archive:
        package = etree.fromstring(archive.read("EPUB/content.opf"))
        page = etree.fromstring(archive.read("EPUB/text/accessibility.xhtml"))
    said: dict[str, list[str]] = {}
    for meta in package.iter(f"{OPF}meta"):
        said.setdefault(meta.get("property", ""), []).append(meta.text or "")
    assert beside["earned"] == earned
    assert {name: said[name] for name in beside["stated"]} == beside["stated"]
    assert set(said["schema:accessibilityFeature"]) <= set(earned)
    assert said["dcterms:conformsTo"] == [value for value in earned if value.startswith("EPUB Accessibility")]
    words = " ".join("".join(map(str, page.itertext())).split())
    (summary,) = said["schema:accessibilitySummary"]
    assert summary == publication.accessibility.summary
    assert [sentence for sentence in summary.split(". ") if sentence.rstrip(".") not in words] == []
