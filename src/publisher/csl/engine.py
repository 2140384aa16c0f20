"""The child's side: citeproc-js (https://github.com/juris-m/citeproc-js) in V8, with nothing but its request.

V8 as embedded here has no files, no network and no modules. Two limits hold: time, and memory of its heap.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any
from xml.etree import ElementTree

from py_mini_racer import JSEvalException, JSOOMException, JSTimeoutException, MiniRacer

from publisher.csl.conventions import ARTICLES, with_dates_of

MEMORY = 512 << 20
_CHARACTERS = {ord("\r"): " ", ord("\n"): " ", 0x2011: "-"}
"""Line ends are spaces; few typefaces have the no-break hyphen, with which the French locales print ranges of pages."""
_KEEP = ("term", "single", "multiple")
"""Elements whose text is retained even if it is empty."""


def answer(request: bytes) -> bytes:
    """The answer to a request of `process.formatted`; `{"failed": …}` if a limit is reached."""
    question = json.loads(request)
    try:
        found = _volume(question)
    except JSTimeoutException:
        found = json.dumps({"failed": "the references take more time than they may"})
    except JSOOMException:
        found = json.dumps({"failed": "the references take more memory than they may"})
    except (JSEvalException, ElementTree.ParseError) as error:
        message = _reason(str(error))
        found = json.dumps({**_NOTHING, "problems": [{"record": None, "message": message}]})
    return found.encode("utf-8", "replace")


_NOTHING: dict[str, Any] = {
    "citations": [],
    "order": [],
    "entries": [],
    "numbered": False,
    "note": False,
    "prefix": "",
    "suffix": "",
}


def open_context() -> MiniRacer:
    """V8 with citeproc-js and the bridge."""
    context = MiniRacer()
    source = files("publisher.csl")
    for start, place in (("var module = {};\n", "third_party/citeproc.js"), ("", "bridge.js")):
        context.eval(start + source.joinpath(*place.split("/")).read_text(encoding="utf-8") + "\n;0")
    return context


def _volume(question: dict[str, Any]) -> str:
    question["style"] = tree(question["style"])
    question["locales"] = {name: tree(text) for name, text in question["locales"].items()}
    if question.pop("conform"):
        question["style"] = with_dates_of(question["style"], question["locales"][question["locale"]])
    question["articles"] = ARTICLES
    context = open_context()
    return str(context.call("volume", json.dumps(question), timeout_sec=question["seconds"], max_memory=MEMORY))


def tree(text: str) -> dict[str, Any]:
    """The XML of a style or locale as the objects that citeproc-js reads. Raises `ElementTree.ParseError`."""
    return _node(ElementTree.fromstring(text))


def _node(element: ElementTree.Element) -> dict[str, Any]:
    name = element.tag.rpartition("}")[2]
    attributes = {_attribute(key): value.replace("\u2011", "-") for key, value in element.attrib.items()}
    children: list[Any] = [_node(child) for child in element]
    if not children:
        words = (element.text or "").translate(_CHARACTERS)
        children = [words] if words.strip() or name in _KEEP else []
    return {"name": name, "attrs": attributes, "children": children}


def _attribute(key: str) -> str:
    return f"xml:{key.rpartition('}')[2]}" if key.startswith("{") else key


def _reason(message: str) -> str:
    """The first line of what citeproc-js says, without the words that name itself."""
    line = message.strip().splitlines()[0] if message.strip() else "it cannot be used"
    for word in ("<anonymous>", "Uncaught", "Error:", "citeproc-js error:", "CSL processor error:"):
        line = line.replace(word, "")
    return line.strip(" :")[:200]
