"""What a style sheet may hold: lists of at-rules, properties, descriptors, functions and addresses.

Properties are those of CSS 2.1, of the modules of CSS that print and reading systems know (paged media, fonts, columns,
flexible boxes, grids, colours, writing modes, speech, SVG), of EPUB (`-epub-`) and common vendor prefixes of these.
Left out is what acts instead of dressing: bindings, behaviours, editing, navigation. CSS Snapshot,
https://www.w3.org/TR/css/; EPUB 3.3, https://www.w3.org/TR/epub-33/#sec-css-prefixed.
"""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PROPERTIES = _words(
    """
    -epub-fullsize-kashida -epub-hyphens -epub-line-break -epub-ruby-position -epub-text-align-last
    -epub-text-combine -epub-text-combine-horizontal -epub-text-emphasis -epub-text-emphasis-color
    -epub-text-emphasis-position -epub-text-emphasis-style -epub-text-orientation -epub-text-transform
    -epub-text-underline-position -epub-word-break -epub-writing-mode -moz-appearance -moz-background-size
    -moz-border-radius -moz-box-shadow -moz-box-sizing -moz-column-count -moz-column-fill -moz-column-gap
    -moz-column-rule -moz-column-width -moz-float-edge -moz-font-feature-settings -moz-font-language-override
    -moz-hyphenate-limit-chars -moz-hyphens -moz-orient -moz-osx-font-smoothing -moz-tab-size -moz-text-align-last
    -moz-text-decoration-color -moz-text-decoration-line -moz-text-decoration-style -moz-text-size-adjust
    -moz-transform -moz-user-select -ms-flex -ms-flex-direction -ms-flex-wrap -ms-hyphenate-limit-chars
    -ms-hyphenate-limit-lines -ms-hyphenate-limit-zone -ms-hyphens -ms-line-break -ms-overflow-style
    -ms-text-align-last -ms-text-justify -ms-text-size-adjust -ms-transform -ms-user-select -ms-word-break
    -ms-word-wrap -ms-writing-mode -o-hyphens -o-object-fit -o-tab-size -o-text-overflow -o-transform -weasy-anchor
    -weasy-bookmark-label -weasy-bookmark-level -weasy-hyphens -weasy-lang -weasy-string-set -webkit-align-content
    -webkit-align-items -webkit-align-self -webkit-animation -webkit-animation-delay -webkit-animation-direction
    -webkit-animation-duration -webkit-animation-fill-mode -webkit-animation-iteration-count -webkit-animation-name
    -webkit-animation-play-state -webkit-animation-timing-function -webkit-appearance -webkit-backdrop-filter
    -webkit-backface-visibility -webkit-background-clip -webkit-background-composite -webkit-background-origin
    -webkit-background-size -webkit-border-after -webkit-border-after-color -webkit-border-after-style
    -webkit-border-after-width -webkit-border-before -webkit-border-before-color -webkit-border-before-style
    -webkit-border-before-width -webkit-border-bottom-left-radius -webkit-border-bottom-right-radius
    -webkit-border-end -webkit-border-end-color -webkit-border-end-style -webkit-border-end-width
    -webkit-border-horizontal-spacing -webkit-border-image -webkit-border-radius -webkit-border-start
    -webkit-border-start-color -webkit-border-start-style -webkit-border-start-width -webkit-border-top-left-radius
    -webkit-border-top-right-radius -webkit-border-vertical-spacing -webkit-box-align -webkit-box-decoration-break
    -webkit-box-direction -webkit-box-flex -webkit-box-flex-group -webkit-box-lines -webkit-box-ordinal-group
    -webkit-box-orient -webkit-box-pack -webkit-box-reflect -webkit-box-shadow -webkit-box-sizing -webkit-clip-path
    -webkit-column-axis -webkit-column-break-after -webkit-column-break-before -webkit-column-break-inside
    -webkit-column-count -webkit-column-fill -webkit-column-gap -webkit-column-progression -webkit-column-rule
    -webkit-column-rule-color -webkit-column-rule-style -webkit-column-rule-width -webkit-column-span
    -webkit-column-width -webkit-columns -webkit-cursor-visibility -webkit-filter -webkit-flex -webkit-flex-basis
    -webkit-flex-direction -webkit-flex-flow -webkit-flex-grow -webkit-flex-shrink -webkit-flex-wrap
    -webkit-font-feature-settings -webkit-font-kerning -webkit-font-smoothing -webkit-font-variant-ligatures
    -webkit-hyphenate-character -webkit-hyphenate-limit-after -webkit-hyphenate-limit-before
    -webkit-hyphenate-limit-lines -webkit-hyphens -webkit-initial-letter -webkit-justify-content -webkit-line-align
    -webkit-line-box-contain -webkit-line-break -webkit-line-clamp -webkit-line-grid -webkit-line-snap
    -webkit-logical-height -webkit-logical-width -webkit-margin-after -webkit-margin-before -webkit-margin-collapse
    -webkit-margin-end -webkit-margin-start -webkit-mask -webkit-mask-box-image -webkit-mask-box-image-outset
    -webkit-mask-box-image-repeat -webkit-mask-box-image-slice -webkit-mask-box-image-source
    -webkit-mask-box-image-width -webkit-mask-clip -webkit-mask-composite -webkit-mask-image -webkit-mask-origin
    -webkit-mask-position -webkit-mask-position-x -webkit-mask-position-y -webkit-mask-repeat -webkit-mask-size
    -webkit-max-logical-height -webkit-max-logical-width -webkit-min-logical-height -webkit-min-logical-width
    -webkit-nbsp-mode -webkit-opacity -webkit-order -webkit-overflow-scrolling -webkit-padding-after
    -webkit-padding-before -webkit-padding-end -webkit-padding-start -webkit-perspective -webkit-perspective-origin
    -webkit-perspective-origin-x -webkit-perspective-origin-y -webkit-print-color-adjust -webkit-ruby-position
    -webkit-shape-image-threshold -webkit-shape-margin -webkit-shape-outside -webkit-text-combine
    -webkit-text-decoration -webkit-text-decoration-color -webkit-text-decoration-line -webkit-text-decoration-skip
    -webkit-text-decoration-style -webkit-text-emphasis -webkit-text-emphasis-color -webkit-text-emphasis-position
    -webkit-text-emphasis-style -webkit-text-fill-color -webkit-text-orientation -webkit-text-security
    -webkit-text-size-adjust -webkit-text-stroke -webkit-text-stroke-color -webkit-text-stroke-width
    -webkit-text-underline-position -webkit-transform -webkit-transform-origin -webkit-transform-origin-x
    -webkit-transform-origin-y -webkit-transform-origin-z -webkit-transform-style -webkit-transition
    -webkit-transition-delay -webkit-transition-duration -webkit-transition-property
    -webkit-transition-timing-function -webkit-user-select -webkit-writing-mode accent-color adobe-hyphenate
    adobe-text-layout align-content align-items align-self alignment-baseline all anchor anchor-name anchor-scope
    animation animation-composition animation-delay animation-direction animation-duration animation-fill-mode
    animation-iteration-count animation-name animation-play-state animation-range animation-range-end
    animation-range-start animation-timeline animation-timing-function appearance aspect-ratio azimuth
    backdrop-filter backface-visibility background background-attachment background-blend-mode background-clip
    background-color background-image background-origin background-position background-position-x
    background-position-y background-repeat background-size baseline-shift baseline-source bleed bleed-bottom
    bleed-left bleed-right bleed-top block-ellipsis block-size bookmark-label bookmark-level bookmark-state border
    border-block border-block-color border-block-end border-block-end-color border-block-end-style
    border-block-end-width border-block-start border-block-start-color border-block-start-style
    border-block-start-width border-block-style border-block-width border-bottom border-bottom-color
    border-bottom-left-radius border-bottom-right-radius border-bottom-style border-bottom-width border-collapse
    border-color border-end-end-radius border-end-start-radius border-image border-image-outset border-image-repeat
    border-image-slice border-image-source border-image-width border-inline border-inline-color border-inline-end
    border-inline-end-color border-inline-end-style border-inline-end-width border-inline-start
    border-inline-start-color border-inline-start-style border-inline-start-width border-inline-style
    border-inline-width border-left border-left-color border-left-style border-left-width border-radius border-right
    border-right-color border-right-style border-right-width border-shape border-spacing border-start-end-radius
    border-start-start-radius border-style border-top border-top-color border-top-left-radius
    border-top-right-radius border-top-style border-top-width border-width bottom box-decoration-break box-shadow
    box-sizing box-snap break-after break-before break-inside caption-side caret caret-animation caret-color
    caret-shape clear clip clip-path clip-rule color color-interpolation color-interpolation-filters color-profile
    color-rendering color-scheme column-count column-fill column-gap column-height column-rule column-rule-break
    column-rule-color column-rule-inset column-rule-inset-cap column-rule-inset-cap-end column-rule-inset-cap-start
    column-rule-inset-end column-rule-inset-junction column-rule-inset-junction-end column-rule-inset-junction-start
    column-rule-inset-start column-rule-style column-rule-visibility-items column-rule-width column-span
    column-width column-wrap columns contain contain-intrinsic-block-size contain-intrinsic-height
    contain-intrinsic-inline-size contain-intrinsic-size contain-intrinsic-width container container-name
    container-type content content-visibility continue counter-increment counter-reset counter-set cue cue-after
    cue-before cursor cx cy d direction display dominant-baseline elevation empty-cells enable-background
    field-sizing fill fill-opacity fill-rule filter flex flex-basis flex-direction flex-flow flex-grow
    flex-line-count flex-shrink flex-wrap float float-defer float-offset float-reference flood-color flood-opacity
    flow-from flow-into font font-family font-feature-settings font-kerning font-language-override
    font-optical-sizing font-palette font-size font-size-adjust font-smooth font-stretch font-style font-synthesis
    font-synthesis-position font-synthesis-small-caps font-synthesis-style font-synthesis-weight font-variant
    font-variant-alternates font-variant-caps font-variant-east-asian font-variant-emoji font-variant-ligatures
    font-variant-numeric font-variant-position font-variation-settings font-weight font-width footnote-display
    footnote-policy forced-color-adjust frame-sizing gap glyph-orientation-horizontal glyph-orientation-vertical
    grid grid-area grid-auto-columns grid-auto-flow grid-auto-rows grid-column grid-column-end grid-column-gap
    grid-column-start grid-gap grid-row grid-row-end grid-row-gap grid-row-start grid-template grid-template-areas
    grid-template-columns grid-template-rows hanging-punctuation height hyphenate-character hyphenate-limit-chars
    hyphenate-limit-last hyphenate-limit-lines hyphenate-limit-zone hyphens image-orientation image-rendering
    image-resolution initial-letter initial-letter-align inline-size inset inset-block inset-block-end
    inset-block-start inset-inline inset-inline-end inset-inline-start interpolate-size isolation justify-content
    justify-items justify-self kerning lang leading-trim left letter-spacing lighting-color line-break line-clamp
    line-grid line-height line-increment line-snap list-style list-style-image list-style-position list-style-type
    margin margin-block margin-block-end margin-block-start margin-bottom margin-break margin-inline
    margin-inline-end margin-inline-start margin-left margin-right margin-top margin-trim marker marker-end
    marker-mid marker-side marker-start marks mask mask-border mask-border-mode mask-border-outset
    mask-border-repeat mask-border-slice mask-border-source mask-border-width mask-clip mask-composite mask-image
    mask-mode mask-origin mask-position mask-repeat mask-size mask-type math-depth math-shift math-style
    max-block-size max-height max-inline-size max-lines max-width min-block-size min-height min-inline-size
    min-width mix-blend-mode object-fit object-position object-view-box oeb-column-number oeb-page-foot
    oeb-page-head offset offset-anchor offset-distance offset-path offset-position offset-rotate opacity order
    orphans outline outline-color outline-offset outline-style outline-width overflow overflow-anchor overflow-block
    overflow-clip-margin overflow-inline overflow-wrap overflow-x overflow-y overscroll-behavior
    overscroll-behavior-block overscroll-behavior-inline overscroll-behavior-x overscroll-behavior-y padding
    padding-block padding-block-end padding-block-start padding-bottom padding-inline padding-inline-end
    padding-inline-start padding-left padding-right padding-top page page-break-after page-break-before
    page-break-inside page-margin-safety paint-order pause pause-after pause-before perspective perspective-origin
    pitch pitch-range place-content place-items place-self play-during pointer-events position position-anchor
    position-area position-visibility presentation-level print-color-adjust quotes r region-fragment resize rest
    rest-after rest-before richness right rotate row-gap row-rule row-rule-break row-rule-color row-rule-inset
    row-rule-inset-cap row-rule-inset-cap-end row-rule-inset-cap-start row-rule-inset-end row-rule-inset-junction
    row-rule-inset-junction-end row-rule-inset-junction-start row-rule-inset-start row-rule-style
    row-rule-visibility-items row-rule-width ruby-align ruby-merge ruby-overhang ruby-position rule rule-break
    rule-color rule-inset rule-inset-cap rule-inset-end rule-inset-junction rule-inset-start rule-overlap rule-style
    rule-visibility-items rule-width rx ry scale scroll-axis-lock scroll-behavior scroll-initial-target
    scroll-margin scroll-margin-block scroll-margin-block-end scroll-margin-block-start scroll-margin-bottom
    scroll-margin-inline scroll-margin-inline-end scroll-margin-inline-start scroll-margin-left scroll-margin-right
    scroll-margin-top scroll-marker-group scroll-padding scroll-padding-block scroll-padding-block-end
    scroll-padding-block-start scroll-padding-bottom scroll-padding-inline scroll-padding-inline-end
    scroll-padding-inline-start scroll-padding-left scroll-padding-right scroll-padding-top scroll-snap-align
    scroll-snap-stop scroll-snap-type scroll-target-group scroll-timeline scroll-timeline-axis scroll-timeline-name
    scrollbar-color scrollbar-gutter scrollbar-width shape-image-threshold shape-inside shape-margin shape-outside
    shape-padding shape-rendering size solid-color solid-opacity speak speak-as speak-header speak-numeral
    speak-punctuation speech-rate stop-color stop-opacity stress string-set stroke stroke-alignment stroke-dasharray
    stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width tab-size
    table-layout text-align text-align-all text-align-last text-anchor text-autospace text-box text-box-edge
    text-box-trim text-combine-upright text-decoration text-decoration-color text-decoration-line
    text-decoration-skip-ink text-decoration-style text-decoration-thickness text-decoration-trim text-edge
    text-emphasis text-emphasis-color text-emphasis-position text-emphasis-skip text-emphasis-style text-fit
    text-group-align text-indent text-justify text-orientation text-overflow text-rendering text-shadow
    text-size-adjust text-spacing text-spacing-trim text-transform text-underline-offset text-underline-position
    text-wrap text-wrap-mode text-wrap-style timeline-scope top touch-action transform transform-box
    transform-origin transform-style transition transition-behavior transition-delay transition-duration
    transition-property transition-timing-function translate unicode-bidi user-select vector-effect vertical-align
    view-timeline view-timeline-axis view-timeline-inset view-timeline-name view-transition-name visibility
    voice-balance voice-duration voice-family voice-pitch voice-range voice-rate voice-stress voice-volume volume
    white-space white-space-collapse white-space-trim widows width will-change window-drag word-boundary-detection
    word-break word-space-transform word-spacing word-wrap wrap-after wrap-before wrap-inside writing-mode x y
    z-index zoom
    """
)
"""Properties, in lower case."""

DESCRIPTORS = _words(
    """
    additive-symbols ascent-override base-palette components descent-override fallback font-display font-family
    font-feature-settings font-language-override font-named-instance font-stretch font-style font-variant
    font-variation-settings font-weight font-width inherits initial-value line-gap-override negative override-colors
    pad page-orientation prefix range rendering-intent size-adjust speak-as src suffix symbols syntax system
    unicode-range
    """
)
"""What at-rules declare in addition to properties."""

DESCRIBING = frozenset(
    {"font-face", "page", "counter-style", "property", "font-palette-values", "font-feature-values", "color-profile"}
)
"""At-rules that hold descriptors."""

GROUPING = frozenset({"media", "supports", "layer", "container", "scope", "starting-style"})
"""At-rules that hold rules."""

MARGINS = frozenset(
    {
        f"{edge}-{place}"
        for edge, places in (
            ("top", ("left-corner", "left", "center", "right", "right-corner")),
            ("bottom", ("left-corner", "left", "center", "right", "right-corner")),
            ("left", ("top", "middle", "bottom")),
            ("right", ("top", "middle", "bottom")),
        )
        for place in places
    }
    | {"footnote"}
)
"""At-rules inside `@page`, https://www.w3.org/TR/css-page-3/#margin-at-rules."""

FEATURES = frozenset(
    {"stylistic", "styleset", "character-variant", "swash", "ornaments", "annotation", "historical-forms"}
)
"""At-rules inside `@font-feature-values`."""

AT_RULES = frozenset(
    {*DESCRIBING, *GROUPING, *MARGINS, *FEATURES, "page", "keyframes", "-webkit-keyframes", "charset", "namespace"}
)
"""At-rules; `@import` is none of them."""

WITHOUT_BLOCK = frozenset({"charset", "namespace", "layer"})
"""At-rules that may end in a semicolon."""

FUNCTIONS = _words(
    """
    -moz-linear-gradient -moz-radial-gradient -webkit-gradient -webkit-linear-gradient -webkit-radial-gradient
    -webkit-repeating-linear-gradient -webkit-repeating-radial-gradient abs acos anchor anchor-size annotation asin
    atan atan2 blur brightness calc calc-size character-variant circle clamp color color-mix color-stop
    conic-gradient content contrast contrast-color cos counter counters cubic-bezier device-cmyk drop-shadow element
    ellipse env exp fallback first-valid fit-content font-format font-tech format from grayscale hsl hsla hue-rotate
    hwb hypot inset invert lab layer lch leader light-dark linear linear-gradient local log matrix matrix3d max min
    minmax mod oklab oklch opacity ornaments path perspective polygon pow radial-gradient ray rect rem repeat
    repeating-conic-gradient repeating-linear-gradient repeating-radial-gradient rgb rgba rotate rotate3d rotatex
    rotatey rotatez round running saturate scale scale3d scalex scaley scalez scroll scroll-state selector sepia
    shape sibling-count sibling-index sign sin skew skewx skewy sqrt steps string style styleset stylistic supports
    swash symbols tan target-counter target-counters target-text tech to translate translate3d translatex translatey
    translatez var view xywh
    """
)
"""Functions of values and conditions. `url()` and `attr()` have rules of their own."""

SELECTING = _words(
    """
    -moz-any -webkit-any active-view-transition-type contains cue current dir has heading highlight host
    host-context is lang matches not nth nth-child nth-col nth-last-child nth-last-col nth-last-of-type nth-of-type
    part slotted state where
    """
)
"""Functions of selectors."""

FETCHING = _words(
    """
    -moz-element -webkit-canvas -webkit-cross-fade -webkit-image-set cross-fade domain expression image image-set
    media-document paint param regexp src url-pattern url-prefix
    """
)
"""Functions that name an address, run something or show what is elsewhere; none of them is allowed."""

NAMESPACES = frozenset(
    {
        "http://www.w3.org/1999/xhtml",
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
        "http://www.w3.org/1998/Math/MathML",
        "http://www.w3.org/XML/1998/namespace",
        "http://www.idpf.org/2007/ops",
    }
)
"""Names of vocabularies that `@namespace` may give; nothing is fetched from them."""

FRAGMENT = re.compile(r"#[\w.:-]+")
"""An address in the same document."""
EMBEDDED = re.compile(
    r"data:(?:image/(?:png|jpeg|gif|webp)|font/(?:otf|ttf|sfnt|woff2?)|application/(?:font-woff|x-font-ttf))"
    r"(?:;charset=[a-zA-Z0-9-]+)?;base64,[A-Za-z0-9+/=]*"
)
"""A picture or a typeface that is written into the address itself."""
SHIPPED = re.compile(r"(?:\.\./)?(?:fonts|images)/[A-Za-z0-9][A-Za-z0-9._-]*")
"""A file that publisher puts next to the documents; whether it is there is known where the files are named."""
