"""The vocabularies of the languages, read from their files in `languages/` when they are first used."""

from __future__ import annotations

import tomllib
from functools import cache

import msgspec

from publisher.compose.i18n.vocabulary import Words
from publisher.workspace import packaged_path

LANGUAGES = ("ar", "de", "el", "en", "es", "fa", "fr", "he", "it", "ja", "la", "nl", "pl", "pt", "ru", "uk", "zh")
"""The languages that have a file, by their primary subtags."""
_PACKAGE = "publisher.compose.i18n"


@cache
def vocabulary(language: str) -> Words:
    """Return the vocabulary of one of `LANGUAGES`. Raises `msgspec.ValidationError` if its file lacks a key."""
    content = tomllib.loads(packaged_path(_PACKAGE, f"languages/{language}.toml").decode())
    return msgspec.convert({**content, "language": language}, type=Words)


def words_for(language: str) -> Words:
    """Return the vocabulary for a BCP 47 tag; English if its language has none."""
    primary = language.partition("-")[0].lower()
    return vocabulary(primary if primary in LANGUAGES else "en")
