"""The words that publisher itself prints, in the language of the edition."""

from __future__ import annotations

from publisher.compose.i18n.dates import joints
from publisher.compose.i18n.vocabularies import LANGUAGES, words_for
from publisher.compose.i18n.vocabulary import CourseWords, Words
from publisher.model.publication import FixedWords
from publisher.model.relators import TERMS

__all__ = ["LANGUAGES", "CourseWords", "Words", "fix", "words_for"]


def fix(words: Words, *, language: str, stamp: str | None = None) -> FixedWords:
    """Return those of the words that templates print, with what every document has to say; `language` joins names."""
    terms = ((f"{term}:", (code,)) for code, term in sorted(TERMS.items())) if words.relator_terms else ()
    return FixedWords(
        contents=words.contents,
        landmarks=words.landmarks,
        pages=words.pages,
        page_label=words.page_label,
        cover=words.cover,
        title_page=words.title_page,
        back_to_text=words.back_to_text,
        by=words.by,
        by_several=words.by_several,
        attributed_to=words.attributed_to,
        attributed=words.attributed,
        edited_by=words.edited_by,
        begin=words.begin,
        on_page=words.on_page,
        compiled_by=words.course.compiled_by,
        roles=(*words.roles.items(), *terms),
        contribution=words.contribution,
        joined=joints(language if words_are_of(language, words) else words.language),
        stamp=stamp,
    )


def words_are_of(language: str, words: Words) -> bool:
    """Return whether the words are those of the language, and not the English ones in their place."""
    return language.partition("-")[0].lower() == words.language
