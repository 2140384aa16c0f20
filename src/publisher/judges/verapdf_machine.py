"""A program of its own that asks veraPDF's library, since a Java machine can neither be stopped nor started twice.

`python -m publisher.judges.verapdf_machine MACHINE JAXB VERAPDF FILE FLAVOUR…` prints a JSON list of broken rules as
the last line. A runtime without a compiler is enough: https://jpype.readthedocs.io/. The calls are those of veraPDF's
own "Developing with veraPDF", https://docs.verapdf.org/develop/.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

import jpype

from publisher.judges.run import JAVA_OPTIONS

_PLACES = 100
"""How many places of one rule are told."""


def broken(path: str, flavours: list[str]) -> Iterator[dict[str, str | int]]:
    """The rules of the flavours that a file breaks, with their places."""
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    known = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour")
    for name in flavours:
        flavour = known.byFlavourId(name)
        parser = foundry.createParser(jpype.JClass("java.io.File")(path), flavour)
        try:
            result = foundry.createValidator(flavour, _PLACES, False, False, False).validate(parser)
            yield from (_rule(name, assertion) for assertion in result.getTestAssertions())
        finally:
            parser.close()


def _rule(flavour: str, assertion: Any) -> dict[str, str | int]:
    """One broken rule at one place."""
    rule = assertion.getRuleId()
    return {
        "flavour": flavour,
        "clause": str(rule.getClause()),
        "test": int(rule.getTestNumber()),
        "message": str(assertion.getErrorMessage() or assertion.getMessage()),
        "where": str(assertion.getLocation().getContext()),
    }


def main(machine: str, jaxb: str, library: str, path: str, *flavours: str) -> None:
    """Print the verdict."""
    # JAXB comes first, since the library carries an older part of it
    jpype.startJVM(machine, *JAVA_OPTIONS, "-Djava.awt.headless=true", classpath=[jaxb, library])
    verdict = list(broken(path, list(flavours)))
    sys.stdout.write(json.dumps(verdict) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
