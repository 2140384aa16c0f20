"""The words that the toolchain itself prints, in the language of the edition."""

from __future__ import annotations

from publisher.compose.i18n.dates import joints
from publisher.compose.i18n.english import ENGLISH
from publisher.compose.i18n.french import FRENCH
from publisher.compose.i18n.german import GERMAN
from publisher.compose.i18n.vocabulary import CourseWords, Words
from publisher.model.publication import FixedWords

__all__ = ["LANGUAGES", "CourseWords", "Words", "fixed", "words_for"]

LANGUAGES: tuple[Words, ...] = (ENGLISH, GERMAN, FRENCH)


def fixed(words: Words, *, language: str, stamp: str | None = None) -> FixedWords:
    """Those of the words that templates print, with what every document has to say; `language` joins names."""
    return FixedWords(
        contents=words.contents,
        landmarks=words.landmarks,
        pages=words.pages,
        page=words.page,
        cover=words.cover,
        title_page=words.title_page,
        back_to_text=words.back_to_text,
        by=words.by,
        attributed_to=words.attributed_to,
        attributed=words.attributed,
        edited_by=words.edited_by,
        begin=words.begin,
        on_page=words.on_page,
        compiled_by=words.course.compiled_by,
        roles=words.roles,
        contribution=words.contribution,
        joined=joints(language if _is(language, words) else words.language),
        stamp=stamp,
    )


def words_for(language: str) -> Words:
    """The words for a BCP 47 tag; English where there are none for its language."""
    return next((words for words in LANGUAGES if _is(language, words)), ENGLISH)


def _is(language: str, words: Words) -> bool:
    """Whether the words are those of the language, and not what stands in for them."""
    return language.partition("-")[0].lower() == words.language
