"""German is set without ligatures, which would cross the joints of its compounds; other languages have theirs."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from io import BytesIO
from types import ModuleType
from typing import Any

import pikepdf
import pytest

from publisher.model.profile import Style


def joined(pdf: bytes) -> set[str]:
    """The letters of each glyph that stands for more than one."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        maps = [bytes(stream.read_bytes()) for stream in opened.objects if isinstance(stream, pikepdf.Stream)]
    told = (content.decode("latin-1") for content in maps if b"beginbfchar" in content)
    codes = (code for text in told for code in re.findall(r"<[0-9a-fA-F]+> <([0-9a-fA-F]{8,})>", text))
    return {bytes.fromhex(code).decode("utf-16-be") for code in codes}


@pytest.fixture
def set_in(composed: Callable[..., Any], measured: ModuleType) -> Callable[[str, str, Style], set[str]]:
    """The ligatures of a text in a language and a style."""

    def make(language: str, words: str, style: Style) -> set[str]:
        text = f"# A title\n\n{words}\n"
        settings = measured.SETTINGS.replace("SHA256", hashlib.sha256(text.encode()).hexdigest())
        settings = settings.replace("text.txt", "text.md").replace("en-GB", language)
        own = {"text.md": text, "edition.yaml": f"{settings}style: {style}\n"}
        return joined(measured.pages_of(composed(**own)))

    return make


@pytest.mark.parametrize("style", Style)
def test_german_has_no_ligatures(set_in: Callable[..., set[str]], style: Style) -> None:
    words = "Die Auflage der Schifffahrt traf die Kaufleute am Hoffenster, fünf fielen auf."
    assert set_in("de", words, style) == set()
    assert set_in("de-AT", words, style) == set()


def test_another_language_keeps_its_ligatures(set_in: Callable[..., set[str]]) -> None:
    assert {"ff", "fi"} <= set_in("en-GB", "An officer of the fifth staff offered it.", Style.DEFAULT)


def test_passages_go_by_their_own_language(set_in: Callable[..., set[str]]) -> None:
    assert "ff" not in set_in("en-GB", "[Kaufleute fanden Schiffe]{lang=de} and more.", Style.DEFAULT)
    assert "ff" in set_in("de", "[The staff]{lang=en} und ein Wort.", Style.DEFAULT)
