"""Editions of a few lines, as those of tests/cases."""

from __future__ import annotations

from tests.cases.conftest import small

__all__ = ["small"]
