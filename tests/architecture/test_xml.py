"""XML is parsed in one way: `sanitize/xml.py` alone says with which options."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from lxml import etree

from publisher.sanitize.xml import parse_xml

PLACE = "sanitize/xml.py"
PARSES = {
    "HTML",
    "HTMLParser",
    "XML",
    "XMLParser",
    "XMLPullParser",
    "fromstring",
    "fromstringlist",
    "iterparse",
    "parse",
}


def _parsing(path: Path) -> list[int]:
    """The lines in which a module parses with lxml."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "lxml"
        for alias in node.names
    }
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in PARSES
        and isinstance(node.value, ast.Name)
        and node.value.id in names
    ]


def test_one_module_parses_with_lxml(root: Path) -> None:
    package = root / "src" / "publisher"
    found = {path.relative_to(package).as_posix() for path in package.rglob("*.py") if _parsing(path)}
    assert found == {PLACE}


def test_no_module_imports_lxml_in_another_way(root: Path) -> None:
    package = root / "src" / "publisher"
    lines = [line for path in package.rglob("*.py") for line in path.read_text(encoding="utf-8").splitlines()]
    assert {line.strip() for line in lines if "lxml" in line and "import" in line.split()} == {"from lxml import etree"}


def test_entities_are_not_resolved_and_no_file_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    content = f'<!DOCTYPE a [<!ENTITY f SYSTEM "{secret.as_uri()}"><!ENTITY w "words">]><a>&f;&w;<!-- c --></a>'
    root = parse_xml(content.encode())
    assert "".join(map(str, root.itertext("a"))) == ""
    assert len(parse_xml(content.encode(), comments=False)) == len(root) - 1


def test_a_long_document_has_more_levels_than_others() -> None:
    deep = b"<a>" * 300 + b"</a>" * 300
    with pytest.raises(etree.XMLSyntaxError):
        parse_xml(deep)
    assert len(list(parse_xml(deep, long=True).iter())) == 300
