"""Addresses: which lead somewhere, and how they are written."""

from __future__ import annotations

import re

import pytest

from publisher.model.addresses import WrongAddress, normalize

LONG = "https://example.org/" + "x" * 5_000


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://example.org/#a#b", "https://example.org/#a%23b"),
        ("https://example.org/x#/route/y", "https://example.org/x#/route/y"),
        ("https://example.org/#:~:text=a,b", "https://example.org/#:~:text=a,b"),
        ("https://example.org/a?b?c#d?e", "https://example.org/a?b?c#d?e"),
        ('https://example.org/a|b^c{d}[e]`f"', "https://example.org/a%7Cb%5Ec%7Bd%7D%5Be%5D%60f%22"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://example.org/%zz%41", "https://example.org/%25zz%41"),
        ("https://example.org/a b", "https://example.org/a%20b"),
        ("https://example.org/ä?ü=ß#é", "https://example.org/%C3%A4?%C3%BC=%C3%9F#%C3%A9"),
        ("https://exämple.org/x", "https://xn--exmple-cua.org/x"),
        ("https://日本.jp/道", "https://xn--wgv71a.jp/%E9%81%93"),
        ("https://example.org:8080/x", "https://example.org:8080/x"),
        ("https://example.org:/x", "https://example.org/x"),
        ("https://user@example.org/x", "https://user@example.org/x"),
        ("https://[::1]/x", "https://[::1]/x"),
        ("https://[2001:db8::1]:8080/x", "https://[2001:db8::1]:8080/x"),
        ("https://ex_ample.org/", "https://ex_ample.org/"),
        ("https://-a.example.org/", "https://-a.example.org/"),
        ("https://192.0.2.1/", "https://192.0.2.1/"),
        ("https://example.org./", "https://example.org./"),
        ("https://example.org?x#y", "https://example.org?x#y"),
        ("HTTPS://EXAMPLE.ORG/x", "HTTPS://EXAMPLE.ORG/x"),
        ("mailto:a@b.org", "mailto:a@b.org"),
        ("mailto:a+b@ö.org,c@d.org?subject=Hi there#x#y", "mailto:a+b@xn--nda.org,c@d.org?subject=Hi%20there#x%23y"),
        ("mailto:?subject=x", "mailto:?subject=x"),
        (LONG, LONG),
    ],
)
def test_an_address_is_written_as_every_validator_takes_it(address: str, expected: str) -> None:
    assert normalize(address) == expected
    assert normalize(expected) == expected


def test_letters_of_any_script_may_stay() -> None:
    assert normalize("https://日本.jp/道 x#a#b", unicode=True) == "https://日本.jp/道%20x#a%23b"


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("https://example.org:80:90/x", "“80:90” is no port"),
        ("https://example.org:99999/x", "“99999” is no port"),
        ("https://example.org:abc/x", "“abc” is no port"),
        ("https://example.org:٣/", "is no port"),
        ("https://exa mple.org/", "a host has no space"),
        ("https://exa%20mple.org/", "a host has no space"),
        ("https://exa<mple.org/", "a host has no “<”"),
        ("https://a\u200bb.org/", "a host has no U+200B"),
        ("https://%ff.org/", "cannot be decoded"),
        ("https://a..b.org/", "two dots"),
        ("https://.example.org/", "two dots in a row, or begins with one"),
        ("https://?x", "names no host"),
        ("https:///x", "names no host"),
        ("https://./", "names no host"),
        ("https://[::g]/x", "is no IPv6 address"),
        ("https://[::1/x", "a host has no “[”"),
        ("https://256.1.1.1/", "is no IPv4 address"),
        ("https://xn--zzzzzz--.org/", "has no meaning"),
        (f"https://{'a' * 64}.org/", "more than 63"),
        (f"https://{'.'.join(['abcdefgh'] * 40)}.org/", "more than 253"),
        ("https://user:secret@example.org/", "a password"),
        ("https://a@b@example.org/", "two “@”"),
        ("https://example.org\\a", "a host has no “\\”"),
        ("mailto:nobody", "is no mailbox"),
        ("mailto:a b@c.org", "has a space"),
        ("mailto:a@", "names no host"),
        ("mailto:", "names no mailbox"),
        ("https:example.org", "does not begin with https://"),
    ],
)
def test_an_address_that_leads_nowhere_is_refused_with_the_reason(address: str, reason: str) -> None:
    with pytest.raises(WrongAddress, match=re.escape(reason)):
        normalize(address)
