"""Whether an edition holds together: what is named is there, what must be alone of its name is."""

from __future__ import annotations

from publisher.diagnostics import Diagnostic, PublisherError
from publisher.model.edition import Edition
from publisher.validate.cut_values import cut_values
from publisher.validate.divisions import byte_order_mark, long_lines, title_alone
from publisher.validate.footnotes import footnote_errors, uncalled_footnotes
from publisher.validate.identities import identity_errors
from publisher.validate.leftovers import leftovers
from publisher.validate.links import citations_without_brackets, fields_passed_over, link_errors, unused_references
from publisher.validate.markdown_slips import (
    addresses_with_spaces,
    headings_without_space,
    indented_paragraphs,
    numbers_taken_for_lists,
)
from publisher.validate.mathematics import formulas
from publisher.validate.orphans import orphaned_notes
from publisher.validate.plugins import plugin_findings
from publisher.validate.quotations import uncounted_quotations
from publisher.validate.styles import stylesheet_errors, unlisted_properties
from publisher.validate.warnings import empty_series, invisible_characters, right_to_left, skipped_levels

ERRORS = (identity_errors, link_errors, footnote_errors, stylesheet_errors, title_alone)
WARNINGS = (
    headings_without_space,
    addresses_with_spaces,
    indented_paragraphs,
    numbers_taken_for_lists,
    byte_order_mark,
    long_lines,
    invisible_characters,
    right_to_left,
    skipped_levels,
    uncalled_footnotes,
    empty_series,
    orphaned_notes,
    uncounted_quotations,
    unused_references,
    citations_without_brackets,
    fields_passed_over,
    unlisted_properties,
    leftovers,
    cut_values,
    formulas,
    plugin_findings,
)


def validate(edition: Edition) -> Edition:
    """The edition, unchanged. Raises `PublisherError` with every error.

    The errors are about ids, links, footnotes and style sheets of the edition.
    """
    found = tuple(diagnostic for rule in ERRORS for diagnostic in rule(edition))
    if found:
        raise PublisherError(*found)
    return edition


def document_errors(edition: Edition) -> tuple[Diagnostic, ...]:
    """Every error and doubt of a document of a course reader.

    Unused references are left out, since others may use them, and what is reported of `reader.yaml` once.
    """
    errors = (diagnostic for rule in ERRORS for diagnostic in rule(edition))
    return (
        *errors,
        *(
            item
            for rule in WARNINGS
            if rule not in (unused_references, leftovers, cut_values)
            for item in rule(edition)
        ),
    )


def warnings(edition: Edition) -> tuple[Diagnostic, ...]:
    """Return the warnings of all rules in `WARNINGS`, file by file."""
    return tuple(diagnostic for rule in WARNINGS for diagnostic in rule(edition))
