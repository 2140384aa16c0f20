"""Files of references (BibTeX, BibLaTeX, RIS, CSL-JSON) as the `references.json` of an edition."""

from __future__ import annotations

import json

from publisher.diagnostics import PublisherError
from publisher.importers.failures import damage_error
from publisher.importers.source import SourceFile
from publisher.load.decode import decode
from publisher.load.findings import Findings
from publisher.load.references import references


def bibliography(files: tuple[SourceFile, ...], earlier: bytes = b"[]") -> tuple[bytes, int]:
    """The records of the files, after those of an earlier `references.json`, as CSL-JSON; and how many are new.

    A record that has the key and the content of an earlier one is no new one; another with its key gets a letter.
    Raises `PublisherError` with what `publisher.load.references` notes, and W-002 if the earlier file is damaged.
    """
    try:
        records = {str(load["id"]): load for load in json.loads(earlier)}
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise damage_error("references.json", "it is no list of records of CSL-JSON, each with an id") from error
    before = len(records)
    findings = Findings()
    for file in files:
        source = decode(file.content, name=file.name, findings=findings)
        for reference in () if source is None else references(source, findings=findings):
            record = json.loads(reference.record)
            key = _key(reference.key, record, records)
            records.setdefault(key, record | {"id": key})
    if findings.diagnostics:
        raise PublisherError(*findings.diagnostics)
    content = json.dumps(list(records.values()), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    return content.encode(), len(records) - before


def _key(key: str, record: dict[str, object], records: dict[str, dict[str, object]]) -> str:
    for letter in ("", *map(chr, range(ord("a"), ord("z") + 1))):
        there = records.get(key + letter)
        if there is None or there == record | {"id": key + letter}:
            return key + letter
    return f"{key}-{len(records) + 1}"
