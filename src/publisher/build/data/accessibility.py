"""What was measured of a volume's accessibility, as a file of its own for catalogues and libraries."""

from __future__ import annotations

import json

from publisher.model.accessibility import AccessibilityStatement
from publisher.model.rendition import Artifact


def write_accessibility(
    statement: AccessibilityStatement, *, properties: tuple[tuple[str, str], ...], name: str, folder: str
) -> Artifact:
    """A JSON file: the properties of the package document, the claims that were not earned, what was measured.

    Places are named as they are inside the edition's folder, wherever that is seen from.
    """
    found = statement.measured
    stated: dict[str, list[str]] = {}
    for key, value in properties:
        stated.setdefault(key, []).append(value)
    report = {
        "stated": stated,
        "earned": [claim.value for claim in found.earned],
        "withheld": [
            {
                "claim": item.claim.value,
                "reason": item.reason,
                "where": str(item.span).removeprefix(f"{folder}/") if item.span else None,
            }
            for item in found.withheld
        ],
        "measured": {
            "pictures": found.pictures,
            "tables": found.tables,
            "least contrast on light grounds": found.contrast_light,
            "least contrast on dark grounds": found.contrast_dark,
        },
    }
    return Artifact(name=name, content=(json.dumps(report, ensure_ascii=False, indent=2) + "\n").encode())
