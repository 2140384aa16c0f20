"""The share of the CSL test suite that our citation processor passes.

    python -m benchmarks.csl_suite FOLDER

FOLDER holds the fixtures in their form for humans, as https://github.com/citation-style-language/test-suite has them in
`processor-tests/humans`. Each kind that fails is listed, with the names of the fixtures.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

from py_mini_racer import MiniRacer

from publisher.csl.engine import open_context, tree
from publisher.csl.styles import known_locales, locale_text

_SECTION = re.compile(r">>=+ ([A-Z0-9-]+) =+>>\n(.*?)\n?<<=+ \1 =+<<", re.DOTALL)
_JSON = frozenset(
    {"INPUT", "INPUT2", "CITATIONS", "CITATION-ITEMS", "BIBENTRIES", "BIBSECTION", "ABBREVIATIONS", "OPTIONS"}
)


def sections(text: str) -> dict[str, Any]:
    """The sections of a fixture, those in JSON decoded."""
    found: dict[str, str] = dict(_SECTION.findall(text))
    return {name: json.loads(content) if name in _JSON else content for name, content in found.items()}


def outcome(fixture: dict[str, Any]) -> str:
    """What the processor makes of a fixture; why it fails, if it does."""
    with closing(open_context()) as context:
        return _run(context, fixture)


def _run(context: MiniRacer, fixture: dict[str, Any]) -> str:
    context.eval(Path(__file__).with_name("csl_suite.js").read_text(encoding="utf-8") + "\n;0")
    locales = {name: tree(locale_text(name)) for name in _wanted(fixture)}
    question = {**fixture, "CSL": tree(fixture["CSL"].strip()), "LOCALES": locales}
    try:
        return str(context.call("runFixture", json.dumps(question)))
    except Exception as error:  # what fails is counted
        return f"failed: {error}"


def passes(fixture: dict[str, Any]) -> bool:
    """Whether the processor's result is the expected one."""
    return _plain(outcome(fixture)) == _plain(fixture["RESULT"])


def _wanted(fixture: dict[str, Any]) -> set[str]:
    """The locales that a fixture can ask for: American English, and those whose language its style names."""
    named = {name.lower() for name in re.findall(r"[a-z]{2}(?=-[A-Z]{2}|[\"'\s])", fixture["CSL"])}
    return {name for name in known_locales() if name == "en-US" or name.partition("-")[0] in named}


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def main(folder: str) -> None:
    """Print the share, and what fails."""
    files = sorted(Path(folder).glob("*.txt"))
    failed = [file.stem for file in files if not passes(sections(file.read_text(encoding="utf-8")))]
    kinds = Counter(name.partition("_")[0] for name in failed)
    passed = len(files) - len(failed)
    sys.stdout.write(f"{passed} of {len(files)} pass ({100 * passed / max(len(files), 1):.1f} %)\n")
    sys.stdout.writelines(f"{kind}: {number}\n" for kind, number in sorted(kinds.items()))
    sys.stdout.writelines(f"  {name}\n" for name in failed)


if __name__ == "__main__":
    main(sys.argv[1])
