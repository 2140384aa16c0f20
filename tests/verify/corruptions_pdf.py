"""Sixty ways to spoil a good PDF, each with the code that has to name it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, String

TEXT_PAGE = 8
"""Index of the page on which the text begins."""


def elements(pdf: Pdf, kind: str, inside: Any = None) -> list[Any]:
    """The structure elements of a kind, in reading order."""
    return list(_below(inside if inside is not None else pdf.Root.StructTreeRoot, kind))


def _below(element: Any, kind: str) -> Iterator[Any]:
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            if f"/{kind}" == kid.S:
                yield kid
            yield from _below(kid, kind)


def section(pdf: Pdf, title: int) -> Any:
    """A section of the book: 5 is the text, 6 the agreements."""
    return elements(pdf, "Document")[0].K[title]


def place_of(element: Any) -> int:
    """Where an element stands among the kids of its parent."""
    return next(at for at, kid in enumerate(element.P.K) if getattr(kid, "objgen", None) == element.objgen)


def paragraphs(pdf: Pdf) -> list[Any]:
    """The paragraphs of the text that stand in no other block."""
    return [kid for kid in section(pdf, 5).K if kid.S == "/P"]


def content_of(pdf: Pdf, page: int) -> bytes:
    """What a page draws, its number included."""
    pdf.pages[page].contents_coalesce()
    return bytes(pdf.pages[page].Contents.read_bytes())


def replace_content(pdf: Pdf, old: bytes, new: bytes, *, page: int = TEXT_PAGE) -> None:
    """Puts other bytes into the content of a page, once."""
    content = content_of(pdf, page)
    assert old in content, f"{old!r} is not in the content"
    pdf.pages[page].Contents = pdf.make_stream(content.replace(old, new, 1))


def replace_map(pdf: Pdf, text: str, new: str) -> None:
    """Makes every glyph that says a text say another."""
    for number in {font.ToUnicode.objgen for page in pdf.pages for font in page.Resources.get("/Font", {}).values()}:
        stream = pdf.get_object(number)
        old, other = (item.encode("utf-16-be").hex().encode() for item in (text, new))
        stream.write(stream.read_bytes().replace(b"> <" + old + b">", b"> <" + other + b">"))


def a_paragraph_is_dropped_from_the_tree(pdf: Pdf) -> None:
    first = paragraphs(pdf)[0]
    del first.P.K[place_of(first)]


def a_paragraph_is_read_twice(pdf: Pdf) -> None:
    first = paragraphs(pdf)[0]
    first.P.K.append(first)


def two_paragraphs_are_swapped(pdf: Pdf) -> None:
    item, other = paragraphs(pdf)[-2:]
    at, there = place_of(item), place_of(other)
    item.P.K[at], item.P.K[there] = other, item


def a_letter_is_changed_everywhere(pdf: Pdf) -> None:
    replace_map(pdf, "w", "v")


def a_letter_says_nothing(pdf: Pdf) -> None:
    replace_map(pdf, "w", "")


def a_ligature_says_one_letter_only(pdf: Pdf) -> None:
    replace_map(pdf, "h", "hh")


def a_soft_hyphen_is_left_in(pdf: Pdf) -> None:
    replace_map(pdf, "w", "w\u00ad")


def a_zero_width_space_comes_in(pdf: Pdf) -> None:
    replace_map(pdf, "w", "w\u200b")


def spaces_are_lost(pdf: Pdf) -> None:
    replace_map(pdf, " ", "")


def a_word_is_told_otherwise(pdf: Pdf) -> None:
    first = paragraphs(pdf)[0]
    mcid = next(int(kid) for kid in first.K if isinstance(kid, int))
    old = b"/Span <</MCID %d>> BDC" % mcid
    replace_content(pdf, old, b"/Span << /MCID %d /ActualText (something else) >> BDC" % mcid)


def a_note_is_dropped_from_the_tree(pdf: Pdf) -> None:
    note = elements(pdf, "Note")[0]
    del note.P.K[place_of(note)]


def a_note_is_read_before_its_paragraph(pdf: Pdf) -> None:
    note = elements(pdf, "Note")[0]
    del note.P.K[place_of(note)]
    section(pdf, 5).K.insert(0, note)


def two_notes_are_swapped(pdf: Pdf) -> None:
    item, other = elements(pdf, "Note")[:2]
    at, there = place_of(item), place_of(other)
    item.P.K[at], item.P.K[there] = other, item


def two_notes_have_one_another_s_numbers(pdf: Pdf) -> None:
    item, other = elements(pdf, "Note")[:2]
    item.K[0], other.K[0] = other.K[0], item.K[0]


def a_call_points_at_another_note(pdf: Pdf) -> None:
    links = [Annot for Annot in pdf.pages[TEXT_PAGE].Annots if str(Annot.get("/Dest", "")).startswith("note-editorial")]
    links[0].Dest = links[1].Dest


def a_note_leads_back_to_another_call(pdf: Pdf) -> None:
    links = [Annot for Annot in pdf.pages[TEXT_PAGE].Annots if str(Annot.get("/Dest", "")).startswith("call-")]
    links[0].Dest = links[1].Dest


def a_call_leads_nowhere(pdf: Pdf) -> None:
    del next(Annot for Annot in pdf.pages[TEXT_PAGE].Annots if str(Annot.get("/Dest", "")).startswith("note-")).Dest


def a_place_is_on_another_page(pdf: Pdf) -> None:
    _place(pdf, "note-editorial-promises")[0] = pdf.pages[1].obj


def a_place_is_further_down_the_page(pdf: Pdf) -> None:
    _place(pdf, "note-editorial-delegates")[3] = _place(pdf, "note-editorial-promises")[3]


def _place(pdf: Pdf, name: str) -> Any:
    names = pdf.Root.Names.Dests.Names
    return names[next(at for at in range(0, len(names), 2) if str(names[at]) == name) + 1]


def a_page_has_lost_its_text(pdf: Pdf) -> None:
    pdf.pages[TEXT_PAGE].Contents = pdf.make_stream(b"")


def words_are_painted_with_nothing(pdf: Pdf) -> None:
    replace_content(pdf, b"BT\n", b"BT\n3 Tr\n")


def words_stand_outside_the_page(pdf: Pdf) -> None:
    replace_content(pdf, b"BT\n", b"1 0 0 1 9000 0 cm\nBT\n")


def words_can_be_switched_off(pdf: Pdf) -> None:
    content = content_of(pdf, TEXT_PAGE)
    pdf.pages[TEXT_PAGE].Contents = pdf.make_stream(b"/OC /Layer BDC\n" + content + b"\nEMC")


def words_that_belong_to_nothing_are_painted(pdf: Pdf) -> None:
    content = content_of(pdf, TEXT_PAGE)
    shown = content[content.index(b"BT\n") : content.index(b"ET") + 2]
    pdf.pages[TEXT_PAGE].Contents = pdf.make_stream(content + b"\n" + shown)


def a_watermark_stands_in_the_margin(pdf: Pdf) -> None:
    content = content_of(pdf, TEXT_PAGE)
    begin = content.index(b"BT\n", content.index(b"ET"))
    shown = content[begin : content.index(b"ET", begin) + 2]
    pdf.pages[TEXT_PAGE].Contents = pdf.make_stream(content + b"\n/Artifact BMC\n" + shown + b"\nEMC")


def a_paragraph_is_passed_off_as_a_running_head(pdf: Pdf) -> None:
    first = paragraphs(pdf)[0]
    mcid = next(int(kid) for kid in first.K if isinstance(kid, int))
    replace_content(pdf, b"/Span <</MCID %d>> BDC" % mcid, b"/Artifact BMC")


def a_running_head_is_read_in_mid_sentence(pdf: Pdf) -> None:
    page = TEXT_PAGE + 1
    content = content_of(pdf, page)
    head = content.index(b"/Artifact", content.index(b"/Artifact"))
    starts = [at for at in range(len(content)) if content.startswith(b"/Artifact", at)]
    head = next(at for at in starts if b"TJ" in content[at : content.index(b"EMC", at)])
    end = content.index(b"\n", head)
    pdf.pages[page].Contents = pdf.make_stream(content[:head] + b"/Span << /MCID 900 >> BDC" + content[end:])
    last = paragraphs(pdf)[-1]
    last.K.append(Dictionary(Type=Name.MCR, Pg=pdf.pages[page].obj, MCID=900))


def a_comment_is_laid_over_a_page(pdf: Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.FreeText, Rect=[0, 0, 90, 90], Contents=String("No!"))
    pdf.pages[TEXT_PAGE].Annots.append(pdf.make_indirect(note))


def a_picture_has_other_words(pdf: Pdf) -> None:
    elements(pdf, "Figure")[0].Alt = String("A ship at sea")


def words_stand_in_the_place_of_a_picture(pdf: Pdf) -> None:
    replace_content(pdf, b" Do\n", b" pop\n", page=TEXT_PAGE + 1)


def an_agreement_is_missing(pdf: Pdf) -> None:
    del section(pdf, 6).K[-1]


def a_section_is_missing(pdf: Pdf) -> None:
    del elements(pdf, "Document")[0].K[4]


def two_sections_are_swapped(pdf: Pdf) -> None:
    kids = elements(pdf, "Document")[0].K
    kids[4], kids[7] = kids[7], kids[4]


def two_cells_of_a_table_are_exchanged(pdf: Pdf) -> None:
    item, _, other, _ = elements(pdf, "TD", section(pdf, 5))
    item.K, other.K = other.K, item.K


def an_entry_of_a_list_has_lost_its_number(pdf: Pdf) -> None:
    entry = elements(pdf, "LI", section(pdf, 5))[0]
    del entry.K[0]


def a_bookmark_is_changed(pdf: Pdf) -> None:
    pdf.Root.Outlines.First.Title = String("Preface")


def the_pages_have_other_numbers(pdf: Pdf) -> None:
    pdf.Root.PageLabels.Nums = Array([0, Dictionary(S=Name.D)])


def first_words(content: bytes) -> tuple[int, int]:
    """Where the text object with the first words of the text's page begins and ends."""
    begin = content.index(b"BT\n")
    return begin, content.index(b"ET", begin) + 2


def set_before_words(pdf: Pdf, instruction: bytes) -> None:
    """Puts an instruction before the first words of the text's page."""
    content = content_of(pdf, TEXT_PAGE)
    begin, _ = first_words(content)
    pdf.pages[TEXT_PAGE].Contents = pdf.make_stream(content[:begin] + instruction + b"\n" + content[begin:])


def set_after_everything(pdf: Pdf, instructions: bytes) -> None:
    """Paints something over the text's page."""
    content = content_of(pdf, TEXT_PAGE)
    pdf.pages[TEXT_PAGE].Contents = pdf.make_stream(
        b"q\n" + content + b"\nQ\n/Artifact BMC\n" + instructions + b"\nEMC"
    )


def words_have_the_colour_of_the_paper(pdf: Pdf) -> None:
    set_before_words(pdf, b"1 1 1 rg")


def words_are_white_in_the_inks_of_print(pdf: Pdf) -> None:
    set_before_words(pdf, b"0 0 0 0 k")


def words_have_the_colour_of_what_is_under_them(pdf: Pdf) -> None:
    set_before_words(pdf, b"0.2 0.2 0.2 rg\n0 0 600 900 re\nf")


def words_are_all_but_transparent(pdf: Pdf) -> None:
    page = pdf.pages[TEXT_PAGE]
    page.Resources.ExtGState["/Faint"] = Dictionary(ca=0.01)
    set_before_words(pdf, b"/Faint gs")


def words_are_behind_a_mask(pdf: Pdf) -> None:
    page = pdf.pages[TEXT_PAGE]
    page.Resources.ExtGState["/Masked"] = Dictionary(SMask=Dictionary(S=Name.Luminosity))
    set_before_words(pdf, b"/Masked gs")


def words_are_squeezed_to_a_line(pdf: Pdf) -> None:
    set_before_words(pdf, b"1 Tz")


def words_are_made_tiny(pdf: Pdf) -> None:
    set_before_words(pdf, b"0.01 0 0 0.01 0 0 cm")


def words_are_cut_off(pdf: Pdf) -> None:
    set_before_words(pdf, b"0 0 5 5 re\nW n")


def a_white_rectangle_lies_over_the_text(pdf: Pdf) -> None:
    set_after_everything(pdf, b"1 1 1 rg\n40 100 600 500 re\nf")


def a_white_rectangle_drawn_with_lines_lies_over_the_text(pdf: Pdf) -> None:
    set_after_everything(pdf, b"1 g\n40 100 m\n600 100 l\n600 600 l\n40 600 l\nh\nf")


def a_picture_lies_over_the_text(pdf: Pdf) -> None:
    page = pdf.pages[TEXT_PAGE]
    picture = pdf.make_stream(b"\xff\xff\xff")
    kind = {"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 1, "/Height": 1, "/BitsPerComponent": 8}
    for key, value in {**kind, "/ColorSpace": Name.DeviceRGB}.items():
        picture[key] = value
    page.Resources.XObject = Dictionary(Cover=picture)
    set_after_everything(pdf, b"600 0 0 700 40 40 cm\n/Cover Do")


def a_page_is_cropped(pdf: Pdf) -> None:
    pdf.pages[TEXT_PAGE].CropBox = Array([0, 0, 60, 60])


def a_word_is_read_aloud_otherwise_than_it_is_painted(pdf: Pdf) -> None:
    told = "nothing of the kind".encode("utf-16-be").hex().encode()
    set_before_words(pdf, b"/Span << /ActualText <feff%b> >> BDC" % told)
    content = content_of(pdf, TEXT_PAGE)
    _, end = first_words(content)
    pdf.pages[TEXT_PAGE].Contents = pdf.make_stream(content[:end] + b"\nEMC" + content[end:])


def other_words_are_painted_than_are_read_aloud(pdf: Pdf) -> None:
    page = pdf.pages[TEXT_PAGE]
    content = content_of(pdf, TEXT_PAGE)
    begin, end = first_words(content)
    words = content[begin:end]
    strings = words[words.index(b"[") : words.index(b"]") + 1]
    turned = b"[<%b>]" % b"".join(reversed(re.findall(rb"[0-9a-f]{4}", strings)))
    told = "On Promises".encode("utf-16-be").hex().encode()
    changed = b"/Span << /ActualText <feff%b> >> BDC\n%b\nEMC" % (told, words.replace(strings, turned))
    page.Contents = pdf.make_stream(content[:begin] + changed + content[end:])


def other_words_are_painted_in_a_sequence_that_never_ends(pdf: Pdf) -> None:
    other_words_are_painted_than_are_read_aloud(pdf)
    content = content_of(pdf, TEXT_PAGE)
    at = content.index(b"/ActualText")
    pdf.pages[TEXT_PAGE].Contents = pdf.make_stream(content[:at] + content[at:].replace(b"EMC", b""))


def words_are_added_whose_codes_have_spaces(pdf: Pdf) -> None:
    content = content_of(pdf, TEXT_PAGE)
    begin, end = first_words(content)
    words = re.sub(rb"<([0-9a-f]{2})", rb"<\1 ", content[begin:end])
    assert words != content[begin:end]
    pdf.pages[TEXT_PAGE].Contents = pdf.make_stream(content + b"\n" + words)


def words_are_cut_off_by_an_empty_path(pdf: Pdf) -> None:
    set_before_words(pdf, b"W n")


def words_are_cut_off_by_crossed_lines(pdf: Pdf) -> None:
    set_before_words(pdf, b"0 0 m\n600 0 l\n0 900 l\n600 900 l\nh\nW n")


def words_have_the_colour_of_a_pattern_that_is_missing(pdf: Pdf) -> None:
    set_before_words(pdf, b"/Pattern cs\n/None scn")


def a_picture_is_in_the_content(pdf: Pdf) -> None:
    set_after_everything(pdf, b"1 0 0 1 5 5 cm\nBI /W 1 /H 1 /BPC 8 /CS /G ID \x80\nEI")


def an_element_says_something_in_place_of_its_words(pdf: Pdf) -> None:
    paragraphs(pdf)[0].ActualText = String("Something else.")


def a_paragraph_has_an_alternative_text(pdf: Pdf) -> None:
    paragraphs(pdf)[0].Alt = String("Something else.")


def a_word_is_spelt_out_otherwise(pdf: Pdf) -> None:
    elements(pdf, "Link", section(pdf, 5))[0].E = String("Something else.")


def a_link_is_laid_over_a_page(pdf: Pdf) -> None:
    action = Dictionary(S=Name.URI, URI=String("https://example.org/"))
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 600, 900], A=action)
    pdf.pages[TEXT_PAGE].Annots.append(pdf.make_indirect(link))


def a_link_has_a_look_of_its_own(pdf: Pdf) -> None:
    look = pdf.make_stream(b"1 g 0 0 600 900 re f")
    pdf.pages[TEXT_PAGE].Annots[0].AP = Dictionary(N=look)


def the_label_of_a_note_is_swapped_with_that_of_a_call(pdf: Pdf) -> None:
    note = elements(pdf, "Note")[0]
    label, reference = elements(pdf, "Lbl", note)[0], elements(pdf, "Reference", section(pdf, 5))[1]
    label.K, reference.K = reference.K, label.K


def a_note_is_read_in_mid_sentence_of_another(pdf: Pdf) -> None:
    item, other = elements(pdf, "Note")[:2]
    del other.P.K[place_of(other)]
    elements(pdf, "P", item)[-1].K.append(other)


def a_script_runs_when_the_file_is_opened(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def a_script_is_kept_by_name(pdf: Pdf) -> None:
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    pdf.Root.Names.JavaScript = Dictionary(Names=Array([String("a"), script]))


def something_happens_when_a_page_is_turned(pdf: Pdf) -> None:
    pdf.pages[TEXT_PAGE].obj.AA = Dictionary(O=Dictionary(S=Name.URI, URI=String("https://example.org/")))


def a_link_starts_a_program(pdf: Pdf) -> None:
    link = next(Annot for Annot in pdf.pages[TEXT_PAGE].Annots if "/Dest" in Annot)
    link.A = Dictionary(S=Name.Launch, F=String("program"))


def a_form_is_added(pdf: Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array([]))


def a_file_is_attached(pdf: Pdf) -> None:
    pdf.attachments["a.txt"] = b"Something else."


def the_title_is_another(pdf: Pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False) as said:
        said["dc:title"] = "On Threats"


def the_title_of_the_window_is_another(pdf: Pdf) -> None:
    pdf.docinfo.Title = String("On Threats")


def the_author_is_another(pdf: Pdf) -> None:
    pdf.docinfo.Author = String("Somebody Else")


Corruption = Callable[[Pdf], None]
CORRUPTIONS: tuple[tuple[Corruption, str], ...] = (
    (a_paragraph_is_dropped_from_the_tree, "V-002"),
    (a_paragraph_is_read_twice, "V-004"),
    (two_paragraphs_are_swapped, "V-005"),
    (a_letter_is_changed_everywhere, "V-001"),
    (a_letter_says_nothing, "V-001"),
    (a_ligature_says_one_letter_only, "V-001"),
    (a_soft_hyphen_is_left_in, "V-013"),
    (a_zero_width_space_comes_in, "V-013"),
    (spaces_are_lost, "V-001"),
    (a_word_is_told_otherwise, "V-001"),
    (a_note_is_dropped_from_the_tree, "V-002"),
    (a_note_is_read_before_its_paragraph, "V-005"),
    (two_notes_are_swapped, "V-005"),
    (two_notes_have_one_another_s_numbers, "V-006"),
    (a_call_points_at_another_note, "V-007"),
    (a_note_leads_back_to_another_call, "V-007"),
    (a_call_leads_nowhere, "V-007"),
    (a_place_is_on_another_page, "V-007"),
    (a_place_is_further_down_the_page, "V-007"),
    (a_page_has_lost_its_text, "V-002"),
    (words_are_painted_with_nothing, "V-008"),
    (words_stand_outside_the_page, "V-008"),
    (words_can_be_switched_off, "V-008"),
    (words_that_belong_to_nothing_are_painted, "V-012"),
    (a_watermark_stands_in_the_margin, "V-012"),
    (a_paragraph_is_passed_off_as_a_running_head, "V-012"),
    (a_running_head_is_read_in_mid_sentence, "V-001"),
    (a_comment_is_laid_over_a_page, "V-003"),
    (a_picture_has_other_words, "V-001"),
    (words_stand_in_the_place_of_a_picture, "V-001"),
    (an_agreement_is_missing, "V-002"),
    (a_section_is_missing, "V-002"),
    (two_sections_are_swapped, "V-005"),
    (two_cells_of_a_table_are_exchanged, "V-005"),
    (an_entry_of_a_list_has_lost_its_number, "V-002"),
    (a_bookmark_is_changed, "V-002"),
    (the_pages_have_other_numbers, "V-014"),
    (words_have_the_colour_of_the_paper, "V-008"),
    (words_are_white_in_the_inks_of_print, "V-008"),
    (words_have_the_colour_of_what_is_under_them, "V-008"),
    (words_are_all_but_transparent, "V-008"),
    (words_are_behind_a_mask, "V-008"),
    (words_are_squeezed_to_a_line, "V-008"),
    (words_are_made_tiny, "V-008"),
    (words_are_cut_off, "V-008"),
    (a_white_rectangle_lies_over_the_text, "V-008"),
    (a_white_rectangle_drawn_with_lines_lies_over_the_text, "V-008"),
    (a_picture_lies_over_the_text, "V-008"),
    (a_page_is_cropped, "V-008"),
    (a_word_is_read_aloud_otherwise_than_it_is_painted, "V-008"),
    (other_words_are_painted_than_are_read_aloud, "V-008"),
    (other_words_are_painted_in_a_sequence_that_never_ends, "V-008"),
    (words_are_added_whose_codes_have_spaces, "V-012"),
    (words_are_cut_off_by_an_empty_path, "V-008"),
    (words_are_cut_off_by_crossed_lines, "V-008"),
    (words_have_the_colour_of_a_pattern_that_is_missing, "V-008"),
    (a_picture_is_in_the_content, "V-064"),
    (an_element_says_something_in_place_of_its_words, "V-003"),
    (a_paragraph_has_an_alternative_text, "V-003"),
    (a_word_is_spelt_out_otherwise, "V-003"),
    (a_link_is_laid_over_a_page, "V-003"),
    (a_link_has_a_look_of_its_own, "V-003"),
    (the_label_of_a_note_is_swapped_with_that_of_a_call, "V-006"),
    (a_note_is_read_in_mid_sentence_of_another, "V-005"),
    (a_script_runs_when_the_file_is_opened, "V-003"),
    (a_script_is_kept_by_name, "V-003"),
    (something_happens_when_a_page_is_turned, "V-003"),
    (a_link_starts_a_program, "V-003"),
    (a_form_is_added, "V-003"),
    (a_file_is_attached, "V-003"),
    (the_title_is_another, "V-001"),
    (the_title_of_the_window_is_another, "V-001"),
    (the_author_is_another, "V-001"),
)
