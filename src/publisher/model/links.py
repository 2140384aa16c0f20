"""What paper needs in the place of links: the page that one leads to, the address that one has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from publisher.model.addresses import WrongAddress, normalize
from publisher.model.inline import Foreign, Inline, InternalLink, Link, Styled
from publisher.model.walk import plain_of_inlines

TO_REFERENCES = "citation"
"""The purpose of links that lead to the list of references, which is found without a page."""
_SCHEMES = ("https://", "http://", "mailto:")


def needs_page(link: InternalLink) -> bool:
    """Whether the page that a link leads to is printed after it."""
    return link.purpose != TO_REFERENCES


def printed_address(link: Link) -> str:
    """The address that is printed after a link; nothing where its own words are the address."""
    address = _bare(link.href)
    words = _bare(plain_of_inlines(link.children).strip())
    return "" if words.removeprefix("www.") == address.removeprefix("www.") or _is_same(link) else address


def _is_same(link: Link) -> bool:
    """Whether the words of a link are its address, written with letters that the address has encoded."""
    words = plain_of_inlines(link.children).strip()
    try:
        return normalize(words) == normalize(link.href)
    except WrongAddress:
        return False


def _bare(address: str) -> str:
    """An address without what no one types."""
    scheme = next((text for text in _SCHEMES if address.lower().startswith(text)), "")
    return address[len(scheme) :].removesuffix("/")


def page_targets(inlines: Iterable[Inline]) -> Iterator[str]:
    """The ids of the elements whose pages are printed in a line."""
    for inline in inlines:
        match inline:
            case InternalLink():
                if needs_page(inline):
                    yield inline.target_id
                yield from page_targets(inline.children)
            case Styled() | Foreign() | Link():
                yield from page_targets(inline.children)
            case _:
                pass
