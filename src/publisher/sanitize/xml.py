"""XML read without resolving entities, loading a DTD, or fetching anything: the one parser of the package.

Documents of the package itself are read alike: no part has options of its own.
"""

from __future__ import annotations

from lxml import etree


def parse_xml(content: bytes | str, *, comments: bool = True, long: bool = False) -> etree._Element:
    """Return the root of an XML document; entities that it declares are nodes of their own.

    Without `comments`, these are left out. A `long` text may exceed what libxml2 takes for an attack: 10 MB in one
    node, 256 levels. Raises `etree.XMLSyntaxError`, and `ValueError` for a string with an encoding declaration.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=long,
        remove_comments=not comments,
        remove_blank_text=False,
    )
    return etree.fromstring(content, parser)
