"""The record of a build as a file: JSON, its keys sorted, with a SHA-256 of each source and each artifact."""

from __future__ import annotations

import json
from typing import Any

from publisher.model.proof_file import ENDING, Making, ProofFile
from publisher.model.rendition import Artifact

LONGEST = 4 * 1024 * 1024
"""A longer file is no record of a build."""
MOST = 100_000
"""How many sources or artifacts a record may name."""


def write_proof_file(record: ProofFile, *, name: str) -> Artifact:
    """The record as a file next to the volume with this name."""
    making = record.making
    value = {
        "publisher": record.program,
        "libraries": dict(sorted(record.libraries.items())),
        "built": {
            "formats": list(making.formats),
            "profiles": list(making.profiles),
            "audience": making.audience,
            "copy": making.copy,
            "moment": making.moment,
            "freezing": making.freezing,
            "piece": making.piece,
        },
        "sources": dict(sorted(record.sources.items())),
        "artifacts": dict(sorted(record.artifacts.items())),
    }
    return Artifact(name=f"{name}{ENDING}", content=(json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode())


def read_proof_file(content: bytes) -> ProofFile | None:
    """The record in a file that another person may have written; None if it is none."""
    if len(content) > LONGEST:
        return None
    try:
        value = json.loads(content)
        built = value["built"]
        making = Making(
            formats=_texts(built["formats"]),
            profiles=_texts(built["profiles"]),
            audience=_text(built["audience"]),
            copy=None if built["copy"] is None else _text(built["copy"]),
            moment=_text(built["moment"]),
            freezing=built["freezing"] is True,
            piece=None if built["piece"] is None else _text(built["piece"]),
        )
        return ProofFile(
            making=making,
            program=_text(value["publisher"]),
            libraries=_pairs(value["libraries"]),
            sources=_pairs(value["sources"]),
            artifacts=_pairs(value["artifacts"]),
        )
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > 4096:
        raise TypeError("no text")
    return value


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > MOST:
        raise TypeError("no list")
    return tuple(map(_text, value))


def _pairs(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or len(value) > MOST:
        raise TypeError("no object")
    return {_text(key): _text(item) for key, item in value.items()}
