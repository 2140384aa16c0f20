"""A hundred ways to spoil a good EPUB, each with the code that has to name it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

Files = dict[str, str]
"""The text of each file of the EPUB that is text, by its path."""
TEXT, NOTES, NAV = "EPUB/text/text.xhtml", "EPUB/text/notes.xhtml", "EPUB/text/nav.xhtml"
AGREEMENTS, PACKAGE, NCX = "EPUB/text/agreements.xhtml", "EPUB/content.opf", "EPUB/toc.ncx"
SHEET = "EPUB/styles/screen.css"
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


def styled(files: Files, rule: str) -> None:
    """Puts a rule at the end of the last style sheet."""
    assert SHEET in files
    files[SHEET] += f"\n{rule}\n"


def a_sheet_hides_a_paragraph(files: Files) -> None:
    styled(files, "#p1 { display: none }")


def a_sheet_hides_a_paragraph_in_the_dark(files: Files) -> None:
    styled(files, "@media (prefers-color-scheme: dark) { .numbered { visibility: hidden } }")


def a_sheet_makes_notes_tiny(files: Files) -> None:
    styled(files, ".note { font-size: 0 }")


def a_sheet_makes_notes_transparent(files: Files) -> None:
    styled(files, ".note p { opacity: 0.01 }")


def a_sheet_paints_words_white(files: Files) -> None:
    styled(files, "em { color: #fefefe }")


def a_sheet_paints_words_with_nothing(files: Files) -> None:
    styled(files, "blockquote { color: transparent }")


def a_sheet_paints_words_in_the_colour_of_their_ground(files: Files) -> None:
    styled(files, "td { background: #234 } .table td { color: rgb(34, 51, 68) }")


def a_sheet_moves_words_off_the_page(files: Files) -> None:
    styled(files, "blockquote { position: absolute; left: -9999px }")


def a_sheet_draws_words_in_beyond_the_margin(files: Files) -> None:
    styled(files, ".verse { text-indent: -2000px }")


def a_sheet_clips_words(files: Files) -> None:
    styled(files, "li { position: absolute; clip: rect(0, 0, 0, 0) }")


def a_sheet_cuts_words_out(files: Files) -> None:
    styled(files, "li { clip-path: inset(50%) }")


def a_sheet_leaves_words_no_room(files: Files) -> None:
    styled(files, "li { height: 0; overflow: hidden }")


def a_sheet_shrinks_words(files: Files) -> None:
    styled(files, "td { transform: scale(0) }")


def a_sheet_turns_words_round(files: Files) -> None:
    styled(files, "em { direction: rtl; unicode-bidi: bidi-override }")


def a_sheet_hides_a_call_where_it_cannot_be_undone(files: Files) -> None:
    styled(files, ".note-call { display: none !important } #call-editorial-promises { display: inline }")


def a_sheet_hides_the_picture(files: Files) -> None:
    styled(files, "figure { display: none }")


def a_sheet_inside_another_hides_words(files: Files) -> None:
    styled(files, "section { & .numbered { display: none } }")


def a_sheet_hides_words_in_a_way_of_its_own(files: Files) -> None:
    styled(files, "p:-vendor-any(em) { display: none }")


def a_document_hides_words_in_a_sheet_of_its_own(files: Files) -> None:
    change(files, TEXT, "</head>", "<style>#p1 { display: none }</style></head>")


def a_sheet_is_brought_in_that_hides_words(files: Files) -> None:
    files["EPUB/styles/more.css"] = "#p1 { display: none }"
    files[SHEET] = '@import "more.css";\n' + files[SHEET]


def a_sheet_is_brought_in_from_outside(files: Files) -> None:
    files[SHEET] = "@import url(https://example.org/a.css);\n" + files[SHEET]


def a_sheet_prints_words_after_a_paragraph(files: Files) -> None:
    styled(files, '#p1::after { content: " Not so." }')


def a_sheet_prints_words_for_entries_of_lists(files: Files) -> None:
    styled(files, 'li { list-style-type: "Not so: " }')


def a_sheet_prints_what_an_attribute_says(files: Files) -> None:
    styled(files, "p::before { content: attr(class) }")


def words_are_white_by_their_own_style(files: Files) -> None:
    change(files, TEXT, "harbour was", '<span style="color: white">harbour</span> was')


def words_are_turned_round_by_an_element(files: Files) -> None:
    change(files, TEXT, "harbour was", '<bdo dir="rtl">harbour</bdo> was')


def words_are_put_into_what_nobody_shows(files: Files) -> None:
    change(files, TEXT, "harbour was", "<template>harbour</template> was")


def a_script_is_added(files: Files) -> None:
    change(files, TEXT, "</head>", "<script>document.title = 1</script></head>")


def a_paragraph_acts_when_it_is_touched(files: Files) -> None:
    change(files, TEXT, 'id="p1"', 'id="p1" onclick="alert(1)"')


def a_document_sends_its_reader_elsewhere(files: Files) -> None:
    change(files, TEXT, "</head>", '<meta http-equiv="refresh" content="0;url=x"/></head>')


def links_lead_from_another_place(files: Files) -> None:
    change(files, TEXT, "</head>", '<base href="https://example.org/"/></head>')


def a_frame_is_added(files: Files) -> None:
    change(files, TEXT, "</section>\n</body>", '<iframe src="https://example.org/"></iframe></section>\n</body>')


def a_picture_is_fetched_from_outside(files: Files) -> None:
    change(files, TEXT, part(files, TEXT, IMAGE), '<img src="https://example.org/a.png" alt="A ship at anchor"/>')


def a_picture_is_another(files: Files) -> None:
    name = next(name for name in files if name.startswith("EPUB/images/") and "cover" not in name)
    files[name] = files["EPUB/images/cover.png"]


def a_word_is_an_entity(files: Files) -> None:
    change(files, TEXT, "<!DOCTYPE html>", '<!DOCTYPE html [<!ENTITY not "not ">]>')
    change(files, TEXT, "harbour was", "harbour was &not;")


def a_document_is_dressed_by_an_instruction(files: Files) -> None:
    change(files, TEXT, "<!DOCTYPE html>", '<?xml-stylesheet href="a.css"?><!DOCTYPE html>')


def a_link_without_words_is_added(files: Files) -> None:
    change(files, TEXT, "harbour was", 'harbour<a href="https://example.org/"></a> was')


def a_line_of_the_contents_is_missing(files: Files) -> None:
    line = part(files, NAV, re.compile(r'<li><a href="agreements\.xhtml#agreements">.*?</a>'))
    change(files, NAV, line, "<li>")


def a_line_of_the_older_contents_leads_elsewhere(files: Files) -> None:
    change(files, NCX, 'src="text/agreements.xhtml#agreements"', 'src="text/colophon.xhtml#colophon"')


def a_line_of_the_older_contents_is_missing(files: Files) -> None:
    change(files, NCX, part(files, NCX, re.compile(r"<navPoint(?:(?!navPoint).)*</navPoint>", re.DOTALL)), "")


def two_lines_of_the_page_list_are_swapped(files: Files) -> None:
    line = r'(<li><a href="text\.xhtml#page-\d+">\d+</a></li>)'
    files[NAV] = re.sub(line + line, r"\2\1", files[NAV], count=1)


def a_page_break_has_another_label(files: Files) -> None:
    change(files, TEXT, 'aria-label="Page 2"', 'aria-label="Page 3"')


def a_page_break_is_missing(files: Files) -> None:
    change(files, TEXT, part(files, TEXT, re.compile(r'<span epub:type="pagebreak"[^>]*></span>')), "")


def a_section_stands_outside_the_reading_order(files: Files) -> None:
    change(files, PACKAGE, '<itemref idref="introduction"/>', '<itemref idref="introduction" linear="no"/>')


def a_second_book_is_in_the_container(files: Files) -> None:
    name = "META-INF/container.xml"
    first = part(files, name, re.compile(r"<rootfile .*?/>"))
    change(files, name, first, first + first.replace("content.opf", "other.opf"))


def a_page_of_another_suffix_is_added(files: Files) -> None:
    files["EPUB/text/secret.htm"] = files[NOTES]


def the_title_is_another(files: Files) -> None:
    change(files, PACKAGE, ">On Promises</dc:title>", ">On Threats</dc:title>")


def the_author_is_another(files: Files) -> None:
    author = part(files, PACKAGE, re.compile(r"<dc:creator[^>]*>.*?</dc:creator>"))
    change(files, PACKAGE, author, "<dc:creator>Somebody Else</dc:creator>")


def the_language_is_another(files: Files) -> None:
    change(files, PACKAGE, "<dc:language>", "<dc:language>fr-")


def a_claim_is_made_that_was_not_earned(files: Files) -> None:
    claim = '<meta property="schema:accessibilityFeature">largePrint</meta>'
    change(files, PACKAGE, "</metadata>", f"{claim}</metadata>")


def a_claim_that_was_earned_is_missing(files: Files) -> None:
    change(files, PACKAGE, ">tableOfContents<", "><")


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
    (a_sheet_hides_a_paragraph, "V-008"),
    (a_sheet_hides_a_paragraph_in_the_dark, "V-008"),
    (a_sheet_makes_notes_tiny, "V-008"),
    (a_sheet_makes_notes_transparent, "V-008"),
    (a_sheet_paints_words_white, "V-008"),
    (a_sheet_paints_words_with_nothing, "V-008"),
    (a_sheet_paints_words_in_the_colour_of_their_ground, "V-008"),
    (a_sheet_moves_words_off_the_page, "V-008"),
    (a_sheet_draws_words_in_beyond_the_margin, "V-008"),
    (a_sheet_clips_words, "V-008"),
    (a_sheet_cuts_words_out, "V-008"),
    (a_sheet_leaves_words_no_room, "V-008"),
    (a_sheet_shrinks_words, "V-008"),
    (a_sheet_turns_words_round, "V-008"),
    (a_sheet_hides_a_call_where_it_cannot_be_undone, "V-008"),
    (a_sheet_hides_the_picture, "V-008"),
    (a_sheet_inside_another_hides_words, "V-008"),
    (a_sheet_hides_words_in_a_way_of_its_own, "V-008"),
    (a_document_hides_words_in_a_sheet_of_its_own, "V-008"),
    (a_sheet_is_brought_in_that_hides_words, "V-008"),
    (a_sheet_is_brought_in_from_outside, "V-003"),
    (a_sheet_prints_words_after_a_paragraph, "V-003"),
    (a_sheet_prints_words_for_entries_of_lists, "V-003"),
    (a_sheet_prints_what_an_attribute_says, "V-003"),
    (words_are_white_by_their_own_style, "V-008"),
    (words_are_turned_round_by_an_element, "V-003"),
    (words_are_put_into_what_nobody_shows, "V-003"),
    (a_script_is_added, "V-003"),
    (a_paragraph_acts_when_it_is_touched, "V-003"),
    (a_document_sends_its_reader_elsewhere, "V-003"),
    (links_lead_from_another_place, "V-003"),
    (a_frame_is_added, "V-003"),
    (a_picture_is_fetched_from_outside, "V-003"),
    (a_picture_is_another, "V-001"),
    (a_word_is_an_entity, "V-003"),
    (a_document_is_dressed_by_an_instruction, "V-003"),
    (a_link_without_words_is_added, "V-007"),
    (a_line_of_the_contents_is_missing, "V-002"),
    (a_line_of_the_older_contents_leads_elsewhere, "V-007"),
    (a_line_of_the_older_contents_is_missing, "V-002"),
    (two_lines_of_the_page_list_are_swapped, "V-005"),
    (a_page_break_has_another_label, "V-002"),
    (a_page_break_is_missing, "V-003"),
    (a_section_stands_outside_the_reading_order, "V-003"),
    (a_second_book_is_in_the_container, "V-003"),
    (a_page_of_another_suffix_is_added, "V-003"),
    (the_title_is_another, "V-001"),
    (the_author_is_another, "V-001"),
    (the_language_is_another, "V-001"),
    (a_claim_is_made_that_was_not_earned, "V-020"),
    (a_claim_that_was_earned_is_missing, "V-020"),
)
