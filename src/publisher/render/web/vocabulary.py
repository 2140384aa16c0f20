"""The words of the frame around the pages of a web edition; `words.toml` has them by language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

from publisher.workspace import packaged_path

DEFAULT = "en"


def frame_words(language: str) -> Mapping[str, str]:
    """The words for a BCP 47 tag; those in English if there are none for its language."""
    known = all_words()
    return known.get(language.partition("-")[0].lower(), known[DEFAULT])


@cache
def all_words() -> Mapping[str, Mapping[str, str]]:
    """The words of every language, by its primary subtag."""
    return tomllib.loads(packaged_path("publisher.render.web", "words.toml").decode())
