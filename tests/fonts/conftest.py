"""Editions with fonts of their own."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

SETTINGS = """\
title: {title}
language: en
date: 2026-11-01
contributors:
  - {{name: Ada Writer, role: aut}}
source:
  file: text.md
  sha256: {digest}
rights:
  status: public-domain
  statement: In the public domain.
"""

Lay = Callable[..., Path]


@pytest.fixture(scope="session")
def lay_edition(tmp_path_factory: pytest.TempPathFactory) -> Lay:
    """Lay down an edition of a text with files below its folder `fonts`, and more settings."""

    def lay(text: str, fonts: Mapping[str, bytes], *, more: str = "", title: str = "Words and scripts") -> Path:
        folder = tmp_path_factory.mktemp("edition")
        (folder / "fonts").mkdir()
        for name, content in fonts.items():
            (folder / "fonts" / name).write_bytes(content)
        (folder / "text.md").write_text(text, encoding="utf-8")
        digest = hashlib.sha256(text.encode()).hexdigest()
        (folder / "edition.yaml").write_text(SETTINGS.format(title=title, digest=digest) + more, encoding="utf-8")
        return folder

    return lay
