"""What Pango has to know of a style, made ready once.

WeasyPrint 70 makes a context, a description of the typeface and a language again each time that it measures a piece of
text, four times a line, and looks up how high a line is by the names of all properties. They are the same for all text
of a style; only the layout itself is not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from weasyprint.text.constants import LST_TO_ISO, PANGO_DIRECTION
from weasyprint.text.ffi import ffi, gobject, pango
from weasyprint.text.fonts import font_features, get_font_description

from publisher.layout.weasyprint import patches
from publisher.layout.weasyprint.hooks import Hook, around

ffi.cdef("PangoAttrList * pango_attr_list_copy (PangoAttrList *list);")
_KEPT, _STRUT = "publisher_type_ready", "publisher_strut"
_FEATURES = (
    "font_kerning",
    "font_variant_ligatures",
    "font_variant_position",
    "font_variant_caps",
    "font_variant_numeric",
    "font_variant_alternates",
    "font_variant_east_asian",
    "font_feature_settings",
)
_TOLD_BY = (
    "direction",
    "lang",
    "font_language_override",
    "font_style",
    "font_stretch",
    "font_weight",
    "font_size",
    "font_variation_settings",
    *_FEATURES,
)
"""All properties that the engine reads for it, apart from the names of the families."""


@dataclass(frozen=True, slots=True)
class _Ready:
    """What layouts of one style have in common."""

    context: Any
    description: Any
    language: Any
    attributes: Any


def pango_context_hooks() -> tuple[Hook, ...]:
    """Return the hooks by which layouts of one style share what they can."""
    return around(patches.LAYOUT_SETUP, _set_up), around(patches.STRUT, _strut)


def _set_up(proceed: Callable[..., None], layout: Any, style: Any) -> None:
    """Begin a layout with what layouts of its style share."""
    ready = style.__dict__.get(_KEPT)
    if ready is None:
        if style["text_decoration_line"] != "none":
            proceed(layout, style)
            return
        ready = style.__dict__[_KEPT] = _ready_for(style)
    _begin(layout, style, ready)


def _strut(proceed: Callable[[Any], Any], style: Any) -> Any:
    """Return the height of a line and its baseline, computed once for a style."""
    known = style.__dict__.get(_STRUT)
    if known is None:
        known = style.__dict__[_STRUT] = proceed(style)
    return known


def _ready_for(style: Any) -> _Ready:
    """What styles alike share: most differ in something else."""
    known: dict[tuple[Any, ...], _Ready] = style.font_config.__dict__.setdefault(_KEPT, {})
    told = (*style["font_family"], *[style[name] for name in _TOLD_BY])
    if told not in known:
        known[told] = _ready(style)
    return known[told]


def _ready(style: Any) -> _Ready:
    context = ffi.gc(pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref)
    pango.pango_context_set_round_glyph_positions(context, False)
    pango.pango_context_set_base_dir(context, PANGO_DIRECTION[style["direction"]])
    language = pango.pango_language_get_default()
    if name := _language(style):
        language = pango.pango_language_from_string(name.encode())
        pango.pango_context_set_language(context, language)
    return _Ready(
        context=context, description=get_font_description(style), language=language, attributes=_attributes(style)
    )


def _language(style: Any) -> str | None:
    """The language that its letters have their forms from."""
    forced: str = style["font_language_override"]
    known: str | None = style["lang"] if forced == "normal" else LST_TO_ISO.get(forced.lower(), forced)
    return known


def _attributes(style: Any) -> Any:
    """What the typeface is asked for, such as old-style figures; None where it is nothing."""
    features = font_features(*(style[name] for name in _FEATURES))
    if not features:
        return None
    told = ",".join(f"{key} {value}" for key, value in features.items()).encode()
    attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
    pango.pango_attr_list_insert(attributes, pango.pango_attr_font_features_new(told))
    return attributes


def _begin(layout: Any, style: Any, ready: _Ready) -> None:
    """A new layout of this style, without text."""
    layout.style = style
    layout.first_line_direction = 0
    layout.language = ready.language
    layout.ascent = layout.underline_position = layout.strikethrough_position = None
    layout.layout = made = ffi.gc(pango.pango_layout_new(ready.context), gobject.g_object_unref)
    pango.pango_layout_set_auto_dir(made, False)
    pango.pango_layout_set_font_description(made, ready.description)
    if ready.attributes is not None:
        own = ffi.gc(pango.pango_attr_list_copy(ready.attributes), pango.pango_attr_list_unref)
        pango.pango_layout_set_attributes(made, own)
