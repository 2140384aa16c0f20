"""The page *Accessibility of this edition*, and the summary that catalogues show: the same facts in words."""

from __future__ import annotations

from dataclasses import dataclass, replace

from publisher.compose.contents import contents
from publisher.compose.front import run
from publisher.compose.ids import identified
from publisher.model.accessibility import Accessibility, AccessibilityStatement, Claim
from publisher.model.block import ListBlock, Paragraph
from publisher.model.publication import MatterKind, Publication, Role, Section


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentences:
    """What is said of each fact, in one language."""

    language: str
    title: str
    introduction: str
    by_claim: tuple[tuple[Claim, str], ...]
    """What is said where a claim was earned."""
    pages_in_print: str
    """What is said of page numbers instead, where they are those of a printed book."""
    pages_from_elsewhere: str
    """What is said of pages of PDFs from elsewhere; `{}` is their number."""
    no_pictures: str
    conforms: str
    does_not_conform: str


ENGLISH = Sentences(
    language="en",
    title="Accessibility of this edition",
    introduction="Each of these statements was measured in the finished files by the program that made them.",
    by_claim=(
        (Claim.TABLE_OF_CONTENTS, "There is a table of contents that leads to every section."),
        (Claim.STRUCTURAL_NAVIGATION, "Headings are marked up and skip no level."),
        (Claim.READING_ORDER, "The contents follow the order in which the book is read."),
        (Claim.ARIA, "Notes and their calls are marked up and linked in both directions."),
        (Claim.PAGE_NAVIGATION, "Page numbers are the same in the EPUB and in the PDF."),
        (Claim.ALTERNATIVE_TEXT, "Each picture has an alternative text."),
        (Claim.TABLE_HEADERS, "Tables have header cells."),
        (Claim.DISPLAY_TRANSFORMABILITY, "The size of type in the EPUB is the reader’s choice."),
        (Claim.CONTRAST, "Text keeps a contrast of at least 4.5 to 1 on light and on dark grounds."),
        (Claim.LANGUAGE, "Every document of the EPUB names its language."),
        (Claim.NO_HAZARDS, "Nothing flashes, moves or sounds."),
    ),
    pages_in_print="Page numbers in the EPUB are those of the printed book.",
    pages_from_elsewhere="In the PDF, {} pages from elsewhere are pictures, with where they come from in words.",
    no_pictures="There are no pictures beside the cover.",
    conforms="As far as programs can tell, the EPUB meets EPUB Accessibility 1.1 and WCAG 2.2 at level AA.",
    does_not_conform="No conformance with EPUB Accessibility 1.1 is claimed: not all that it asks for was found.",
)
GERMAN = Sentences(
    language="de",
    title="Barrierefreiheit dieser Ausgabe",
    introduction="Jede dieser Aussagen hat das Programm, das die Dateien erzeugt hat, an ihnen gemessen.",
    by_claim=(
        (Claim.TABLE_OF_CONTENTS, "Ein Inhaltsverzeichnis führt zu jedem Abschnitt."),
        (Claim.STRUCTURAL_NAVIGATION, "Überschriften sind ausgezeichnet und überspringen keine Stufe."),
        (Claim.READING_ORDER, "Das Inhaltsverzeichnis folgt der Ordnung, in der das Buch gelesen wird."),
        (Claim.ARIA, "Anmerkungen und ihre Verweiszeichen sind ausgezeichnet und in beide Richtungen verknüpft."),
        (Claim.PAGE_NAVIGATION, "Die Seitenzahlen sind in EPUB und PDF dieselben."),
        (Claim.ALTERNATIVE_TEXT, "Jedes Bild hat einen Alternativtext."),
        (Claim.TABLE_HEADERS, "Tabellen haben Kopfzellen."),
        (Claim.DISPLAY_TRANSFORMABILITY, "Die Schriftgröße des EPUB bestimmen die Lesenden."),
        (Claim.CONTRAST, "Text hat auf hellem und auf dunklem Grund einen Kontrast von mindestens 4,5 zu 1."),
        (Claim.LANGUAGE, "Jedes Dokument des EPUB nennt seine Sprache."),
        (Claim.NO_HAZARDS, "Nichts blitzt, bewegt sich oder tönt."),
    ),
    pages_in_print="Die Seitenzahlen des EPUB sind die des gedruckten Buches.",
    pages_from_elsewhere="Im PDF sind {} Seiten aus anderen Dateien Bilder, deren Herkunft in Worten angegeben ist.",
    no_pictures="Außer dem Umschlag gibt es keine Bilder.",
    conforms="Soweit Programme es feststellen können, erfüllt das EPUB EPUB Accessibility 1.1 und WCAG 2.2, Stufe AA.",
    does_not_conform="Die Erfüllung von EPUB Accessibility 1.1 wird nicht behauptet: nicht alles Verlangte fand sich.",
)
FRENCH = Sentences(
    language="fr",
    title="Accessibilité de cette édition",
    introduction="Chacune de ces affirmations a été mesurée dans les fichiers par le programme qui les a produits.",
    by_claim=(
        (Claim.TABLE_OF_CONTENTS, "Une table des matières mène à chaque section."),
        (Claim.STRUCTURAL_NAVIGATION, "Les titres sont balisés et ne sautent aucun niveau."),
        (Claim.READING_ORDER, "La table des matières suit l’ordre de lecture du livre."),
        (Claim.ARIA, "Les notes et leurs appels sont balisés et liés dans les deux sens."),
        (Claim.PAGE_NAVIGATION, "Les numéros de page sont les mêmes dans l’EPUB et dans le PDF."),
        (Claim.ALTERNATIVE_TEXT, "Chaque image a un texte de remplacement."),
        (Claim.TABLE_HEADERS, "Les tableaux ont des cellules d’en-tête."),
        (Claim.DISPLAY_TRANSFORMABILITY, "La taille des caractères de l’EPUB est laissée au choix du lecteur."),
        (Claim.CONTRAST, "Le contraste du texte est d’au moins 4,5 pour 1 sur fond clair et sur fond sombre."),
        (Claim.LANGUAGE, "Chaque document de l’EPUB indique sa langue."),
        (Claim.NO_HAZARDS, "Rien ne clignote, ne bouge ni ne sonne."),
    ),
    pages_in_print="Les numéros de page de l’EPUB sont ceux du livre imprimé.",
    pages_from_elsewhere="Dans le PDF, {} pages venues d’ailleurs sont des images, dont l’origine est dite en mots.",
    no_pictures="Il n’y a pas d’images hormis la couverture.",
    conforms="Autant que des programmes puissent en juger, l’EPUB satisfait à EPUB Accessibility 1.1 et WCAG 2.2, AA.",
    does_not_conform="Aucune conformité à EPUB Accessibility 1.1 n’est affirmée : il manque de ce qu’elle exige.",
)


def with_accessibility(publication: Publication, measured: Accessibility) -> Publication:
    """The publication with its page about accessibility before the colophon, and with its summary."""
    primary = publication.metadata.language.partition("-")[0].lower()
    words = next((one for one in (ENGLISH, GERMAN, FRENCH) if one.language == primary), ENGLISH)
    elsewhere = sum(len(one.foreign.sizes) for one in publication.sections if one.foreign)
    said = _said(measured, _in_print(words) if publication.in_print else words, elsewhere=elsewhere)
    page = _page(said, words, language=publication.metadata.language if words.language == primary else "en")
    *before, colophon = publication.sections
    sections = (*before, page, colophon)
    return replace(
        publication,
        sections=sections,
        contents=contents(sections),
        accessibility=AccessibilityStatement(measured=measured, summary=" ".join(said)),
    )


def _in_print(words: Sentences) -> Sentences:
    """The sentences of an edition whose page numbers are those of a printed book."""
    said = {**dict(words.by_claim), Claim.PAGE_NAVIGATION: words.pages_in_print}
    return replace(words, by_claim=tuple(said.items()))


def _said(measured: Accessibility, words: Sentences, *, elsewhere: int) -> tuple[str, ...]:
    """A sentence for each claim that was earned, and for what that amounts to."""
    return (
        *(sentence for claim, sentence in words.by_claim if claim in measured.earned),
        *(() if measured.pictures else (words.no_pictures,)),
        *((words.pages_from_elsewhere.format(elsewhere),) if elsewhere else ()),
        words.conforms if measured.conforms else words.does_not_conform,
    )


def _page(said: tuple[str, ...], words: Sentences, *, language: str) -> Section:
    facts = ListBlock(ordered=False, entries=tuple((Paragraph(children=run(sentence)),) for sentence in said))
    return Section(
        id=Role.ACCESSIBILITY.value,
        role=Role.ACCESSIBILITY,
        matter=MatterKind.BACK,
        label=words.title,
        title=run(words.title),
        language=language,
        blocks=identified((Paragraph(children=run(words.introduction)), facts), prefix=Role.ACCESSIBILITY.value),
    )
