"""The words that the toolchain itself prints, in the language of the edition."""

from __future__ import annotations

from dataclasses import dataclass

from publisher.model.agreement import Force
from publisher.model.edition import RightsStatus
from publisher.model.publication import FixedWords


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Everything that is printed and that no editor wrote."""

    language: str
    """The primary subtag for which they hold."""
    contents: str
    imprint: str
    half_title: str
    title_page: str
    references: str
    colophon: str
    notes: str
    cover: str
    landmarks: str
    pages: str
    begin: str
    page: str
    paragraph: str
    back_to_text: str
    by: str
    edited_by: str
    author_notes: str
    agreements: str
    chronology: str
    date: str
    agreement: str
    place: str
    parties: str
    kind: str
    force: str
    document: str
    published: str
    cited_in: str
    cited_in_note: str
    cited_in_notes: str
    not_cited: str
    source: str
    first_published: str
    digest: str
    rights: str
    rights_status: tuple[tuple[RightsStatus, str], ...]
    edition: str
    tool: str
    fonts: str
    identifier: str
    text_rights: str
    apparatus_rights: str
    forces: tuple[tuple[Force, str], ...]
    conjunction: str
    note: str
    short_title: str
    text: str
    """The running head over the work's own text."""
    number: str
    provision_nouns: tuple[str, ...]
    """Words that begin a provision's heading and are not capitalized inside a sentence."""

    def force_of(self, force: Force) -> str:
        """The force of an instrument in words."""
        return dict(self.forces)[force]

    def status_of(self, status: RightsStatus) -> str:
        """The status of the rights in words."""
        return dict(self.rights_status)[status]


ENGLISH = Words(
    language="en",
    contents="Contents",
    imprint="Imprint",
    half_title="Half-title",
    title_page="Title page",
    references="References",
    colophon="Colophon",
    notes="Notes",
    cover="Cover",
    landmarks="Landmarks",
    pages="Pages",
    begin="Begin reading",
    page="Page",
    paragraph="Paragraph",
    back_to_text="Back to the text",
    by="By",
    edited_by="Edited by",
    author_notes="Author’s notes",
    agreements="The agreements",
    chronology="In order of time",
    date="Date",
    agreement="Agreement",
    place="Place",
    parties="Parties",
    kind="Instrument",
    force="Force",
    document="Document",
    published="Official text",
    cited_in="Cited in",
    cited_in_note="note",
    cited_in_notes="notes",
    not_cited="Not cited in the notes.",
    source="Source of the text",
    first_published="First published",
    digest="SHA-256 of the text",
    rights="Rights",
    rights_status=(
        (RightsStatus.PUBLIC_DOMAIN, "Public domain"),
        (RightsStatus.LICENSED, "Licensed"),
        (RightsStatus.PERMISSION, "By permission"),
        (RightsStatus.UNKNOWN, "Unknown"),
    ),
    edition="Edition",
    tool="Made with",
    fonts="Typefaces",
    identifier="Identifier",
    text_rights="The text",
    apparatus_rights="The apparatus",
    forces=(
        (Force.TREATY_IN_FORCE, "Treaty in force"),
        (Force.POLITICAL_COMMITMENT, "Political commitment"),
        (Force.POLITICAL_DECLARATION, "Political declaration"),
        (Force.NEGOTIATED_SETTLEMENT, "Negotiated settlement"),
        (Force.ENDORSED_SETTLEMENT, "Settlement endorsed by the Security Council"),
        (Force.DISPUTED, "Disputed"),
        (Force.DRAFT, "Draft without legal force"),
        (Force.NON_PAPER, "Non-paper without legal force"),
    ),
    conjunction="and",
    note="note",
    short_title="Short title",
    text="The text",
    number="No.",
    provision_nouns=(
        *("Annex", "Article", "Articles", "Paragraph", "Paragraphs", "Part", "Point", "Points"),
        *("Preamble", "Principle", "Principles", "Section", "Sections"),
    ),
)

GERMAN = Words(
    language="de",
    contents="Inhalt",
    imprint="Impressum",
    half_title="Schmutztitel",
    title_page="Titelseite",
    references="Literatur",
    colophon="Kolophon",
    notes="Anmerkungen",
    cover="Umschlag",
    landmarks="Orientierungspunkte",
    pages="Seiten",
    begin="Textbeginn",
    page="Seite",
    paragraph="Absatz",
    back_to_text="Zurück zum Text",
    by="Von",
    edited_by="Herausgegeben von",
    author_notes="Anmerkungen des Autors",
    agreements="Die Übereinkommen",
    chronology="In zeitlicher Folge",
    date="Datum",
    agreement="Übereinkommen",
    place="Ort",
    parties="Parteien",
    kind="Instrument",
    force="Verbindlichkeit",
    document="Dokument",
    published="Amtlicher Text",
    cited_in="Angeführt in",
    cited_in_note="Anmerkung",
    cited_in_notes="Anmerkungen",
    not_cited="In den Anmerkungen nicht angeführt.",
    source="Herkunft des Textes",
    first_published="Zuerst veröffentlicht",
    digest="SHA-256 des Textes",
    rights="Rechte",
    rights_status=(
        (RightsStatus.PUBLIC_DOMAIN, "Gemeinfrei"),
        (RightsStatus.LICENSED, "Lizenziert"),
        (RightsStatus.PERMISSION, "Mit Genehmigung"),
        (RightsStatus.UNKNOWN, "Unbekannt"),
    ),
    edition="Ausgabe",
    tool="Hergestellt mit",
    fonts="Schriften",
    identifier="Kennung",
    text_rights="Der Text",
    apparatus_rights="Der Apparat",
    forces=(
        (Force.TREATY_IN_FORCE, "Vertrag in Kraft"),
        (Force.POLITICAL_COMMITMENT, "Politische Verpflichtung"),
        (Force.POLITICAL_DECLARATION, "Politische Erklärung"),
        (Force.NEGOTIATED_SETTLEMENT, "Ausgehandelte Regelung"),
        (Force.ENDORSED_SETTLEMENT, "Vom Sicherheitsrat gebilligte Regelung"),
        (Force.DISPUTED, "Umstritten"),
        (Force.DRAFT, "Entwurf ohne Rechtskraft"),
        (Force.NON_PAPER, "Non-Paper ohne Rechtskraft"),
    ),
    conjunction="und",
    note="Anmerkung",
    short_title="Kurztitel",
    text="Der Text",
    number="Nr.",
    provision_nouns=(),
)

FRENCH = Words(
    language="fr",
    contents="Table des matières",
    imprint="Mentions légales",
    half_title="Faux-titre",
    title_page="Page de titre",
    references="Références",
    colophon="Colophon",
    notes="Notes",
    cover="Couverture",
    landmarks="Repères",
    pages="Pages",
    begin="Début du texte",
    page="Page",
    paragraph="Paragraphe",
    back_to_text="Retour au texte",
    by="Par",
    edited_by="Édité par",
    author_notes="Notes de l’auteur",
    agreements="Les accords",
    chronology="Par ordre chronologique",
    date="Date",
    agreement="Accord",
    place="Lieu",
    parties="Parties",
    kind="Instrument",
    force="Portée",
    document="Document",
    published="Texte officiel",
    cited_in="Cité dans",
    cited_in_note="note",
    cited_in_notes="notes",
    not_cited="N’est pas cité dans les notes.",
    source="Provenance du texte",
    first_published="Première publication",
    digest="SHA-256 du texte",
    rights="Droits",
    rights_status=(
        (RightsStatus.PUBLIC_DOMAIN, "Domaine public"),
        (RightsStatus.LICENSED, "Sous licence"),
        (RightsStatus.PERMISSION, "Avec autorisation"),
        (RightsStatus.UNKNOWN, "Inconnus"),
    ),
    edition="Édition",
    tool="Fabriqué avec",
    fonts="Caractères",
    identifier="Identifiant",
    text_rights="Le texte",
    apparatus_rights="L’apparat",
    forces=(
        (Force.TREATY_IN_FORCE, "Traité en vigueur"),
        (Force.POLITICAL_COMMITMENT, "Engagement politique"),
        (Force.POLITICAL_DECLARATION, "Déclaration politique"),
        (Force.NEGOTIATED_SETTLEMENT, "Règlement négocié"),
        (Force.ENDORSED_SETTLEMENT, "Règlement approuvé par le Conseil de sécurité"),
        (Force.DISPUTED, "Contesté"),
        (Force.DRAFT, "Projet sans force juridique"),
        (Force.NON_PAPER, "Document officieux sans force juridique"),
    ),
    conjunction="et",
    note="note",
    short_title="Titre court",
    text="Le texte",
    number="Nº",
    provision_nouns=(
        *("Annexe", "Article", "Articles", "Paragraphe", "Paragraphes", "Partie", "Point", "Points"),
        *("Principe", "Principes", "Préambule", "Section", "Sections"),
    ),
)

LANGUAGES: tuple[Words, ...] = (ENGLISH, GERMAN, FRENCH)


def fixed(words: Words) -> FixedWords:
    """Those of the words that templates print."""
    return FixedWords(
        contents=words.contents,
        landmarks=words.landmarks,
        pages=words.pages,
        page=words.page,
        cover=words.cover,
        title_page=words.title_page,
        back_to_text=words.back_to_text,
        by=words.by,
        edited_by=words.edited_by,
        begin=words.begin,
    )


def words_for(language: str) -> Words:
    """The words for a BCP 47 tag; English where there are none for its language."""
    primary = language.partition("-")[0].lower()
    return next((words for words in LANGUAGES if words.language == primary), ENGLISH)
