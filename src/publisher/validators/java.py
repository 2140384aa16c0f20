"""The Java runtime that several validators need."""

from __future__ import annotations

from publisher.validators.process import Need, program

JAVA = Need(
    name="a Java runtime",
    locate=lambda: program("java"),
    remedy="sudo apt-get install default-jre-headless",
)
