"""What the EPUB says of its accessibility, as its package document says it: nothing here is decided.

EPUB Accessibility 1.1 (https://www.w3.org/TR/epub-a11y-11/), schema.org accessibility properties
(https://www.w3.org/community/reports/a11y-discov-vocab/CG-FINAL-vocabulary-20230718/).
"""

from __future__ import annotations

from publisher.model.accessibility import AccessibilityStatement, Claim

FEATURES = (
    Claim.TABLE_OF_CONTENTS,
    Claim.STRUCTURAL_NAVIGATION,
    Claim.READING_ORDER,
    Claim.DISPLAY_TRANSFORMABILITY,
    Claim.ARIA,
    Claim.ALTERNATIVE_TEXT,
    Claim.PAGE_NAVIGATION,
    Claim.PAGE_BREAK_MARKERS,
)
"""The claims that schema.org has words for."""


def accessibility(statement: AccessibilityStatement | None, *, generator: str) -> tuple[tuple[str, str], ...]:
    """The properties in order, each with its value; none where nothing was measured."""
    if statement is None:
        return ()
    found = statement.measured
    readable = not found.pictures or Claim.ALTERNATIVE_TEXT in found.earned
    features = tuple(claim.value for claim in FEATURES if claim in found.earned)
    conformance = (("dcterms:conformsTo", Claim.CONFORMANCE.value), ("a11y:certifiedBy", generator))
    return (
        ("schema:accessMode", "textual"),
        *((("schema:accessMode", "visual"),) if found.pictures else ()),
        ("schema:accessModeSufficient", "textual" if readable else "textual,visual"),
        *(("schema:accessibilityFeature", feature) for feature in features or ("none",)),
        ("schema:accessibilityHazard", "none" if Claim.NO_HAZARDS in found.earned else "unknown"),
        ("schema:accessibilitySummary", statement.summary),
        *(conformance if found.conforms else ()),
    )
