"""Where calls stand: the table of docs/anchoring.md."""

from __future__ import annotations

import pytest

from publisher.annotate.call import call_offset

CASES = {
    # `^` stands at the end of the lemma; behind the colon what precedes the call
    "the expense or others^.": "the expense or others.",
    "the cafe^\u0301 is": "the cafe\u0301",
    "the cafe^\u0301. It": "the cafe\u0301.",
    "o\u0308^\u0301 is": "o\u0308\u0301",
    "a family \U0001f468^\u200d\U0001f469\u200d\U0001f467 is": "a family \U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\u05d1\u05bc^\u05b0\u05e8": "\u05d1\u05bc\u05b0",
    "\u0915^\u093f\u0924\u093e\u092c": "\u0915\u093f",
    "\u1112^\u1161\u11ab is": "\u1112\u1161\u11ab",
    "\u0915\u094d^\u0937\u0924": "\u0915\u094d\u0937",
    "\u0e01^\u0e33 is": "\u0e01\u0e33",
    "\U0001f1e9^\U0001f1ea is": "\U0001f1e9\U0001f1ea",
    "red\u2764^\ufe0f heart": "red\u2764\ufe0f",
    "the expense or others.^ The": "the expense or others.",
    "“treated honestly^,” he": "“treated honestly,”",
    "“treated honestly,^” he": "“treated honestly,”",
    "of security^.": "of security.",
    "“cossacks^,” said": "“cossacks,”",
    "ensur(e^) the": "ensur(e)",
    "pledged to^) ensur(e)": "pledged to)",
    "he said^ (again)": "he said",
    "he said^ “again”": "he said",
    "Europe^—and": "Europe",
    "Europe^ — and": "Europe",
    "Europe^–and": "Europe",
    "don^'t": "don",
    "don^’t": "don",
    "states^’ aims": "states’",
    "world^’s": "world",
    "3^.5": "3",
    "1^,000": "1",
    "10^:30": "10",
    "osce^.org": "osce",
    "(^s)he": "(",
    "nation[al^]ity": "nation[al",
    'said "yes^" and': 'said "yes"',
    'said "yes^", and': 'said "yes",',
    "said 'yes^'": "said 'yes'",
    'said "yes^.")': 'said "yes.")',
    "what^?! He": "what?!",
    "wait^… what": "wait…",
    "«oui^», dit": "«oui»,",
    "a[b^] c": "a[b]",
    "{a^}; b": "{a};",
    "word^”He": "word”",
    "inflat^(e)": "inflat",
    "end^": "end",
    "rejec^tion": "rejec",
    'x^."Y': "x",
    'yes^."': 'yes."',
    "^’tis": "",
}


@pytest.mark.parametrize("case", CASES)
def test_call_follows_closing_punctuation_and_quotation_marks(case: str) -> None:
    lemma_end = case.index("^")
    plain = case.replace("^", "")
    assert plain[: call_offset(plain, lemma_end)] == CASES[case]
