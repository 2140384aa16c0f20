"""What a drawing may hold: elements and attributes of SVG that draw, and vocabularies whose parts are left out.

SVG 1.1, https://www.w3.org/TR/SVG11/eltindex.html, https://www.w3.org/TR/SVG11/attindex.html; SVG 2,
https://www.w3.org/TR/SVG2/. Left out are scripts, foreign content, events and everything that names an address.
"""

from __future__ import annotations

import re

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}"
XML = "{http://www.w3.org/XML/1998/namespace}"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ANIMATIONS = _words("animate animateColor animateMotion animateTransform set")
"""Elements that change an attribute over time."""

ELEMENTS = ANIMATIONS | _words(
    """
    a circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix
    feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR
    feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight
    feTile feTurbulence filter g image line linearGradient marker mask mpath path pattern polygon polyline
    radialGradient rect stop style svg switch symbol text textPath title tspan use
    """
)
"""Elements that draw, or say what is drawn."""

LEFT_OUT = _words("cursor metadata view")
"""Elements that draw nothing; they are left out with all that is in them."""

EMPTY = {
    "image": ("href", f"{XLINK}href"),
    "polygon": ("points",),
    "polyline": ("points",),
}
"""Elements that draw nothing without one of these attributes, and over which WeasyPrint stumbles; they are left out."""

WORDED = _words("a desc style text textPath title tspan")
"""Elements whose text counts."""

REFERRING = ANIMATIONS | _words("a feImage filter image linearGradient mpath pattern radialGradient textPath use")
"""Elements that may have an `href`."""

PICTURES = _words("feImage image")
"""Elements whose `href` may be a picture."""

NUMERIC = _words(
    """
    amplitude azimuth baseFrequency bias cx cy diffuseConstant divisor dx dy elevation exponent fr fx fy height
    intercept k1 k2 k3 k4 kernelMatrix kernelUnitLength limitingConeAngle markerHeight markerWidth numOctaves offset
    order pathLength pointsAtX pointsAtY pointsAtZ r radius refX refY rotate rx ry scale seed slope specularConstant
    specularExponent startOffset stdDeviation surfaceScale tableValues targetX targetY textLength width x x1 x2 y y1
    y2 z
    """
)
"""Attributes whose values are numbers and lengths, or one of `KEYWORDS`."""

OPACITIES = _words("fill-opacity flood-opacity opacity stop-opacity stroke-opacity")
"""Properties whose values are a number or a share."""

MEASURED = OPACITIES | _words("font-size letter-spacing stroke-dashoffset stroke-miterlimit stroke-width word-spacing")
"""Properties whose values are one length, or a word."""

POSITIVE = _words("font-size stroke-miterlimit stroke-width")
"""Those that cannot be negative."""

KEYWORDS = _words("auto auto-reverse bottom center left none right top noStitch stitch")

TRANSFORMING = _words("gradientTransform patternTransform transform")
"""Attributes whose values are transformations."""

PLAIN = _words(
    """
    accumulate additive attributeName attributeType baseProfile begin by calcMode class clipPathUnits dur edgeMode
    end filterUnits from gradientUnits id in in2 keyPoints keySplines keyTimes lang lengthAdjust markerUnits
    maskContentUnits maskUnits max media method min mode name operator orient origin patternContentUnits
    patternUnits preserveAlpha primitiveUnits repeatCount repeatDur restart result role side spacing spreadMethod
    stitchTiles systemLanguage to type values version xChannelSelector yChannelSelector
    """
)
"""Attributes whose values are words and numbers and can name no address."""

FORBIDDEN = _words(
    """
    action archive background base classid code codebase crossorigin data download formaction handler integrity
    manifest nonce ping poster referrerpolicy rel src srcdoc srcset target
    """
)
"""Attributes that lead somewhere, in whatever vocabulary."""

INERT = re.compile(
    r"https?://(?:[a-z0-9-]+\.)*(?:inkscape\.org|sodipodi\.sourceforge\.net|inkscape\.sourceforge\.net|adobe\.com|"
    r"creativecommons\.org|web\.resource\.org|purl\.org|bohemiancoding\.com|sketchapp\.com|serif\.com|figma\.com|"
    r"boxy-svg\.com|openoffice\.org|libreoffice\.org|krita\.org|corel\.com|vectornator\.io|qgis\.org|svgjs\.dev|svgjs\.com|"
    r"schemas\.microsoft\.com)/.*|"
    r"http://www\.w3\.org/(?:1999/02/22-rdf-syntax-ns#|2000/01/rdf-schema#|2000/svg/metadata)"
)
"""Names of vocabularies in which drawing programs keep notes to themselves."""
