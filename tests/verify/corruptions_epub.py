"""Forty ways to spoil a good EPUB, each with the code that has to name it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

Files = dict[str, str]
"""The text of each file of the EPUB that is text, by its path."""
TEXT, NOTES, NAV = "EPUB/text/text.xhtml", "EPUB/text/notes.xhtml", "EPUB/text/nav.xhtml"
AGREEMENTS, PACKAGE, NCX = "EPUB/text/agreements.xhtml", "EPUB/content.opf", "EPUB/toc.ncx"
LAST = re.compile(r'<p id="p\d+" class="numbered">(?:(?!</p>).)*is short\.</p>')
HARBOUR = re.compile(r'<p id="p1".*?</p>', re.DOTALL)
SALT = re.compile(r"<li>(?:(?!</li>).)*Salt.*?</li>", re.DOTALL)
LIGHTS = re.compile(r'<section class="agreement" id="agreement-lights-1901">.*?</section>', re.DOTALL)
PROVISION = re.compile(r'<section class="provision" id="agreement-harbour-1899-1">.*?</section>', re.DOTALL)
TIDE = re.compile(r'<aside [^>]*id="note-editorial-tide".*?</aside>', re.DOTALL)
IMAGE = re.compile(r"<img [^>]*/>")


def change(files: Files, name: str, old: str, new: str) -> None:
    """Puts other words into a file, once."""
    assert old in files[name], f"{old!r} is not in {name}"
    files[name] = files[name].replace(old, new, 1)


def part(files: Files, name: str, pattern: re.Pattern[str]) -> str:
    """A part of a file."""
    found = pattern.search(files[name])
    assert found, f"{pattern.pattern!r} is not in {name}"
    return found[0]


def a_paragraph_is_dropped(files: Files) -> None:
    change(files, TEXT, part(files, TEXT, HARBOUR), "")


def a_paragraph_stands_twice(files: Files) -> None:
    last = part(files, TEXT, LAST)
    change(files, TEXT, last, last + re.sub(r' id="[^"]*"', "", last))


def two_paragraphs_are_swapped(files: Files) -> None:
    first, last = part(files, TEXT, HARBOUR), part(files, TEXT, LAST)
    files[TEXT] = files[TEXT].replace(first, "#").replace(last, first).replace("#", last, 1)


def a_letter_is_changed(files: Files) -> None:
    change(files, TEXT, "harbour was", "harbor was")


def a_word_is_written_small(files: Files) -> None:
    change(files, TEXT, "The harbour", "the harbour")


def a_spelling_is_mended(files: Files) -> None:
    change(files, TEXT, "in so small a house", "in such a small house")


def a_quotation_mark_is_straightened(files: Files) -> None:
    change(files, TEXT, "“", '"')


def an_accent_is_taken_apart(files: Files) -> None:
    change(files, TEXT, "café", unicodedata.normalize("NFD", "café"))


def a_space_is_doubled(files: Files) -> None:
    change(files, TEXT, "harbour was", "harbour  was")


def a_space_becomes_one_that_does_not_break(files: Files) -> None:
    change(files, TEXT, "harbour was", "harbour\u00a0was")


def two_words_grow_together(files: Files) -> None:
    change(files, TEXT, "harbour was", "harbourwas")


def a_soft_hyphen_is_left_in(files: Files) -> None:
    change(files, TEXT, "harbour was", "har\u00adbour was")


def a_zero_width_space_comes_in(files: Files) -> None:
    change(files, TEXT, "harbour was", "har\u200bbour was")


def a_mark_of_direction_comes_in(files: Files) -> None:
    change(files, TEXT, "harbour was", "har\u202ebour was")


def a_word_is_hidden(files: Files) -> None:
    change(files, TEXT, "harbour was", '<span hidden="hidden">harbour</span> was')


def a_word_is_hidden_from_those_who_listen(files: Files) -> None:
    change(files, TEXT, "harbour was", '<span aria-hidden="true">harbour</span> was')


def a_word_is_hidden_by_its_style(files: Files) -> None:
    change(files, TEXT, "harbour was", '<span style="display: none">harbour</span> was')


def a_hidden_word_is_added(files: Files) -> None:
    change(files, TEXT, "harbour was", 'harbour <span hidden="hidden">never</span> was')


def an_advertisement_is_added(files: Files) -> None:
    change(files, TEXT, "</section>\n</body>", "<p>Buy our other books.</p></section>\n</body>")


def a_call_has_the_number_of_another_note(files: Files) -> None:
    change(files, TEXT, 'role="doc-noteref">2</a>', 'role="doc-noteref">3</a>')


def a_note_has_the_number_of_another(files: Files) -> None:
    change(files, TEXT, 'title="Back to the text">3</a>', 'title="Back to the text">4</a>')


def a_note_has_lost_its_number(files: Files) -> None:
    change(files, TEXT, 'title="Back to the text">3</a>', 'title="Back to the text"></a>')


def the_words_of_two_notes_are_exchanged(files: Files) -> None:
    first, second = "So the first print.", "Added in the second print."
    files[NOTES] = files[NOTES].replace(first, "#").replace(second, first).replace("#", second)


def a_call_has_gone(files: Files) -> None:
    call = part(files, TEXT, re.compile(r'<a [^>]*id="call-editorial-promises".*?</a>'))
    change(files, TEXT, call, "")


def a_call_points_at_another_note(files: Files) -> None:
    change(files, TEXT, 'href="#note-editorial-promises"', 'href="#note-editorial-tide"')


def a_call_points_at_nothing(files: Files) -> None:
    change(files, TEXT, 'id="note-editorial-promises"', 'id="note-editorial-nobody"')


def a_note_leads_back_to_another_call(files: Files) -> None:
    change(files, TEXT, 'href="#call-editorial-promises"', 'href="#call-editorial-tide"')


def the_ids_of_two_notes_are_exchanged(files: Files) -> None:
    for old, new in (("promises", "#"), ("tide", "promises"), ("#", "tide")):
        change(files, TEXT, f'id="note-editorial-{old}"', f'id="note-editorial-{new}"')


def an_id_stands_twice(files: Files) -> None:
    change(files, TEXT, "<li>", '<li id="p1">')


def a_note_stands_twice(files: Files) -> None:
    note = part(files, TEXT, TIDE)
    change(files, TEXT, note, note + re.sub(r' id="[^"]*"', "", note))


def a_note_is_missing(files: Files) -> None:
    change(files, TEXT, part(files, TEXT, TIDE), "")


def a_second_paragraph_of_a_note_is_missing(files: Files) -> None:
    change(files, TEXT, "A second paragraph of the same note.", "")


def an_agreement_is_missing(files: Files) -> None:
    change(files, AGREEMENTS, part(files, AGREEMENTS, LIGHTS), "")


def a_provision_is_missing(files: Files) -> None:
    change(files, AGREEMENTS, part(files, AGREEMENTS, PROVISION), "")


def an_agreement_is_no_longer_cited(files: Files) -> None:
    change(files, AGREEMENTS, "Not cited in the notes.", "")


def two_cells_of_a_table_are_exchanged(files: Files) -> None:
    files[TEXT] = files[TEXT].replace("Harwich", "#").replace("Ostend", "Harwich").replace("#", "Ostend")


def an_entry_of_a_list_is_missing(files: Files) -> None:
    change(files, TEXT, part(files, TEXT, SALT), "")


def a_line_of_verse_is_broken_elsewhere(files: Files) -> None:
    change(files, TEXT, "<br/>", "")


def words_stand_in_the_place_of_a_picture(files: Files) -> None:
    change(files, TEXT, part(files, TEXT, IMAGE), "A ship at anchor")


def a_picture_has_other_words(files: Files) -> None:
    change(files, TEXT, 'alt="A ship at anchor"', 'alt="A ship at sea"')


def a_label_of_the_contents_is_changed(files: Files) -> None:
    change(files, NAV, ">Agreements</a>", ">Treaties</a>")


def a_line_of_the_contents_leads_elsewhere(files: Files) -> None:
    change(files, NAV, 'href="agreements.xhtml#agreements"', 'href="colophon.xhtml#colophon"')


def a_landmark_is_missing(files: Files) -> None:
    change(files, NAV, '<li><a epub:type="bodymatter" href="text.xhtml#text">Begin reading</a></li>', "")


def a_page_has_another_number_in_the_page_list(files: Files) -> None:
    change(files, NAV, 'page-1">1</a>', 'page-1">11</a>')


def a_label_of_the_older_contents_is_changed(files: Files) -> None:
    change(files, NCX, "<text>Agreements</text>", "<text>Treaties</text>")


def a_section_is_out_of_the_reading_order(files: Files) -> None:
    change(files, PACKAGE, '<itemref idref="introduction"/>', "")


def two_sections_are_swapped(files: Files) -> None:
    change(files, PACKAGE, '<itemref idref="introduction"/>', "")
    change(files, PACKAGE, '<itemref idref="colophon"/>', '<itemref idref="colophon"/><itemref idref="introduction"/>')


def a_document_that_nobody_is_led_to_is_added(files: Files) -> None:
    files["EPUB/text/secret.xhtml"] = files[NOTES]


def words_are_added_in_an_attribute(files: Files) -> None:
    change(files, TEXT, 'id="p1"', 'id="p1" title="A lie"')


def a_document_is_cut_off(files: Files) -> None:
    files[TEXT] = files[TEXT][:-40]


Corruption = Callable[[Files], None]
CORRUPTIONS: tuple[tuple[Corruption, str], ...] = (
    (a_paragraph_is_dropped, "V-002"),
    (a_paragraph_stands_twice, "V-004"),
    (two_paragraphs_are_swapped, "V-005"),
    (a_letter_is_changed, "V-001"),
    (a_word_is_written_small, "V-001"),
    (a_spelling_is_mended, "V-001"),
    (a_quotation_mark_is_straightened, "V-001"),
    (an_accent_is_taken_apart, "V-001"),
    (a_space_is_doubled, "V-001"),
    (a_space_becomes_one_that_does_not_break, "V-001"),
    (two_words_grow_together, "V-001"),
    (a_soft_hyphen_is_left_in, "V-013"),
    (a_zero_width_space_comes_in, "V-013"),
    (a_mark_of_direction_comes_in, "V-013"),
    (a_word_is_hidden, "V-008"),
    (a_word_is_hidden_from_those_who_listen, "V-008"),
    (a_word_is_hidden_by_its_style, "V-008"),
    (a_hidden_word_is_added, "V-008"),
    (an_advertisement_is_added, "V-003"),
    (a_call_has_the_number_of_another_note, "V-006"),
    (a_note_has_the_number_of_another, "V-006"),
    (a_note_has_lost_its_number, "V-006"),
    (the_words_of_two_notes_are_exchanged, "V-006"),
    (a_call_has_gone, "V-006"),
    (a_call_points_at_another_note, "V-007"),
    (a_call_points_at_nothing, "V-007"),
    (a_note_leads_back_to_another_call, "V-007"),
    (the_ids_of_two_notes_are_exchanged, "V-007"),
    (an_id_stands_twice, "V-007"),
    (a_note_stands_twice, "V-004"),
    (a_note_is_missing, "V-002"),
    (a_second_paragraph_of_a_note_is_missing, "V-002"),
    (an_agreement_is_missing, "V-002"),
    (a_provision_is_missing, "V-002"),
    (an_agreement_is_no_longer_cited, "V-002"),
    (two_cells_of_a_table_are_exchanged, "V-005"),
    (an_entry_of_a_list_is_missing, "V-002"),
    (a_line_of_verse_is_broken_elsewhere, "V-001"),
    (words_stand_in_the_place_of_a_picture, "V-001"),
    (a_picture_has_other_words, "V-001"),
    (a_label_of_the_contents_is_changed, "V-002"),
    (a_line_of_the_contents_leads_elsewhere, "V-007"),
    (a_landmark_is_missing, "V-002"),
    (a_page_has_another_number_in_the_page_list, "V-001"),
    (a_label_of_the_older_contents_is_changed, "V-002"),
    (a_section_is_out_of_the_reading_order, "V-002"),
    (two_sections_are_swapped, "V-005"),
    (a_document_that_nobody_is_led_to_is_added, "V-003"),
    (words_are_added_in_an_attribute, "V-003"),
    (a_document_is_cut_off, "V-010"),
)
