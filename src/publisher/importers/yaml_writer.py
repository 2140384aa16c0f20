"""Settings as YAML: strings in double quotes, as JSON has them (https://yaml.org/spec/1.2.2/#json-schema)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from publisher.load.decode import CONTROL

_BARE = re.compile(r"[A-Za-z][A-Za-z0-9 .-]*[A-Za-z0-9]|[A-Za-z]")
_WORDS = frozenset(("true", "false", "yes", "no", "on", "off", "null", "y", "n"))


def yaml_text(value: Mapping[str, Any], *, comment: str = "") -> str:
    """A mapping as the text of a YAML file."""
    return "\n".join((*((f"# {comment}",) if comment else ()), *_mapping(value, ""))) + "\n"


def _mapping(value: Mapping[str, Any], indent: str) -> Iterator[str]:
    for name, mapping in value.items():
        if isinstance(mapping, Mapping):
            yield f"{indent}{name}:"
            yield from _mapping(mapping, indent + "  ")
        elif isinstance(mapping, list) and mapping and isinstance(mapping[0], Mapping):
            yield f"{indent}{name}:"
            for item in mapping:
                first, *rest = _mapping(item, indent + "    ")
                yield f"{indent}  - {first.strip()}"
                yield from rest
        elif isinstance(mapping, list):
            yield f"{indent}{name}: [{', '.join(map(_scalar, mapping))}]"
        else:
            yield f"{indent}{name}: {_scalar(mapping)}"


def _scalar(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    words = " ".join(CONTROL.sub("", str(value)).split())
    if _BARE.fullmatch(words) and words.lower() not in _WORDS and ": " not in words:
        return words
    return json.dumps(words, ensure_ascii=False)
