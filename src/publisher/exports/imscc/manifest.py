"""The manifest of a cartridge, its web links and its discussion topics.

IMS Common Cartridge 1.1 (https://www.imsglobal.org/cc/ccv1p1/imscc_profilev1p1-Overview.html), 1.3
(https://www.imsglobal.org/cc/ccv1p3/imscc_Overview-v1p3.html) and Thin Common Cartridge 1.3.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lxml import etree

from publisher.exports.xml import child, document, root
from publisher.model.publication import Metadata

MANIFEST = "imsmanifest.xml"


class CartridgeVersion(StrEnum):
    """A version of Common Cartridge."""

    V1_1 = "1.1"
    V1_3 = "1.3"

    @property
    def short(self) -> str:
        """As namespaces write it: `v1p1`."""
        return f"v{self.value.replace('.', 'p')}"


class Kind(StrEnum):
    """What a resource is; its value is the type of 1.1 with the version left out."""

    PAGE = "webcontent"
    LINK = "imswl_xml"
    TOPIC = "imsdt_xml"

    def type_of(self, version: CartridgeVersion) -> str:
        """The type as a manifest writes it."""
        return self.value if self is Kind.PAGE else f"{self.value}{version.short}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """Something that an item of the course leads to, or that pages need."""

    id: str
    kind: Kind
    href: str
    """Of a page, the page; of a link or a topic, its file."""
    files: tuple[str, ...] = ()
    """The further files of it."""
    needs: tuple[str, ...] = ()
    """Ids of resources that it does not work without."""
    is_for_instructors: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A line of the course: a module with lines below it, or what leads to a resource."""

    id: str
    title: str
    resource: str | None = None
    items: tuple[Item, ...] = ()


def manifest(
    metadata: Metadata,
    items: tuple[Item, ...],
    resources: tuple[Resource, ...],
    *,
    version: CartridgeVersion,
    is_thin: bool,
) -> bytes:
    """The manifest."""
    base = f"http://www.imsglobal.org/xsd/imscc{version.short}/imscp_v1p1"
    lom = f"http://ltsc.ieee.org/xsd/imscc{version.short}/LOM"
    made = root("manifest", base, others={"lomm": f"{lom}/manifest", "lomr": f"{lom}/resource"})
    made.set("identifier", "manifest")
    head = child(made, "metadata")
    child(head, "schema", "IMS Thin Common Cartridge" if is_thin else "IMS Common Cartridge")
    child(head, "schemaversion", f"{version.value}.0")
    _describe(head, f"{{{lom}/manifest}}", metadata)
    organization = child(child(made, "organizations"), "organization", identifier="course")
    organization.set("structure", "rooted-hierarchy")
    top = child(organization, "item", identifier="root")
    for item in items:
        _item(top, item)
    listed = child(made, "resources")
    for resource in resources:
        _resource(listed, resource, version=version, space=f"{{{lom}/resource}}")
    return document(made)


def _describe(head: etree._Element, space: str, metadata: Metadata) -> None:
    lom = child(head, f"{space}lom")
    general = child(lom, f"{space}general")
    title = f"{metadata.title}: {metadata.subtitle}" if metadata.subtitle else metadata.title
    texts = (
        ("title", title),
        ("description", metadata.description),
        *(("keyword", subject) for subject in metadata.subjects),
    )
    for name, text in texts:
        if text:
            child(child(general, f"{space}{name}"), f"{space}string", text, language=metadata.language)
        if name == "title":
            child(general, f"{space}language", metadata.language)
    rights = child(lom, f"{space}rights")
    child(child(rights, f"{space}copyrightAndOtherRestrictions"), f"{space}value", "yes")
    if metadata.rights.statement:
        said = child(rights, f"{space}description")
        child(said, f"{space}string", metadata.rights.statement, language=metadata.language)


def _item(parent: etree._Element, item: Item) -> None:
    made = child(parent, "item", identifier=item.id)
    if item.resource:
        made.set("identifierref", item.resource)
    child(made, "title", item.title)
    for entry in item.items:
        _item(made, entry)


def _resource(parent: etree._Element, resource: Resource, *, version: CartridgeVersion, space: str) -> None:
    made = child(parent, "resource", identifier=resource.id, type=resource.kind.type_of(version))
    if resource.kind is Kind.PAGE and not resource.href.startswith(("styles/", "images/", "fonts/")):
        made.set("href", resource.href)
    if resource.is_for_instructors:
        educational = child(child(child(made, "metadata"), f"{space}lom"), f"{space}educational")
        role = child(educational, f"{space}intendedEndUserRole")
        child(role, f"{space}source", "IMSGLC_CC_Rolesv1p1")
        child(role, f"{space}value", "Instructor")
    for name in (resource.href, *resource.files):
        child(made, "file", href=name)
    for need in resource.needs:
        child(made, "dependency", identifierref=need)


def web_link(title: str, url: str, *, version: CartridgeVersion) -> bytes:
    """The file of a web link."""
    made = root("webLink", f"http://www.imsglobal.org/xsd/imscc{version.short}/imswl_{version.short}")
    child(made, "title", title)
    child(made, "url", href=url)
    return document(made)


def topic(title: str, text: str, *, version: CartridgeVersion) -> bytes:
    """The file of a discussion topic; its text is HTML."""
    made = root("topic", f"http://www.imsglobal.org/xsd/imscc{version.short}/imsdt_{version.short}")
    child(made, "title", title)
    child(made, "text", text, texttype="text/html")
    return document(made)
