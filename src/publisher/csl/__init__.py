"""Citations and lists of references in CSL styles, by citeproc-js in a child process.

https://docs.citationstyles.org/en/stable/specification.html
"""

from publisher.csl.process import Answer, EngineFailed, Problem, Request, format_citations
from publisher.csl.styles import known_locales, known_styles, locale_for, locale_text, style_text

__all__ = [
    "Answer",
    "EngineFailed",
    "Problem",
    "Request",
    "format_citations",
    "known_locales",
    "known_styles",
    "locale_for",
    "locale_text",
    "style_text",
]
