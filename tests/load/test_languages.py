"""Language tags: what is well-formed, and which subtag of the others is named."""

from __future__ import annotations

import pytest

from publisher.load.yaml.formats import language_hint
from publisher.model.language import GRANDFATHERED, fault

WELL_FORMED = (
    *("en", "de", "grc", "und", "mul", "en-GB", "de-CH-1901", "zh-Hant-TW", "zh-yue-Hant-HK", "zh-cmn-Hans-CN"),
    *("sl-rozaj-biske-1994", "es-419", "hy-Latn-IT-arevela", "en-a-bbb-x-a-ccc", "en-US-u-islamcal", "de-1996"),
    *("x-zumm", "x-a-b-1", "de-x-zumm", "DE-X-ZUMM", "az-Arab-x-AZE-derbend", "i-klingon", "art-lojban", "en-GB-oed"),
)


@pytest.mark.parametrize("tag", [*WELL_FORMED, *sorted(GRANDFATHERED)])
def test_a_well_formed_tag_passes(tag: str) -> None:
    assert fault(tag) is None


@pytest.mark.parametrize(
    ("tag", "reason"),
    [
        ("", "it is empty"),
        ("de_DE", "it has “_”"),
        ("de DE", "it has “ ”"),
        ("dé", "it has “é”"),
        ("de-", "it begins or ends with a hyphen"),
        ("de--DE", "two in a row"),
        ("german", "“german” is no language"),
        ("d", "“d” is no language"),
        ("12", "“12” is no language"),
        ("i-nothing", "“i” is no language"),
        ("de-DE-Latn", "“latn” is a script"),
        ("de-ab1c", "“ab1c” is no script"),
        ("de-x", "nothing follows “x”"),
        ("x", "nothing follows “x”"),
        ("x-toolongpart", "“toolongpart” has more than eight characters"),
        ("de-toolongpart", "“toolongpart” has more than eight characters"),
        ("de-DE-AT", "“at” is in the wrong place"),
        ("de-1996-1996", "“1996” occurs in it twice"),
        ("en-a-bbb-a-ccc", "the extension “a” occurs in it twice"),
        ("en-u", "nothing follows the extension “u”"),
        ("zh-aaa-bbb-ccc-ddd", "“ddd” is in the wrong place"),
        ("x-" + "a-" * 80 + "a", "it has more than 100 characters"),
    ],
)
def test_a_malformed_tag_names_the_wrong_subtag(tag: str, reason: str) -> None:
    assert reason in (fault(tag) or "")


@pytest.mark.parametrize(
    ("tag", "hint"),
    [("de_DE", "write de-DE"), ("German", "write de"), ("zh Hant", "write zh-Hant"), ("qq-!", "write it like en-GB")],
)
def test_the_hint_has_the_tag_that_was_meant(tag: str, hint: str) -> None:
    assert language_hint(tag) == hint
